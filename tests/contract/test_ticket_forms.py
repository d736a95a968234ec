"""What operators do with a ticket: who has it, units, calls, the end – and what happens to forms that come wrong."""

import asyncio

import pytest

from desk.accounts.role import Role
from desk.audit import AuditAction, AuditFilter, entries
from desk.database import reading, writing
from desk.handoff.availability import Availability
from desk.handoff.log import open_episode
from desk.handoff.moves import request
from desk.handoff.state import Reason
from desk.tickets import changes
from desk.tickets.changes import By
from desk.tickets.clock import strike
from desk.tickets.progress import Outcome, TicketState
from desk.tickets.ticket import TicketKind
from tests.fakes.gateway import now
from tests.fakes.office import OPEN
from tests.fakes.ticket_desk import TicketSite, key_of

pytestmark = pytest.mark.page

WORDS = "Nội dung tôi vừa viết, không được mất"
ANSWER = {"text": WORDS, "told": "conversation"}


@pytest.fixture
def site(engine):
    made = TicketSite(engine)
    yield made
    made.close()


@pytest.fixture
async def lan(site):
    return site.operator()


@pytest.fixture
async def minh(site):
    return site.operator("minh", "Lê Văn Minh")


def kinds(site, ticket):
    return [event.kind.value for event in site.events(ticket)]


class TestWhoseItIs:
    async def test_taken_and_given_back_with_a_line_each(self, site, lan):
        ticket = site.file()
        assert (await lan.submit(ticket, "take")).status_code == 303
        assert site.again(ticket).progress.assignee_id == lan.id
        assert (await lan.submit(ticket, "release")).status_code == 303
        assert site.again(ticket).progress.assignee_id is None
        with reading(site.engine) as connection:
            noted = entries(connection, AuditFilter(action=AuditAction.TICKET_ASSIGNED), 5)
        assert [entry.detail["to"] for entry in noted] == ["", f"operator:{lan.id}"]

    async def test_of_many_who_take_at_once_one_has_it_and_the_others_hear_who(self, site):
        ticket = site.file()
        crowd = [site.operator(f"can-bo-{n}", f"Cán Bộ {n}") for n in range(8)]
        path, fields = f"/console/tickets/{ticket.id}/take", {"version": ticket.progress.version}
        answers = await asyncio.gather(*(each.post(path, **fields) for each in crowd))
        assert sorted(answer.status_code for answer in answers) == [303] + [409] * 7
        owner = site.again(ticket).progress.assignee_id
        name = next(f"Cán Bộ {n}" for n, each in enumerate(crowd) if each.id == owner)
        assert all(f"{name} vừa cập nhật phiếu này" in answer.text for answer in answers if answer.status_code == 409)

    async def test_a_colleagues_ticket_is_not_taken_nor_given_back(self, site, lan, minh):
        ticket = site.file()
        await lan.submit(ticket, "take")
        for act in ("take", "release"):
            answer = await minh.submit(ticket, act)
            assert answer.status_code == 409
            assert "Phiếu đang do Trần Thị Lan xử lý." in answer.text
        assert site.again(ticket).progress.assignee_id == lan.id

    async def test_only_who_assigns_tickets_gives_them_to_others(self, site, lan, minh):
        ticket = site.file()
        assert (await lan.submit(ticket, "assign", to=minh.id)).status_code == 403
        hoa = site.operator("hoa", "Phạm Thị Hoa", roles=(Role.SUPERVISOR,))
        assert (await hoa.submit(ticket, "assign", to=minh.id)).status_code == 303
        assert site.again(ticket).progress.assignee_id == minh.id
        editor = site.operator("soan", "Người Soạn", roles=(Role.EDITOR,))
        for to in (editor.id, 999, "", "x", "9" * 18):
            assert (await hoa.submit(ticket, "assign", to=to)).status_code == 422
        assert (await hoa.submit(ticket, "take")).status_code == 303

    async def test_who_acts_on_a_ticket_that_nobody_has_takes_it(self, site, lan):
        ticket = site.file(TicketKind.CALLBACK)
        await lan.submit(ticket, "not_reached", text="")
        assert site.again(ticket).progress.assignee_id == lan.id
        assert kinds(site, ticket) == ["filed", "assigned", "not_reached"]


