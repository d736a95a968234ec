"""A late dossier: its form, the new day with the apology, and the slip as a Word document."""

from datetime import timedelta
from io import BytesIO

import pytest
from docx import Document

from desk.audit import AuditAction, AuditFilter, entries
from desk.calendar.holidays import Holidays
from desk.calendar.working_days import next_working_day
from desk.calendar.zone import vietnam_date
from desk.database import reading
from desk.tickets.late_dossier import LateDossier, dossier_of
from desk.tickets.progress import TicketState
from desk.tickets.ticket import TicketKind
from tests.fakes.calendar import day
from tests.fakes.gateway import now
from tests.fakes.ticket_desk import NAME, TicketSite

pytestmark = pytest.mark.page

DOSSIER = LateDossier("G22.99.00-261101-0001", "BHXH cơ sở Thử Nghiệm", day("2020-11-10"))
FILLED = {"dossier_code": "g22.99.00-261101-0001", "place": "BHXH  cơ sở", "promised_on": "2020-11-10"}
REASON = "Chờ xác minh quá trình đóng"


@pytest.fixture
def site(engine):
    made = TicketSite(engine)
    yield made
    made.close()


@pytest.fixture
async def lan(site):
    return site.operator()


def file(site, dossier=DOSSIER, **fields):
    return site.file(TicketKind.LATE_DOSSIER, dossier=dossier, **fields)


def working_day():
    return next_working_day(vietnam_date(now()) + timedelta(days=3), Holidays())


def stored(site, ticket):
    with reading(site.engine) as connection:
        return dossier_of(connection, ticket.id)


async def test_what_the_receipt_says_can_be_filled_in_later_and_mended(site, lan):
    ticket = file(site, None)
    assert "Chưa có thông tin hồ sơ" in (await lan.page(f"/console/tickets/{ticket.id}")).text
    assert (await lan.submit(ticket, "dossier", **FILLED)).status_code == 303
    assert stored(site, ticket) == LateDossier("G22.99.00-261101-0001", "BHXH cơ sở", day("2020-11-10"))
    await lan.submit(ticket, "dossier", **FILLED | {"promised_on": "11/11/2020"})
    assert stored(site, ticket).promised_on == day("2020-11-11")
    page = await lan.page(f"/console/tickets/{ticket.id}")
    assert "ngày làm việc</strong>" in page.text
    assert "xin lỗi anh/chị" in page.text


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"dossier_code": "?"}, "Mã hồ sơ chưa đúng"),
        ({"dossier_code": "A" * 41}, "Mã hồ sơ chưa đúng"),
        ({"place": " "}, "Anh/chị ghi tên cơ quan"),
        ({"place": "a" * 201}, "Anh/chị ghi tên cơ quan"),
        ({"promised_on": "31/02/2020"}, "Ngày hẹn trả kết quả chưa đúng"),
        ({"promised_on": "2999-01-01"}, "nên hồ sơ chưa quá hạn"),
    ],
)
async def test_a_mistake_in_the_form_is_named(site, lan, changed, sentence):
    ticket = file(site, None)
    answer = await lan.submit(ticket, "dossier", **FILLED | changed)
    assert (answer.status_code, sentence in answer.text) == (422, True)
    assert stored(site, ticket) is None


async def test_a_new_day_is_seen_before_it_is_told(site, lan):
    ticket, new_date = file(site, contact=""), working_day()
    fields = {"new_date": new_date.isoformat(), "text": REASON, "told": "conversation"}
    preview = await lan.submit(ticket, "reappoint/preview", **fields)
    assert preview.status_code == 200
    assert f"{new_date:%d/%m/%Y}" in preview.text
    assert f"Lý do: {REASON}." in preview.text
    assert site.again(ticket).progress.reappointed_on is None
    assert (await lan.submit(ticket, "reappoint", **fields)).status_code == 303
    progress = site.again(ticket).progress
    assert (progress.reappointed_on, progress.state) == (new_date, TicketState.ANSWERED)
    (said,) = site.said("system")
    assert "xin lỗi anh/chị vì hồ sơ chưa có kết quả đúng hẹn" in said
    assert f"{new_date:%d/%m/%Y}" in said


