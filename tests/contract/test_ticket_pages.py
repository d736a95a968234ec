"""Tickets in the console: lists, the page of one, and what stays hidden until somebody asks."""

import re
from datetime import timedelta

import pytest

from desk.accounts.role import Role
from desk.audit import AuditAction, AuditFilter, entries
from desk.database import reading
from desk.tickets import changes
from desk.tickets.changes import By
from desk.tickets.late_dossier import LateDossier
from desk.tickets.progress import Outcome
from desk.tickets.ticket import TicketKind
from tests.fakes.calendar import day
from tests.fakes.gateway import now
from tests.fakes.ticket_desk import CONTACT, NAME, SECRET_NUMBER, TicketSite
from tests.fakes.tickets import RULES

pytestmark = pytest.mark.page

SECRETS = (NAME, CONTACT, SECRET_NUMBER)
DOSSIER = LateDossier("G22.99.00-261101-0001", "BHXH cơ sở Thử Nghiệm", day("2026-11-10"))
HOSTILE = '<script>alert(1)</script>" onmouseover="x'


@pytest.fixture
def site(engine):
    made = TicketSite(engine)
    yield made
    made.close()


def codes(page):
    assert page.status_code == 200, page.text
    return re.findall(r"<code>(BHXH-[A-Z0-9-]+)</code>", page.text)


class TestList:
    @pytest.fixture
    async def lan(self, site):
        return site.operator()

    @pytest.fixture
    def filed(self, site, lan):
        """A late one, one that Lan has, one that is over, one about a dossier."""
        by = By("operator:1", now())
        done = site.do(
            changes.close, site.file(TicketKind.COMPLAINT, question="Đã xong"), Outcome.DUPLICATE, "", RULES, by
        )
        return {
            "late": site.file(TicketKind.MESSAGE, at=now() - timedelta(days=20), question="Chờ lâu 100%_"),
            "mine": site.do(changes.assign, site.file(TicketKind.CALLBACK), lan.id, by),
            "done": done,
            "dossier": site.file(TicketKind.LATE_DOSSIER, dossier=DOSSIER, name="Lê Thị Khác"),
        }

    @pytest.mark.parametrize(
        ("query", "names"),
        [
            ("", {"late", "mine", "dossier"}),
            ("state=waiting", {"late", "mine", "dossier"}),
            ("state=all", {"late", "mine", "done", "dossier"}),
            ("state=closed", {"done"}),
            ("state=in_progress", {"mine"}),
            ("kind=callback", {"mine"}),
            ("who=mine", {"mine"}),
            ("who=nobody", {"late", "dossier"}),
            ("when=late", {"late"}),
            ("state=%00x&kind=x&who=x&when=x&page=-1", {"late", "mine", "dossier"}),
            ("page=2", set()),
            ("page=99999999999999", set()),
            ("who=999999999999999999", set()),
        ],
    )
    async def test_what_is_wanted_is_found(self, site, lan, filed, query, names):
        assert set(codes(await lan.page(f"/console/tickets?{query}"))) == {filed[name].case_code for name in names}

    async def test_a_case_code_is_found_however_it_is_typed(self, lan, filed):
        typed = filed["mine"].case_code.lower().replace("-", "+")
        assert codes(await lan.page(f"/console/tickets?words={typed}")) == [filed["mine"].case_code]

    async def test_nothing_personal_stands_in_it(self, site, lan):
        site.file(question=f"CCCD {SECRET_NUMBER} của tôi, gọi {CONTACT}")
        page = await lan.page("/console/tickets")
        assert [secret for secret in SECRETS if secret in page.text] == []
        assert "•••890" in page.text

    async def test_deadlines_are_told_in_words(self, lan, filed):
        page = await lan.page("/console/tickets")
        assert re.search(r"còn \d+ (ngày làm việc|giờ|phút)", page.text)
        assert re.search(r"trễ \d+ ngày làm việc", page.text)

    async def test_the_counts_lead_to_what_they_count(self, lan, filed):
        page = await lan.page("/console/tickets")
        counts = re.findall(r'href="/console/tickets([^"]*)" class="ticket-count[^>]*><strong>(\d+)', page.text)
        for query, number in counts:
            found = codes(await lan.page("/console/tickets" + query.replace("&amp;", "&")))
            assert len(found) == int(number), query
        assert [int(number) for _, number in counts][:2] == [3, 3]

    async def test_pages_follow_each_other_and_keep_the_filters(self, site, lan):
        for number in range(27):
            site.file(citizen=f"an{number}")
        first = await lan.page("/console/tickets?kind=message")
        (following,) = re.findall(r'rel="next" href="([^"]+)"', first.text)
        second = await lan.page(following.replace("&amp;", "&"))
        assert (len(codes(first)), len(codes(second))) == (25, 2)
        assert "kind=message" in following
        assert set(codes(first)).isdisjoint(codes(second))

    @pytest.mark.parametrize(
        ("query", "said"),
        [
            ("", "Không có phiếu nào đang mở."),
            ("who=mine", "Anh/chị chưa giữ phiếu nào"),
            ("who=nobody", "Mọi phiếu đều đã có người nhận."),
            ("when=late", "Không có phiếu nào quá hạn."),
            ("when=near", "Không có phiếu nào sắp đến hạn."),
        ],
    )
    async def test_an_empty_list_says_why(self, lan, query, said):
        assert said in (await lan.page(f"/console/tickets?{query}")).text


