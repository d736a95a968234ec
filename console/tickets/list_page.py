"""All tickets: how many wait, which are late, whose they are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from fastapi import Response
from fastapi.responses import RedirectResponse
from sqlalchemy import Connection

from console.operator.pages import SEE_OTHER
from console.operator.room import Room, names_of_operators
from console.security.access import Door, Visit
from console.tickets.filing import KINDS
from console.tickets.page import PAGE
from console.tickets.view import excerpt, ticket_workers
from desk.accounts.operator import Operator
from desk.accounts.permissions import Permission, may
from desk.calendar.holidays import read_holidays
from desk.case_code import PREFIX, read_case_code
from desk.tickets.listing import TicketBoard, TicketFilter, board, find_tickets
from desk.tickets.progress import RUNNING, TicketState
from desk.tickets.remaining import Pressure, pressure_of, remaining_in_words
from desk.tickets.ticket import Ticket, TicketKind

PER_PAGE = 25
LAST_PAGE = 400
WHO_CHARACTERS = 9
"""More digits would not fit into the column of the assignee."""
EXCERPT_CHARACTERS = 160
WORDS_CHARACTERS = 80
ALL_KINDS = (TicketKind.MESSAGE, *KINDS)
MINE, NOBODY = "mine", "nobody"
WAITING, EVERY = "waiting", "all"
NEAR, LATE = "near", "late"


def doors(room: Room) -> Sequence[Door]:
    """See console/operator/doors.py. What is looked for is posted: it would else stand in addresses and in logs."""
    tickets = _List(room)
    return (
        Door("GET", PAGE, Permission.WORK_TICKETS, tickets.page),
        Door("POST", PAGE, Permission.WORK_TICKETS, tickets.search),
    )


@dataclass(frozen=True)
class ListFilters:
    """As the address has them; empty leaves everything open in. `when` is near or late."""

    state: str = ""
    kind: str = ""
    who: str = ""
    when: str = ""
    words: str = ""
    page: int = 1

    @property
    def is_empty(self) -> bool:
        """All open tickets."""
        return not (self.state or self.kind or self.who or self.when or self.words)

    @property
    def is_public(self) -> bool:
        """May stand in an address: at most a case code is looked for; with its prefix, as "Tran Dang" reads as one."""
        is_code = self.words.upper().startswith(PREFIX) and read_case_code(self.words) is not None
        return is_code or not self.words

    @property
    def fields(self) -> Mapping[str, str]:
        """Of a form, or behind a question mark; what is left open is missing."""
        given = {"state": self.state, "kind": self.kind, "who": self.who, "when": self.when, "words": self.words}
        return {key: value for key, value in given.items() if value}

    def at(self, page: int) -> str:
        """Address of a page of the same list; only for filters that are public."""
        return f"{PAGE}?{urlencode({**self.fields, 'page': str(page)})}"


@dataclass(frozen=True)
class TicketRow:
    """`assignee` is empty when nobody has it."""

    ticket: Ticket
    excerpt: str
    assignee: str
    pressure: Pressure
    remaining: str


@dataclass(frozen=True)
class TicketList:
    """One page of it. `workers` are named for those who assign tickets."""

    counts: TicketBoard
    rows: tuple[TicketRow, ...]
    filters: ListFilters
    has_more: bool
    workers: tuple[Operator, ...]


@dataclass(frozen=True)
class _List:
    room: Room

    async def page(self, visit: Visit) -> Response:
        return await self._shown(visit, read_filters(visit))

    async def search(self, visit: Visit) -> Response:
        """Leads to an address that can be kept where nothing personal was looked for."""
        filters = read_filters(visit)
        if filters.is_public:
            return RedirectResponse(filters.at(filters.page), SEE_OTHER)
        return await self._shown(visit, filters)

    async def _shown(self, visit: Visit, filters: ListFilters) -> Response:
        found = await self.room.transactions.read(lambda connection: self._read(connection, visit, filters))
        states = tuple(TicketState)
        return self.room.pages.page(
            visit, "tickets.html", list=found, labels=self.room.tickets.texts, kinds=ALL_KINDS, states=states
        )

    def _read(self, connection: Connection, visit: Visit, filters: ListFilters) -> TicketList:
        wanted, offset = _wanted(filters, visit.operator), (filters.page - 1) * PER_PAGE
        tickets = find_tickets(connection, wanted, visit.now, PER_PAGE + 1, offset)
        names, holidays = names_of_operators(connection), read_holidays(connection)
        pieces = self.room.tickets.texts.remaining
        rows = tuple(
            TicketRow(
                ticket,
                excerpt(ticket, EXCERPT_CHARACTERS),
                names.get(ticket.progress.assignee_id or 0, ""),
                pressure_of(ticket.progress, visit.now),
                remaining_in_words(ticket.progress, visit.now, holidays, pieces),
            )
            for ticket in tickets[:PER_PAGE]
        )
        workers = ticket_workers(connection) if may(visit.operator, Permission.ASSIGN_TICKETS) else ()
        return TicketList(board(connection, visit.now), rows, filters, len(tickets) > PER_PAGE, workers)


def read_filters(visit: Visit) -> ListFilters:
    """What makes no sense is left out; of words in an address all but a case code."""
    state, kind, who = visit.given("state", 20), visit.given("kind", 20), visit.given("who", WHO_CHARACTERS)
    when, page, words = visit.given("when", 10), visit.given("page", 4), visit.given("words", WORDS_CHARACTERS)
    number = int(page) if page.isascii() and page.isdecimal() else 1
    read = ListFilters(
        state if state in {WAITING, EVERY, *TicketState} else "",
        kind if kind in ALL_KINDS else "",
        who if who in {MINE, NOBODY} or (who.isascii() and who.isdecimal()) else "",
        when if when in {NEAR, LATE} else "",
        words,
        min(max(number, 1), LAST_PAGE),
    )
    return read if read.is_public or visit.request.method == "POST" else replace(read, words="")


def _wanted(filters: ListFilters, operator: Operator) -> TicketFilter:
    who = {MINE: operator.id}.get(filters.who, int(filters.who) if filters.who.isdecimal() else None)
    states = {"": (), WAITING: tuple(sorted(RUNNING)), EVERY: tuple(TicketState)}
    return TicketFilter(
        states=states[filters.state] if filters.state in states else (TicketState(filters.state),),
        kinds=(TicketKind(filters.kind),) if filters.kind else (),
        assignee_id=who,
        only_unassigned=filters.who == NOBODY,
        only_late=filters.when == LATE,
        only_warned=filters.when == NEAR,
        text=filters.words,
    )
