"""A ticket made out of a conversation: prefilled, told to the citizen, once however often the form comes."""

import re

import pytest

from desk.accounts.role import Role
from desk.conversation import conversations
from desk.database import reading, writing
from desk.tickets.late_dossier import LateDossier, dossier_of
from desk.tickets.listing import tickets_of
from desk.tickets.progress import TicketState
from desk.tickets.ticket import TicketKind
from tests.fakes.calendar import day
from tests.fakes.ticket_desk import CONTACT, NAME, SECRET_NUMBER, TicketSite, key_of

FIELDS = {"kind": "unit_question", "question": "Bao giờ có sổ?", "name": NAME, "contact": CONTACT, "mine": "1"}
DOSSIER = {"dossier_code": "g22-0001", "place": "BHXH cơ sở", "promised_on": "2020-11-10"}


@pytest.fixture
def site(engine):
    made = TicketSite(engine)
    yield made
    made.close()


@pytest.fixture
async def lan(site):
    return site.operator()


async def submit(lan, episode, request_id="12345678-abc", **fields):
    path = f"/console/conversations/{episode}/ticket"
    return await lan.post(path, **FIELDS | {"request_id": request_id} | fields)


def tickets(site, channel="web"):
    with reading(site.engine) as connection:
        return tickets_of(connection, key_of(channel=channel).id, 10)


async def test_the_form_brings_the_citizens_words_masked_and_the_deadlines(site, lan):
    episode = site.citizen_waits(f"CCCD {SECRET_NUMBER}, bao giờ có sổ?")
    page = await lan.page(f"/console/conversations/{episode}/ticket")
    assert page.status_code == 200
    assert "CCCD •••890, bao giờ có sổ?</textarea>" in page.text
    assert SECRET_NUMBER not in page.text
    assert len(re.findall(r"Trả lời chậm nhất 17:00", page.text)) == 5


@pytest.mark.parametrize("kind", ["unit_question", "complaint", "late_dossier", "callback", "scam"])
async def test_each_kind_is_filed_and_its_code_is_told(site, lan, kind):
    episode = site.citizen_waits()
    answer = await submit(lan, episode, kind=kind)
    (ticket,) = tickets(site)
    assert answer.headers["location"] == f"/console/tickets/{ticket.id}?said=ticket_filed"
    assert (ticket.kind.value, ticket.name, ticket.progress.assignee_id) == (kind, NAME, lan.id)
    (said,) = site.said("system")
    assert f"Mã hồ sơ hỗ trợ là {ticket.case_code}." in said
    assert ("https://pakn.dichvucong.gov.vn" in said) == (kind == "complaint")
    assert site.events(ticket)[0].actor == f"operator:{lan.id}"


async def test_a_unit_is_asked_at_once_with_the_note(site, lan):
    episode = site.citizen_waits()
    await submit(lan, episode, unit="Ban Thu", unit_text="Xin cho biết ngày in sổ")
    (ticket,) = tickets(site)
    assert (ticket.progress.state, ticket.progress.units) == (TicketState.WITH_UNIT, ("Ban Thu",))
    assert site.events(ticket)[-1].data["text"] == "Xin cho biết ngày in sổ"


async def test_a_late_dossier_brings_its_form_or_gets_it_later(site, lan):
    episode = site.citizen_waits()
    await submit(lan, episode, "first-one", kind="late_dossier", **DOSSIER)
    await submit(lan, episode, "second-one", kind="late_dossier")
    second, first = tickets(site)
    with reading(site.engine) as connection:
        assert dossier_of(connection, first.id) == LateDossier("G22-0001", "BHXH cơ sở", day("2020-11-10"))
        assert dossier_of(connection, second.id) is None
    assert ["xin lỗi" in said for said in site.said("system")] == [True, False]


async def test_a_form_that_comes_twice_makes_one_ticket_and_one_sentence(site, lan):
    episode = site.citizen_waits()
    places = [(await submit(lan, episode, unit="Ban Thu")).headers["location"] for _ in range(2)]
    assert places[0] == places[1]
    assert len(tickets(site)) == len(site.said("system")) == 1


async def test_nobody_has_it_unless_one_wants_it(site, lan):
    await submit(lan, site.citizen_waits(), mine="")
    assert tickets(site)[0].progress.assignee_id is None


