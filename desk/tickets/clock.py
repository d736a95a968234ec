"""The clock that speaks up: a warning before the deadline, a breach after it, each once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, and_, or_, select

from desk.calendar.opening import CalendarTexts, moment_in_words
from desk.tickets.alarms import AlarmKind, sound
from desk.tickets.changes import SYSTEM, By, TicketOvertakenError, record
from desk.tickets.progress import RUNNING, TicketEventKind
from desk.tickets.texts import TicketTexts
from desk.tickets.ticket import Ticket, ticket_of, tickets


@dataclass(frozen=True)
class ClockNotice:
    """`kind` is WARNED or BREACHED; the event is in the ticket's log already."""

    kind: TicketEventKind
    ticket: Ticket


def strike(connection: Connection, now: datetime, limit: int = 200) -> tuple[ClockNotice, ...]:
    """What is new since the last call, the most urgent first: for a person to hear of. Safe in several gateways."""
    columns = tickets.c
    breached = and_(columns.due_at < now, columns.breached_at.is_(None))
    warned = and_(columns.warn_at <= now, columns.due_at >= now, columns.warned_at.is_(None))
    statement = select(tickets).where(is_running(), or_(breached, warned)).order_by(columns.due_at).limit(limit)
    found = [ticket_of(row) for row in connection.execute(statement)]
    notices = (_notice(connection, ticket, now) for ticket in found)
    return tuple(notice for notice in notices if notice is not None)


def ring(connection: Connection, texts: TicketTexts, calendar: CalendarTexts, now: datetime) -> int:
    """Puts what `strike` finds on the supervisor's board; how many there were."""
    notices = strike(connection, now)
    for notice in notices:
        progress, label = notice.ticket.progress, getattr(texts.kinds, notice.ticket.kind.value)
        due = "" if progress.due_at is None else moment_in_words(progress.due_at, now, calendar)
        kind = AlarmKind.LATE if notice.kind is TicketEventKind.BREACHED else AlarmKind.NEAR
        sound(connection, notice.ticket.case_code, kind, f"{label} – {due}", now)
    return len(notices)


def is_running() -> ColumnElement[bool]:
    """In SQL: the citizen still waits."""
    return and_(tickets.c.closed_at.is_(None), tickets.c.state.in_(sorted(RUNNING)))


def _notice(connection: Connection, ticket: Ticket, now: datetime) -> ClockNotice | None:
    due_at = ticket.progress.due_at
    is_over = due_at is not None and due_at < now
    kind = TicketEventKind.BREACHED if is_over else TicketEventKind.WARNED
    try:
        return ClockNotice(kind, record(connection, ticket, kind, By(SYSTEM, now)))
    except TicketOvertakenError:
        return None  # somebody is at it this moment; the next call looks again