@pytest.mark.parametrize("act", ["reappoint", "reappoint/preview"])
@pytest.mark.parametrize(
    ("new_date", "sentence"),
    [
        ("", "Ngày hẹn lại chưa đúng"),
        ("hôm nào đó", "Ngày hẹn lại chưa đúng"),
        ("01/01/2020", "phải sau ngày hôm nay"),
        ("2999-01-04", "cách quá một năm"),
        ("sunday", "là ngày nghỉ. Ngày làm việc tiếp theo là thứ"),
    ],
)
async def test_a_day_that_cannot_be_promised_is_refused(site, lan, act, new_date, sentence):
    ticket = file(site)
    if new_date == "sunday":
        today = vietnam_date(now())
        new_date = (today + timedelta(days=13 - today.weekday())).isoformat()
    answer = await lan.submit(ticket, act, new_date=new_date, text=REASON, told="phone")
    assert (answer.status_code, sentence in answer.text, REASON in answer.text) == (422, True, True)
    assert site.again(ticket).progress.reappointed_on is None


async def test_a_new_day_needs_its_reason(site, lan):
    ticket = file(site)
    answer = await lan.submit(ticket, "reappoint", new_date=working_day().isoformat(), text="", told="phone")
    assert answer.status_code == 422


class TestSlip:
    async def download(self, lan, ticket, **fields):
        values = {"office": "BHXH tỉnh Thử", "place": "Hà Nội", "procedure": "cấp lại sổ BHXH", "reason": REASON}
        return await lan.post(f"/console/tickets/{ticket.id}/slip", **values | {"new_date": "2030-01-02"} | fields)

    async def test_it_is_a_letter_that_word_opens(self, site, lan):
        ticket = file(site)
        answer = await self.download(lan, ticket)
        assert answer.headers["content-disposition"] == f'attachment; filename="phieu-xin-loi-{ticket.case_code}.docx"'
        assert answer.headers["cache-control"] == "no-store"
        text = "\n".join(paragraph.text for paragraph in Document(BytesIO(answer.content)).paragraphs)
        for part in ("PHIẾU XIN LỖI", NAME, DOSSIER.dossier_code, REASON, "02 tháng 01 năm 2030"):
            assert part in text

    async def test_the_new_day_comes_from_the_ticket_when_there_is_one(self, site, lan):
        ticket, new_date = file(site), working_day()
        await lan.submit(ticket, "reappoint", new_date=new_date.isoformat(), text=REASON, told="phone")
        answer = await self.download(lan, ticket, new_date="")
        text = "\n".join(paragraph.text for paragraph in Document(BytesIO(answer.content)).paragraphs)
        assert f"năm {new_date.year}" in text

    async def test_taking_it_is_noted(self, site, lan):
        ticket = file(site)
        await self.download(lan, ticket)
        with reading(site.engine) as connection:
            (line,) = entries(connection, AuditFilter(action=AuditAction.IDENTIFIERS_REVEALED), 5)
        assert (line.subject, line.detail) == (f"ticket:{ticket.id}", {"what": "apology_slip"})

    @pytest.mark.parametrize(
        "fields", [{"new_date": ""}, {"new_date": "x"}, {"received_on": "32/01/2026"}, {"office": "a" * 301}]
    )
    async def test_a_mistake_is_named(self, site, lan, fields):
        answer = await self.download(lan, file(site), **fields)
        assert (answer.status_code, 'role="alert"' in answer.text) == (422, True)

    async def test_hostile_words_make_no_broken_letter(self, site, lan):
        answer = await self.download(lan, file(site), reason='</w:t><x>&\x01"', citizen="\x0b\ud7ff<a>")
        assert Document(BytesIO(answer.content)).paragraphs

    async def test_without_a_dossier_there_is_none(self, site, lan):
        assert (await self.download(lan, file(site, None))).status_code == 404
        assert (await self.download(lan, site.file())).status_code == 404
