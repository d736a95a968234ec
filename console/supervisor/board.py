"""The live board: who waits, who works, what is late or went wrong."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from fastapi import Response
from sqlalchemy import Connection

from console.operator.room import Room, names_of_operators
from console.security.access import Door, Visit
from console.security.refusal import Refusal, RefusedError
from console.supervisor.ports import ChannelAnswers, Undelivered
from desk.accounts.permissions import Permission
from desk.alert import OpenAlert, open_alerts, settle_alert
from desk.audit import AuditAction, Detail, actor_of, record
from desk.board import LateWait, Load, day_of, late_waits, loads, oldest_wait, wishes
from desk.channel_switch import ChannelSwitch, switches
from desk.handoff.state import State
from desk.report.handoffs import HandoffFigures, handoff_figures
from desk.tickets.listing import TicketBoard, TicketFilter, find_tickets
from desk.tickets.listing import board as ticket_board
from desk.tickets.ticket import Ticket, TicketKind
from desk.worklist import WorkItem, open_work

PAGE = "/console/board"
SHOWN_ALERTS = 50
SHOWN_TICKETS = 5
SHARED = timedelta(seconds=2)
SAID = frozenset({"reassigned", "alert_settled"})


def doors(room: Room) -> Sequence[Door]:
    """See console/supervisor/doors.py."""
    board = _Board(room)
    return (
        Door("GET", PAGE, Permission.SEE_BOARD, board.page),
        Door("GET", PAGE + "/live", Permission.SEE_BOARD, board.live, is_by_itself=True),
        Door("POST", PAGE + "/alerts/{alert}/settle", Permission.HANDLE_DEAD_LETTERS, board.settle),
    )


@dataclass(frozen=True)
class BoardView:
    """The same for everybody who may see it. Nobody's words are in it: it may hang on a wall."""

    now: datetime
    goal: timedelta
    items: tuple[WorkItem, ...]
    loads: tuple[Load, ...]
    names: dict[int, str]
    oldest_wait: timedelta | None
    late: tuple[LateWait, ...]
    today: HandoffFigures
    answers: tuple[ChannelAnswers, ...]
    undelivered: Undelivered
    tickets: TicketBoard
    late_tickets: tuple[Ticket, ...]
    callbacks: tuple[Ticket, ...]
    alerts: tuple[OpenAlert, ...]
    off: tuple[ChannelSwitch, ...]

    def in_state(self, *states: State) -> tuple[WorkItem, ...]:
        """Urgent ones first, then who waits longer."""
        return tuple(item for item in self.items if item.stored.episode.state in states)

    @property
    def queue(self) -> tuple[WorkItem, ...]:
        """Who waits for anybody."""
        return self.in_state(State.QUEUED)

    @property
    def here(self) -> tuple[Load, ...]:
        """Operators to whom conversations may be given."""
        return tuple(load for load in self.loads if load.is_here)


@dataclass
class _Board:
    room: Room
    _shared: BoardView | None = field(default=None)

    async def page(self, visit: Visit) -> Response:
        view = await self._read(visit.now)
        said = visit.query("said", 32)
        words = self.room.pages.texts.said[said] if said in SAID else ""
        kinds = self.room.tickets.texts.kinds
        return self.room.pages.page(visit, "board.html", view=view, said=words, ticket_kinds=kinds)

    async def live(self, visit: Visit) -> Response:
        """One reading serves all open pages for a moment."""
        view = self._shared
        if view is None or not timedelta(0) <= visit.now - view.now < SHARED:
            view = await self._read(visit.now)
        kinds = self.room.tickets.texts.kinds
        return self.room.pages.part(visit, "board_live.html", view=view, ticket_kinds=kinds)

    async def settle(self, visit: Visit) -> Response:
        number = visit.number("alert")

        def work(connection: Connection) -> bool:
            found = next((one for one in open_alerts(connection, SHOWN_ALERTS * 20) if one.id == number), None)
            if found is None or not settle_alert(connection, number, visit.now):
                return False
            detail: Detail = {"kind": found.alert.kind, "channel": found.alert.channel, "times": found.occurrences}
            me = actor_of(visit.operator.id)
            record(connection, me, AuditAction.ALERT_SETTLED, f"alert:{number}", detail, visit.now)
            return True

        if not await self.room.transactions.write(work):
            raise RefusedError(Refusal.ALERT_GONE)
        return self.room.pages.done(visit, f"{PAGE}?said=alert_settled")

    async def _read(self, now: datetime) -> BoardView:
        self._shared = await self.room.transactions.read(lambda connection: read_board(connection, self.room, now))
        return self._shared


def read_board(connection: Connection, room: Room, now: datetime) -> BoardView:
    """As things stand, and since midnight in Vietnam."""
    ground, start = room.supervision, day_of(now)
    items = open_work(connection)
    heard = wishes(connection, start, now + timedelta(seconds=1))
    goal = timedelta(minutes=ground.handoff.wait_goal_minutes)
    return BoardView(
        now=now,
        goal=goal,
        items=items,
        loads=loads(connection, items, now, room.presence),
        names=names_of_operators(connection),
        oldest_wait=oldest_wait(items, now),
        late=late_waits(heard, goal, now),
        today=handoff_figures((wish.request for wish in heard), ground.handoff.wait_goal_minutes),
        answers=ground.figures.answers(connection, start, now + timedelta(seconds=1)),
        undelivered=ground.figures.undelivered(connection),
        tickets=ticket_board(connection, now),
        late_tickets=find_tickets(connection, TicketFilter(only_late=True), now, SHOWN_TICKETS),
        callbacks=find_tickets(connection, TicketFilter(kinds=(TicketKind.CALLBACK,)), now, SHOWN_TICKETS),
        alerts=open_alerts(connection, SHOWN_ALERTS),
        off=tuple(switch for switch in switches(connection).values() if switch.is_off),
    )
