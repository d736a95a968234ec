"""Promises that were not kept: waits longer than the goal, day by day, and tickets behind their deadline."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from fastapi import Response
from sqlalchemy import Connection

from console.operator.room import Room
from console.security.access import Door, Visit
from console.supervisor.fields import day_of as day_typed
from desk.accounts.permissions import Permission
from desk.board import LateWait, late_waits, wishes
from desk.calendar.zone import VIETNAM, vietnam_date
from desk.report.handoffs import HandoffFigures, handoff_figures
from desk.tickets.listing import TicketFilter, find_tickets
from desk.tickets.ticket import Ticket

PAGE = "/console/board/breaches"
SHOWN_TICKETS = 100
FIRST_DAY = date(2000, 1, 1)
"""No desk is older; in the year 1 there would be no day before."""


def doors(room: Room) -> Sequence[Door]:
    """See console/supervisor/doors.py."""
    return (Door("GET", PAGE, Permission.SEE_BREACHES, _Breaches(room).page),)


@dataclass(frozen=True)
class BreachView:
    """Of one day; `later` is None on the last one that there is."""

    day: date
    earlier: date
    later: date | None
    goal: timedelta
    figures: HandoffFigures
    late: tuple[LateWait, ...]
    tickets: tuple[Ticket, ...]


@dataclass(frozen=True)
class _Breaches:
    room: Room

    async def page(self, visit: Visit) -> Response:
        today = vietnam_date(visit.now)
        day = max(day_typed(visit.query("day", 10)) or today, FIRST_DAY)
        view = await self.room.transactions.read(lambda connection: self._read(connection, min(day, today), visit.now))
        return self.room.pages.page(visit, "board_breaches.html", view=view, ticket_kinds=self.room.tickets.texts.kinds)

    def _read(self, connection: Connection, day: date, now: datetime) -> BreachView:
        start = datetime.combine(day, time(), VIETNAM).astimezone(UTC)
        heard = wishes(connection, start, start + timedelta(days=1))
        minutes = self.room.supervision.handoff.wait_goal_minutes
        goal, today = timedelta(minutes=minutes), vietnam_date(now)
        return BreachView(
            day=day,
            earlier=day - timedelta(days=1),
            later=day + timedelta(days=1) if day < today else None,
            goal=goal,
            figures=handoff_figures((wish.request for wish in heard), minutes),
            late=late_waits(heard, goal, now),
            tickets=find_tickets(connection, TicketFilter(only_late=True), now, SHOWN_TICKETS),
        )