class TestTheWay:
    async def test_a_question_goes_to_a_unit_and_back(self, site, lan):
        ticket = site.file(TicketKind.MESSAGE)
        due = ticket.progress.due_at
        await lan.submit(ticket, "refer", unit="  Ban   Thu ", text="Xin cho biết")
        referred = site.again(ticket).progress
        assert (referred.state, referred.units) == (TicketState.WITH_UNIT, ("Ban Thu",))
        assert referred.due_at > due
        page = await lan.page(f"/console/tickets/{ticket.id}")
        assert "không quá 3 ngày làm việc khi cần một đơn vị" in page.text
        await lan.submit(ticket, "unit_reply", text="Đã in sổ")
        assert site.again(ticket).progress.state is TicketState.IN_PROGRESS

    async def test_calls_are_counted_and_a_ticket_is_given_up_only_after_enough(self, site, lan):
        ticket = site.file(TicketKind.CALLBACK)
        for _ in range(2):
            assert (await lan.submit(ticket, "not_reached", text="Không nghe máy")).status_code == 303
        refused = await lan.submit(ticket, "close", outcome="not_reached", text=WORDS)
        assert refused.status_code == 422
        assert "Mới liên hệ không được 2 lần; cần ít nhất 3 lần" in refused.text
        assert WORDS in refused.text
        await lan.submit(ticket, "not_reached", text="")
        assert (await lan.submit(ticket, "close", outcome="not_reached")).status_code == 303
        assert site.again(ticket).progress.outcome is Outcome.NOT_REACHED

    async def test_who_was_reached_waits_no_longer(self, site, lan):
        ticket = site.file(TicketKind.CALLBACK)
        assert (await lan.submit(ticket, "reach", text="Đã hướng dẫn")).status_code == 303
        assert site.again(ticket).progress.state is TicketState.REACHED

    async def test_a_closed_ticket_is_opened_again_with_a_clock_of_its_own(self, site, lan):
        ticket = site.file()
        await lan.submit(ticket, "close", outcome="duplicate")
        assert (await lan.submit(ticket, "reopen", text="Chưa đúng")).status_code == 303
        assert site.again(ticket).progress.clock_from > ticket.progress.clock_from

    async def test_closing_as_answered_needs_an_answer(self, site, lan):
        ticket = site.file()
        refused = await lan.submit(ticket, "close", outcome="answered")
        assert (refused.status_code, "Công dân chưa có câu trả lời" in refused.text) == (422, True)

    async def test_a_callback_that_is_done_ends_the_episode_that_waited_for_it(self, site, lan):
        site.citizen_waits()
        closed_office = Availability(**{**vars(OPEN), "is_open": False})
        with writing(site.engine) as connection:
            connection.exec_driver_sql("UPDATE episodes SET state = 'bot'")
            request(connection, key_of().id, Reason.REQUESTED, closed_office, now())
        ticket = site.file(TicketKind.CALLBACK)
        await lan.submit(ticket, "reach", text="Đã trả lời qua điện thoại")
        assert (await lan.submit(ticket, "close", outcome="answered")).status_code == 303
        with reading(site.engine) as connection:
            assert open_episode(connection, key_of().id) is None

    async def test_every_change_leaves_a_line_without_its_text(self, site, lan):
        ticket = site.file()
        await lan.submit(ticket, "note", text=WORDS)
        with reading(site.engine) as connection:
            (line,) = entries(connection, AuditFilter(action=AuditAction.TICKET_CHANGED), 5)
        assert (line.actor, line.subject, line.detail["what"]) == (f"operator:{lan.id}", f"ticket:{ticket.id}", "noted")
        assert WORDS not in str(line)


FORMS = {
    "note": {"text": WORDS},
    "refer": {"unit": "Ban Thu", "text": WORDS},
    "answer": ANSWER,
    "reach": {"text": WORDS},
    "close": {"outcome": "duplicate", "text": WORDS},
}