async def test_where_the_citizen_cannot_be_written_to_the_operator_hears_so(site, lan):
    episode = site.citizen_waits(channel="telegram")
    with writing(site.engine) as connection:
        connection.execute(conversations.update().values(unreachable="left"))
    answer = await submit(lan, episode)
    assert answer.headers["location"].endswith("?said=ticket_filed_silently")
    assert site.said("system") == []


async def test_the_conversation_shows_its_tickets_and_the_way_to_a_new_one(site, lan):
    episode = site.citizen_waits()
    await submit(lan, episode)
    (ticket,) = tickets(site)
    page = await lan.page(f"/console/conversations/{episode}")
    assert f'href="/console/tickets/{ticket.id}">{ticket.case_code}</a>' in page.text
    assert f'href="/console/conversations/{episode}/ticket"' in page.text
    assert f'href="/console/conversations/{episode}"' in (await lan.page(f"/console/tickets/{ticket.id}")).text


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"kind": ""}, "Anh/chị chưa chọn loại phiếu."),
        ({"kind": "message"}, "Anh/chị chưa chọn loại phiếu."),
        ({"question": " "}, "Anh/chị chưa nhập nội dung."),
        ({"question": "a" * 6_001}, "dài quá 6000 ký tự"),
        ({"name": "a" * 101}, "dài quá 100 ký tự"),
        ({"contact": "a" * 201}, "dài quá 200 ký tự"),
        ({"unit": "a" * 201}, "Anh/chị chưa ghi tên đơn vị"),
        ({"kind": "callback", "contact": ""}, "Anh/chị ghi số điện thoại hoặc cách liên hệ"),
        ({"kind": "late_dossier", "dossier_code": "G22-0001"}, "Anh/chị ghi tên cơ quan"),
        ({"kind": "late_dossier", **DOSSIER, "promised_on": "2999-01-01"}, "nên hồ sơ chưa quá hạn"),
    ],
)
async def test_a_mistake_is_named_and_nothing_typed_is_lost(site, lan, fields, sentence):
    episode = site.citizen_waits()
    answer = await submit(lan, episode, **{"question": "Câu hỏi đã sửa gọn"} | fields)
    assert (answer.status_code, sentence in answer.text) == (422, True)
    assert fields.get("question", "Câu hỏi đã sửa gọn") in answer.text
    assert 'value="12345678-abc"' in answer.text
    assert tickets(site) == ()


async def test_on_a_channel_that_reaches_them_a_call_back_needs_no_number(site, lan):
    episode = site.citizen_waits(channel="telegram")
    assert (await submit(lan, episode, kind="callback", contact="")).status_code == 303


async def test_hostile_words_stay_words_and_zero_bytes_go(site, lan):
    hostile = "</textarea><script>alert(1)</script>\x00"
    episode = site.citizen_waits(hostile.replace("\x00", ""))
    assert "<script>alert" not in (await lan.page(f"/console/conversations/{episode}/ticket")).text
    assert (await submit(lan, episode, question=hostile, kind="scam")).status_code == 303
    assert tickets(site)[0].question == "</textarea><script>alert(1)</script>"


async def test_a_conversation_that_another_has_is_not_ours_to_file_from(site, lan):
    minh = site.operator("minh", "Lê Văn Minh")
    episode = site.citizen_waits()
    assert (await minh.post(f"/console/conversations/{episode}/claim")).status_code == 303
    assert (await lan.page(f"/console/conversations/{episode}/ticket")).status_code == 409
    assert (await submit(lan, episode)).status_code == 409
    assert (await submit(lan, 999)).status_code == 404
    assert tickets(site) == ()


async def test_editors_file_nothing(site):
    episode = site.citizen_waits()
    editor = site.operator("soan", "Người Soạn", roles=(Role.EDITOR,))
    assert (await submit(editor, episode)).status_code == 403


async def test_a_complaint_stays_a_record_of_its_own(site, lan):
    episode = site.citizen_waits()
    await submit(lan, episode, kind="complaint")
    (ticket,) = tickets(site)
    assert ticket.kind is TicketKind.COMPLAINT
    assert "Phiếu này là bản ghi của bộ phận hỗ trợ" in (await lan.page(f"/console/tickets/{ticket.id}")).text
