"""Deadlines of tickets on the supervisor's board: a warning, a breach, and the end of both."""

import asyncio
from datetime import timedelta

import pytest

from connectors.leadership import Leadership
from connectors.metrics import Metrics
from connectors.ticket_clock import LEADER, TicketClock
from desk.alert import open_alerts
from desk.calendar.opening import load_calendar_texts
from desk.database import reading, writing
from desk.tickets import changes
from desk.tickets.changes import By
from desk.tickets.erasure import erase_tickets
from desk.tickets.progress import Outcome
from desk.tickets.texts import load_ticket_texts
from desk.tickets.ticket import TicketKind, TicketRequest, file_ticket, ticket_by_code
from desk.transactions import ThreadedTransactions
from tests.fakes.calendar import moment
from tests.fakes.stored import conversation
from tests.fakes.tickets import RULES

MONDAY = moment("2026-11-16 09:00")
SECRET = "Nguyễn Văn Thử"
LATER = By("operator:7", moment("2026-11-17 14:30"))


class Board:
    """A clock that strikes when told, and what it put up."""

    def __init__(self, engine):
        self.engine, self.now = engine, MONDAY
        self.transactions = ThreadedTransactions(engine)
        leadership = Leadership(self.transactions, "one", 15.0, self.time)
        self.clock = TicketClock(
            self.transactions, leadership, load_ticket_texts(), load_calendar_texts(), Metrics(), self.time
        )

    def time(self):
        return self.now

    def file(self, number=1, kind=TicketKind.CALLBACK):
        asked = TicketRequest(f"r-{number}", SECRET, "0900000001", "Bí mật", kind)
        with writing(self.engine) as connection:
            return ticket_by_code(connection, file_ticket(connection, conversation("an"), asked, MONDAY, RULES))

    def do(self, change, ticket, *arguments):
        with writing(self.engine) as connection:
            return change(connection, ticket_by_code(connection, ticket.case_code), *arguments)

    async def strike(self, at):
        self.now = moment(at)
        await self.clock.tick()
        return self.shown()

    def shown(self):
        with reading(self.engine) as connection:
            return sorted((one.alert.code, one.alert.kind) for one in open_alerts(connection, 500))


@pytest.fixture
def board(engine):
    made = Board(engine)
    yield made
    made.transactions.close()


async def test_a_warning_comes_before_the_breach_and_ends_with_it(board):
    code = board.file().case_code
    assert await board.strike("2026-11-17 12:59") == []
    assert await board.strike("2026-11-17 13:00") == [(code, "ticket_near_deadline")]
    assert await board.strike("2026-11-17 13:01") == [(code, "ticket_near_deadline")]
    assert await board.strike("2026-11-17 17:01") == [(code, "ticket_late")]
    assert await board.strike("2026-11-18 09:00") == [(code, "ticket_late")]


async def test_nothing_of_the_citizen_stands_in_it(board):
    ticket = board.file()
    await board.strike("2026-11-17 13:00")
    with reading(board.engine) as connection:
        (one,) = open_alerts(connection, 5)
    assert one.alert.detail == "Yêu cầu liên hệ lại – 17:00 hôm nay"
    assert one.alert.conversation_id == ""
    assert SECRET not in str(one)
    assert one.alert.account == ticket.case_code


@pytest.mark.parametrize(
    ("change", "arguments"),
    [
        (changes.answer, ("Xong", LATER)),
        (changes.reach, ("Đã gọi", LATER)),
        (changes.close, (Outcome.DUPLICATE, "", RULES, LATER)),
    ],
)
@pytest.mark.parametrize("at", ["2026-11-17 14:00", "2026-11-18 09:00"])
async def test_it_ends_when_the_citizen_waits_no_longer(board, change, arguments, at):
    ticket = board.file()
    assert len(await board.strike(at)) == 1
    board.do(change, ticket, *arguments)
    assert board.shown() == []


async def test_it_ends_with_an_erasure(board):
    ticket = board.file()
    await board.strike("2026-11-18 09:00")
    with writing(board.engine) as connection:
        erase_tickets(connection, ticket.conversation_id, LATER.now)
    assert board.shown() == []


async def test_a_deadline_that_moves_takes_its_warning_along(board):
    ticket = board.file(kind=TicketKind.MESSAGE)
    await board.strike("2026-11-17 14:00")
    board.do(changes.refer_to_unit, ticket, "Ban Thu", "", RULES, LATER)
    assert board.shown() == []
    assert await board.strike("2026-11-19 13:00") == [(ticket.case_code, "ticket_near_deadline")]


async def test_several_tickets_of_one_conversation_stand_side_by_side(board):
    codes = [board.file(number).case_code for number in range(3)]
    shown = await board.strike("2026-11-18 09:00")
    assert shown == sorted((code, "ticket_late") for code in codes)


async def test_after_a_long_stop_everything_is_told_at_once(board):
    for number in range(205):
        board.file(number)
    assert len(await board.strike("2026-11-30 09:00")) == 205


async def test_a_note_on_a_late_ticket_does_not_hide_it(board):
    ticket = board.file()
    await board.strike("2026-11-18 09:00")
    board.do(changes.note, ticket, "Đang gọi", By("operator:7", moment("2026-11-18 09:05")))
    board.do(changes.fail_to_reach, ticket, "", By("operator:7", moment("2026-11-18 09:05") + timedelta(hours=1)))
    assert board.shown() == [(ticket.case_code, "ticket_late")]


async def test_it_strikes_by_itself_where_it_leads_and_nowhere_else(board):
    code = board.file().case_code
    board.now = moment("2026-11-18 09:00")
    other = Leadership(board.transactions, "two", 15.0, board.time)
    assert await other.hold(LEADER)
    assert not await board.clock.leadership.hold(LEADER)
    await other.release(LEADER)
    running = asyncio.create_task(board.clock.run())
    async with asyncio.timeout(10):
        while not board.shown():
            await asyncio.sleep(0.01)
    running.cancel()
    assert board.shown() == [(code, "ticket_late")]