class TestTwoAtOnce:
    @pytest.mark.parametrize("act", FORMS)
    async def test_the_second_hears_who_was_first_and_keeps_what_was_typed(self, site, lan, minh, act):
        ticket = site.file()
        await minh.submit(ticket, "note", text="Tôi vừa gọi")
        late = await lan.post(f"/console/tickets/{ticket.id}/{act}", version=ticket.progress.version, **FORMS[act])
        assert late.status_code == 409
        assert "Lê Văn Minh vừa cập nhật phiếu này (Ghi chú nội bộ," in late.text
        assert WORDS in late.text
        assert kinds(site, ticket) == ["filed", "noted"]
        assert site.said("operator") == []

    async def test_scripts_hear_the_sentence_alone(self, site, lan, minh):
        ticket = site.file()
        await minh.submit(ticket, "take")
        answer = await lan.by_script(ticket, "take", version=1)
        assert answer.status_code == 409
        assert answer.json()["message"].startswith("Lê Văn Minh vừa cập nhật phiếu này (Phân công,")

    @pytest.mark.parametrize("act", FORMS)
    async def test_a_form_that_comes_twice_counts_once(self, site, lan, act):
        ticket = site.file()
        for _ in range(2):
            answer = await lan.post(
                f"/console/tickets/{ticket.id}/{act}", version=ticket.progress.version, **FORMS[act]
            )
            assert answer.status_code == 303
        assert len(kinds(site, ticket)) == len(set(kinds(site, ticket)))

    async def test_a_warning_of_the_clock_is_in_nobodys_way(self, site, lan):
        ticket = site.file(at=now().replace(year=2020))
        with writing(site.engine) as connection:
            strike(connection, now())
        answer = await lan.post(f"/console/tickets/{ticket.id}/note", version=ticket.progress.version, text="a")
        assert answer.status_code == 303


class TestBadForms:
    @pytest.mark.parametrize(
        ("act", "fields"),
        [
            ("note", {"text": " "}),
            ("note", {"text": "a" * 2_001}),
            ("refer", {"unit": "", "text": WORDS}),
            ("refer", {"unit": "a" * 201, "text": WORDS}),
            ("refer", {"unit": "Ban Thu", "text": ""}),
            ("answer", {"text": "", "told": "phone"}),
            ("answer", {"text": "a" * 6_001, "told": "phone"}),
            ("answer", {"text": WORDS}),
            ("answer", {"text": WORDS, "told": "pigeon"}),
            ("reach", {"text": ""}),
            ("close", {"outcome": "withdrawn", "text": WORDS}),
            ("close", {"outcome": "x", "text": WORDS}),
            ("close", {}),
        ],
    )
    async def test_a_mistake_is_named_and_nothing_typed_is_lost(self, site, lan, act, fields):
        ticket = site.file()
        answer = await lan.submit(ticket, act, **fields)
        assert answer.status_code == 422
        assert 'role="alert"' in answer.text
        assert (fields.get("text", "") in answer.text) or len(fields["text"]) > 2_000
        assert kinds(site, ticket) == ["filed"]

    @pytest.mark.parametrize("act", ["unit_reply", "reopen", "reappoint", "dossier"])
    async def test_what_is_not_possible_now_is_refused(self, site, lan, act):
        fields = {"text": "a", "told": "phone", "new_date": "2030-01-02", "dossier_code": "G22-1234"}
        fields |= {"place": "BHXH cơ sở", "promised_on": "2020-01-02"}
        ticket = site.file()
        answer = await lan.submit(ticket, act, **fields)
        assert answer.status_code in {409, 422}
        assert kinds(site, ticket) == ["filed"]

    @pytest.mark.parametrize("version", ["", "x", "-1", "99", "9" * 30])
    async def test_a_form_without_a_version_that_was_ever_shown_is_refused(self, site, lan, version):
        ticket = site.file()
        answer = await lan.post(f"/console/tickets/{ticket.id}/note", version=version, text=WORDS)
        assert (answer.status_code, kinds(site, ticket)) == (400, ["filed"])

    @pytest.mark.parametrize("act", ["take", "note", "answer", "close", "slip", "reappoint", "reappoint/preview"])
    async def test_a_ticket_that_does_not_exist_is_said_so(self, site, lan, act):
        assert (await lan.post(f"/console/tickets/999/{act}", version=1, text="a", told="phone")).status_code == 404

    async def test_a_closed_ticket_takes_no_answer(self, site, lan):
        ticket = site.file()
        site.do(changes.close, ticket, Outcome.DUPLICATE, "", site.rules, By("operator:1", now()))
        answer = await lan.submit(ticket, "answer", **ANSWER)
        assert (answer.status_code, "Đã kết thúc" in answer.text) == (409, True)
        assert site.said("operator") == []
