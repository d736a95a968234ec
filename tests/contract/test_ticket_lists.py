"""Tickets found again: by case code, by clock, in lists."""

import threading
from dataclasses import asdict
from datetime import timedelta

import pytest

from desk.database import writing
from desk.tickets import changes
from desk.tickets.changes import By
from desk.tickets.clock import strike
from desk.tickets.late_dossier import LateDossier
from desk.tickets.listing import TicketBoard, TicketFilter, board, find_tickets
from desk.tickets.log import events_of
from desk.tickets.look_up import look_up
from desk.tickets.progress import Outcome, TicketEventKind, TicketState
from desk.tickets.ticket import TicketKind
from tests.fakes.calendar import day, moment
from tests.fakes.tickets import MONDAY, REQUEST, RULES, Desk

DOSSIER = LateDossier("G22.99.00-261101-0001", "BHXH cơ sở Thử Nghiệm", day("2026-11-10"))


def by(hours=0, operator=7):
    return By(f"operator:{operator}", MONDAY + timedelta(hours=hours))


@pytest.fixture
def desk(engine):
    return Desk(engine)


class TestLookUp:
    @pytest.mark.parametrize(
        "typed", [str, str.lower, lambda code: code.replace("-", ""), lambda code: f" {code[5:]} "]
    )
    def test_a_citizen_finds_the_case_however_the_code_is_typed(self, desk, typed):
        ticket = desk.file(TicketKind.CALLBACK)
        status = desk.read(look_up, typed(ticket.case_code))
        assert (status.case_code, status.state, status.due_at) == (
            ticket.case_code,
            TicketState.NEW,
            ticket.progress.due_at,
        )

    @pytest.mark.parametrize("typed", ["BHXH-2222-2222", "", "số hồ sơ của tôi", "' OR 1=1 --"])
    def test_an_unknown_code_finds_nothing(self, desk, typed):
        desk.file()
        assert desk.read(look_up, typed) is None

    def test_the_status_tells_nothing_personal(self, desk):
        ticket = desk.file(TicketKind.LATE_DOSSIER, dossier=DOSSIER)
        ticket = desk.do(changes.assign, ticket, 7, by())
        ticket = desk.do(changes.refer_to_unit, ticket, "Ban Thu", "của ông Thử", RULES, by())
        ticket = desk.do(changes.reappoint, ticket, day("2026-12-01"), "lý do riêng", by())
        told = str(asdict(desk.read(look_up, ticket.case_code)))
        private = [*asdict(REQUEST).values(), *asdict(DOSSIER).values(), "Ban Thu", "Thử", "lý do", "operator"]
        assert [each for each in private if each and str(each) in told and each != TicketKind.MESSAGE] == []

    def test_a_case_answered_late_says_so(self, desk):
        ticket = desk.do(changes.answer, desk.file(), "…", by(60))
        assert desk.read(look_up, ticket.case_code).is_late(by(61).now)