class TestPage:
    async def test_what_is_personal_is_hidden_until_asked_for_and_both_are_noted(self, site):
        lan, ticket = site.operator(), site.file(question=f"CCCD {SECRET_NUMBER} của tôi")
        page = await lan.page(f"/console/tickets/{ticket.id}")
        assert [secret for secret in SECRETS if secret in page.text] == []
        shown = await lan.post(f"/console/tickets/{ticket.id}/reveal")
        assert [secret for secret in SECRETS if secret not in shown.text] == []
        with reading(site.engine) as connection:
            noted = entries(connection, AuditFilter(subject=f"ticket:{ticket.id}"), 10)
        kinds = [AuditAction.IDENTIFIERS_REVEALED, AuditAction.TICKET_READ, AuditAction.TICKET_READ]
        assert [entry.action for entry in noted] == kinds
        assert [secret for secret in SECRETS if secret in str(noted)] == []

    async def test_a_dossiers_code_is_hidden_too(self, site):
        lan, ticket = site.operator(), site.file(TicketKind.LATE_DOSSIER, dossier=DOSSIER)
        assert DOSSIER.dossier_code not in (await lan.page(f"/console/tickets/{ticket.id}")).text
        assert DOSSIER.dossier_code in (await lan.post(f"/console/tickets/{ticket.id}/reveal")).text

    async def test_notes_hide_numbers_as_well(self, site):
        lan, ticket = site.operator(), site.file()
        await lan.submit(ticket, "note", text=f"Số {SECRET_NUMBER}")
        assert SECRET_NUMBER not in (await lan.page(f"/console/tickets/{ticket.id}")).text

    @pytest.mark.parametrize(
        ("kind", "basis"),
        [
            (TicketKind.UNIT_QUESTION, "Điều 13 Quyết định 1642/QĐ-BHXH"),
            (TicketKind.COMPLAINT, "pakn.dichvucong.gov.vn"),
            (TicketKind.SCAM, "Cam kết của bộ phận hỗ trợ trực tuyến"),
        ],
    )
    async def test_the_deadline_comes_with_its_reason(self, site, kind, basis):
        page = await site.operator().page(f"/console/tickets/{site.file(kind).id}")
        assert basis in page.text

    async def test_hostile_words_stay_words(self, site):
        lan, ticket = site.operator(), site.file(name=HOSTILE, contact=HOSTILE, question=HOSTILE)
        await lan.submit(ticket, "note", text=HOSTILE)
        for page in (
            await lan.page("/console/tickets"),
            await lan.page(f"/console/tickets/{ticket.id}"),
            await lan.post(f"/console/tickets/{ticket.id}/reveal"),
            await lan.submit(ticket, "refer", text=HOSTILE, unit=""),
            await lan.page(f"/console/tickets/{ticket.id}?said={HOSTILE}"),
        ):
            assert "<script>alert" not in page.text
            assert 'onmouseover="x' not in page.text

    @pytest.mark.parametrize("number", ["999", "0", "x", "1'", "9" * 30])
    async def test_what_does_not_exist_is_said_so(self, site, number):
        assert (await site.operator().page(f"/console/tickets/{number}")).status_code == 404

    async def test_editors_and_administrators_see_none(self, site):
        ticket = site.file()
        for role in (Role.EDITOR, Role.APPROVER, Role.ADMIN):
            somebody = site.operator(role.value, role.value, roles=(role,))
            assert (await somebody.page("/console/tickets")).status_code == 403
            assert (await somebody.page(f"/console/tickets/{ticket.id}")).status_code == 403
            assert (await somebody.submit(ticket, "answer", text="a", told="phone")).status_code == 403

    async def test_an_erased_ticket_shows_no_citizen_and_takes_notes_only(self, site):
        lan, ticket = site.operator(), site.file(question="bí mật")
        site.erase(ticket)
        page = await lan.page(f"/console/tickets/{ticket.id}")
        assert "đã xóa theo yêu cầu" in page.text
        assert (await lan.submit(ticket, "reopen", text="a")).status_code == 409
