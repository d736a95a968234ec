"""Tickets: what a citizen left for a person to answer, and until when that was promised."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    JSON,
    Column,
    Connection,
    Date,
    ForeignKey,
    Index,
    Integer,
    Row,
    String,
    Table,
    Text,
    UniqueConstraint,
    select,
)

from desk.calendar.holidays import read_holidays
from desk.case_code import new_case_code
from desk.conversation import ConversationKey, conversations, ensure_conversation
from desk.database import RowId, UtcDateTime, insert_if_absent, metadata
from desk.tickets.deadline import Deadline, TicketKind, TicketRules, due_at
from desk.tickets.late_dossier import LateDossier, store_dossier
from desk.tickets.log import append_event
from desk.tickets.progress import RUNNING, Outcome, Progress, TicketEvent, TicketEventKind, TicketState, apply

__all__ = [
    "CaseCodesExhaustedError",
    "Ticket",
    "TicketKind",
    "TicketRequest",
    "TicketState",
    "due_at",
    "file_ticket",
    "is_breached",
    "is_warning",
    "ticket_by_code",
    "ticket_by_id",
    "tickets",
]

CODE_ATTEMPTS = 5
CITIZEN = "citizen"

tickets = Table(
    "tickets",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("case_code", String(24), nullable=False, unique=True),
    Column("kind", String(32), nullable=False),
    Column("state", String(32), nullable=False),
    Column("conversation_id", ForeignKey(conversations.c.id), nullable=False),
    # Given by the client, so that a form sent twice over a bad line makes one ticket.
    Column("request_id", String(64), nullable=False),
    Column("name", Text, nullable=False),
    Column("contact", Text, nullable=False),
    Column("question", Text, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("version", Integer, nullable=False),
    Column("assignee_id", Integer),
    Column("units", JSON, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("clock_from", UtcDateTime),
    Column("due_at", UtcDateTime),
    Column("warn_at", UtcDateTime),
    Column("warned_at", UtcDateTime),
    Column("breached_at", UtcDateTime),
    Column("answered_at", UtcDateTime),
    Column("reappointed_on", Date),
    Column("closed_at", UtcDateTime),
    Column("outcome", String(32)),
    UniqueConstraint("conversation_id", "request_id"),
)
_open = tickets.c.closed_at.is_(None)
Index("ix_tickets_open_due", tickets.c.due_at, postgresql_where=_open, sqlite_where=_open)
_FIELDS = tuple(Progress.__dataclass_fields__)


class CaseCodesExhaustedError(RuntimeError):
    """Every code tried was taken; chance alone cannot explain it."""


@dataclass(frozen=True)
class TicketRequest:
    """What the citizen filled in, or an operator for them, already checked; `filed_by` as in the log of events."""

    request_id: str
    name: str
    contact: str
    question: str
    kind: TicketKind = TicketKind.MESSAGE
    dossier: LateDossier | None = None
    filed_by: str = CITIZEN


@dataclass(frozen=True)
class Ticket:
    """Name, contact and question are personal: they are empty after an erasure."""

    id: int
    case_code: str
    kind: TicketKind
    conversation_id: str
    name: str
    contact: str
    question: str
    created_at: datetime
    progress: Progress


def file_ticket(
    connection: Connection,
    key: ConversationKey,
    request: TicketRequest,
    now: datetime,
    rules: TicketRules,
    make_code: Callable[[], str] = new_case_code,
) -> str:
    """The case code: a new one, or the first one when this request was already filed in this conversation.

    Raises CaseCodesExhaustedError.
    """
    ensure_conversation(connection, key, now)
    filed = _filed_event(connection, request, rules, now)
    for _ in range(CODE_ATTEMPTS):
        values = {"case_code": make_code(), **_columns(key, request, now), **columns_of(apply(Progress(), filed))}
        ticket_id = insert_if_absent(connection, tickets, values)
        if ticket_id is not None:
            _file_details(connection, int(ticket_id), request, filed)
            return str(values["case_code"])
        earlier = _filed_code(connection, key.id, request.request_id)
        if earlier is not None:
            return earlier
    raise CaseCodesExhaustedError(f"no free case code after {CODE_ATTEMPTS} attempts")


def ticket_by_code(connection: Connection, case_code: str) -> Ticket | None:
    """`case_code` exactly as it was given out; None when there is no such ticket."""
    row = connection.execute(select(tickets).where(tickets.c.case_code == case_code)).one_or_none()
    return None if row is None else ticket_of(row)


def ticket_by_id(connection: Connection, ticket_id: int) -> Ticket | None:
    """None when there is no such ticket."""
    row = connection.execute(select(tickets).where(tickets.c.id == ticket_id)).one_or_none()
    return None if row is None else ticket_of(row)


def is_breached(progress: Progress, now: datetime) -> bool:
    """Whether the answer came, or will come, after the deadline."""
    stopped = progress.answered_at or progress.closed_at or now
    return progress.due_at is not None and stopped > progress.due_at


def is_warning(progress: Progress, now: datetime) -> bool:
    """Whether the deadline is near and the citizen still waits."""
    if progress.warn_at is None or progress.state not in RUNNING:
        return False
    return progress.warn_at <= now and not is_breached(progress, now)


def columns_of(progress: Progress) -> dict[str, Any]:
    """For an insert or update of `tickets`."""
    return {**asdict(progress), "units": list(progress.units)}


def ticket_of(row: Row[tuple[Any, ...]]) -> Ticket:
    """From a whole row of `tickets`."""
    fields = row._mapping
    values = {name: fields[name] for name in _FIELDS}
    outcome = None if fields["outcome"] is None else Outcome(fields["outcome"])
    typed = {"state": TicketState(fields["state"]), "units": tuple(fields["units"]), "outcome": outcome}
    return Ticket(
        fields["id"],
        fields["case_code"],
        TicketKind(fields["kind"]),
        fields["conversation_id"],
        fields["name"],
        fields["contact"],
        fields["question"],
        fields["created_at"],
        Progress(**{**values, **typed}),
    )


def deadline_data(deadline: Deadline) -> Mapping[str, str]:
    """As an event keeps it."""
    return {"due_at": deadline.due_at.isoformat(), "warn_at": deadline.warn_at.isoformat()}


def _filed_event(connection: Connection, request: TicketRequest, rules: TicketRules, now: datetime) -> TicketEvent:
    deadline = rules.as_kept(connection).deadline(request.kind, now, 0, read_holidays(connection))
    return TicketEvent(TicketEventKind.FILED, now, request.filed_by, deadline_data(deadline))


def _file_details(connection: Connection, ticket_id: int, request: TicketRequest, filed: TicketEvent) -> None:
    append_event(connection, ticket_id, 1, filed)
    if request.dossier is not None:
        store_dossier(connection, ticket_id, request.dossier)


def _columns(key: ConversationKey, request: TicketRequest, now: datetime) -> dict[str, Any]:
    return {
        "kind": request.kind,
        "conversation_id": key.id,
        "request_id": request.request_id,
        "name": request.name,
        "contact": request.contact,
        "question": request.question,
        "created_at": now,
    }


def _filed_code(connection: Connection, conversation_id: str, request_id: str) -> str | None:
    statement = select(tickets.c.case_code).where(
        tickets.c.conversation_id == conversation_id, tickets.c.request_id == request_id
    )
    return connection.execute(statement).scalar_one_or_none()
