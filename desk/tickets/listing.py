"""Lists of tickets for the people who work them off."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, case, func, or_, select

from desk.case_code import read_case_code
from desk.tickets.clock import is_running
from desk.tickets.late_dossier import late_dossiers
from desk.tickets.progress import TicketState
from desk.tickets.ticket import Ticket, TicketKind, ticket_of, tickets


@dataclass(frozen=True)
class TicketFilter:
    """All that is given must hold; nothing given means all open tickets. `text`: a case code, or part of a field."""

    states: tuple[TicketState, ...] = ()
    kinds: tuple[TicketKind, ...] = ()
    assignee_id: int | None = None
    only_unassigned: bool = False
    only_late: bool = False
    only_warned: bool = False
    conversation_id: str | None = None
    text: str = ""


@dataclass(frozen=True)
class TicketBoard:
    """How many citizens wait, of them with a near deadline, after it, and with nobody; and how many are open at all."""

    open: int
    waiting: int
    warned: int
    late: int
    unassigned: int


def find_tickets(
    connection: Connection, wanted: TicketFilter, now: datetime, limit: int, offset: int = 0
) -> tuple[Ticket, ...]:
    """Who waits before who does not, then the nearest deadline first."""
    columns = tickets.c
    order = (case((is_running(), 0), else_=1), columns.due_at.nulls_last(), columns.id)
    statement = select(tickets).where(*_conditions(wanted, now)).order_by(*order).limit(limit).offset(offset)
    return tuple(ticket_of(row) for row in connection.execute(statement))


def tickets_of(connection: Connection, conversation_id: str, limit: int) -> tuple[Ticket, ...]:
    """Of one conversation, in whatever state, the newest first."""
    mine = tickets.c.conversation_id == conversation_id
    statement = select(tickets).where(mine).order_by(tickets.c.id.desc()).limit(limit)
    return tuple(ticket_of(row) for row in connection.execute(statement))


def board(connection: Connection, now: datetime) -> TicketBoard:
    """For a supervisor's page and for monitoring; one query."""
    columns, running = tickets.c, is_running()
    is_late = columns.due_at < now
    near = (running, ~is_late, columns.warn_at <= now)
    counts = (
        func.count(),
        _count(running),
        _count(*near),
        _count(running, is_late),
        _count(running, columns.assignee_id.is_(None)),
    )
    row = connection.execute(select(*counts).where(columns.closed_at.is_(None))).one()
    return TicketBoard(*row)


def _count(*conditions: ColumnElement[bool]) -> ColumnElement[int]:
    return func.count().filter(*conditions)


def _conditions(wanted: TicketFilter, now: datetime) -> list[ColumnElement[bool]]:
    columns = tickets.c
    of_state = columns.state.in_(wanted.states) if wanted.states else columns.closed_at.is_(None)
    conditions: list[ColumnElement[bool]] = [of_state]
    if wanted.kinds:
        conditions.append(columns.kind.in_(wanted.kinds))
    if wanted.assignee_id is not None:
        conditions.append(columns.assignee_id == wanted.assignee_id)
    if wanted.only_unassigned:
        conditions.append(columns.assignee_id.is_(None))
    if wanted.only_late:
        conditions += [is_running(), columns.due_at < now]
    if wanted.only_warned:
        conditions += [is_running(), columns.due_at >= now, columns.warn_at <= now]
    if wanted.conversation_id is not None:
        conditions.append(columns.conversation_id == wanted.conversation_id)
    return [*conditions, *_about(wanted.text)]


def _about(text: str) -> list[ColumnElement[bool]]:
    if not text.strip():
        return []
    code = read_case_code(text)
    if code is not None:
        return [tickets.c.case_code == code]
    words = text.strip()
    fields = (tickets.c.name, tickets.c.contact, tickets.c.question)
    of_dossier = select(late_dossiers.c.ticket_id).where(late_dossiers.c.dossier_code.icontains(words, autoescape=True))
    return [or_(*(field.icontains(words, autoescape=True) for field in fields), tickets.c.id.in_(of_dossier))]