class TestClock:
    def test_it_warns_once_and_breaches_once(self, desk):
        ticket = desk.file(TicketKind.CALLBACK)
        assert desk.strike("2026-11-17 12:59") == []
        assert desk.strike("2026-11-17 13:00") == [(TicketEventKind.WARNED, ticket.id)]
        assert desk.strike("2026-11-17 16:00") == []
        assert desk.strike("2026-11-17 17:01") == [(TicketEventKind.BREACHED, ticket.id)]
        assert desk.strike("2026-11-18 09:00") == []
        assert [event.actor for event in desk.read(events_of, ticket.id)] == ["citizen", "system", "system"]

    def test_after_a_long_stop_the_breach_is_told_without_its_warning(self, desk):
        ticket = desk.file()
        assert desk.strike("2026-11-30 09:00") == [(TicketEventKind.BREACHED, ticket.id)]

    def test_who_is_answered_is_left_in_peace(self, desk):
        desk.do(changes.answer, desk.file(), "…", by(1))
        desk.do(changes.close, desk.file(number=2), Outcome.DUPLICATE, "", RULES, by(1))
        assert desk.strike("2026-11-30 09:00") == []

    def test_a_new_deadline_warns_anew(self, desk):
        ticket = desk.file()
        desk.strike("2026-11-17 14:00")
        desk.do(
            changes.refer_to_unit,
            desk.again(ticket),
            "Ban Thu",
            "",
            RULES,
            By("operator:7", moment("2026-11-17 15:00")),
        )
        assert desk.strike("2026-11-19 13:00") == [(TicketEventKind.WARNED, ticket.id)]

    def test_two_gateways_that_look_at_once_tell_it_once(self, desk):
        ticket, told = desk.file(), []
        other = threading.Thread(target=lambda: told.extend(desk.strike("2026-11-30 09:00")))
        with writing(desk.engine) as connection:
            (notice,) = strike(connection, moment("2026-11-30 09:00"))
            other.start()
            other.join(0.05)  # on PostgreSQL it has read by then what is not committed, and waits for the row
        other.join()
        assert (notice.ticket.id, told) == (ticket.id, [])

    def test_the_most_urgent_comes_first(self, desk):
        later, sooner = desk.file(TicketKind.COMPLAINT), desk.file(number=2)
        assert [number for _, number in desk.strike("2026-11-30 09:00")] == [sooner.id, later.id]


class TestLists:
    NOW = moment("2026-11-18 14:00")

    @pytest.fixture
    def filed(self, desk):
        late = desk.file(TicketKind.MESSAGE, 1)
        warned = desk.file(TicketKind.CALLBACK, 2, now=moment("2026-11-17 14:00"), name="ba")
        calm = desk.do(changes.assign, desk.file(TicketKind.COMPLAINT, 3, question="Thái độ 100%_"), 7, by())
        answered = desk.do(changes.answer, desk.file(TicketKind.SCAM, 4), "…", by())
        closed = desk.do(changes.close, desk.file(TicketKind.MESSAGE, 5), Outcome.DUPLICATE, "", RULES, by())
        return {"late": late, "warned": warned, "calm": calm, "answered": answered, "closed": closed}

    @pytest.mark.parametrize(
        ("wanted", "names"),
        [
            (TicketFilter(), ["late", "warned", "calm", "answered"]),
            (TicketFilter(only_late=True), ["late"]),
            (TicketFilter(kinds=(TicketKind.CALLBACK, TicketKind.SCAM)), ["warned", "answered"]),
            (TicketFilter(states=(TicketState.CLOSED,)), ["closed"]),
            (TicketFilter(assignee_id=7), ["calm"]),
            (TicketFilter(only_unassigned=True), ["late", "warned", "answered"]),
            (TicketFilter(conversation_id="web-ba"), ["warned"]),
            (TicketFilter(text="100%_"), ["calm"]),
            (TicketFilter(text="%"), ["calm"]),
            (TicketFilter(text="0900000001", only_late=True), ["late"]),
            (TicketFilter(text="không có"), []),
        ],
    )
    def test_what_is_wanted_is_found_the_most_urgent_first(self, desk, filed, wanted, names):
        found = desk.read(find_tickets, wanted, self.NOW, 10)
        assert [each.id for each in found] == [filed[name].id for name in names]

    def test_a_case_code_finds_its_ticket(self, desk, filed):
        wanted = TicketFilter(text=filed["calm"].case_code.lower().replace("-", " "))
        assert [each.id for each in desk.read(find_tickets, wanted, self.NOW, 10)] == [filed["calm"].id]

    def test_pages_follow_each_other_without_gap(self, desk, filed):
        pages = [desk.read(find_tickets, TicketFilter(), self.NOW, 2, offset) for offset in (0, 2, 4)]
        whole = desk.read(find_tickets, TicketFilter(), self.NOW, 10)
        assert tuple(each for page in pages for each in page) == whole

    def test_the_board_counts_who_waits(self, desk, filed):
        assert desk.read(board, self.NOW) == TicketBoard(open=4, waiting=3, warned=1, late=1, unassigned=2)
