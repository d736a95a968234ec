"""Every change of a ticket as a row: who, when, what."""

from __future__ import annotations

from sqlalchemy import JSON, Column, Connection, ForeignKey, Integer, String, Table, UniqueConstraint, insert, select

from desk.append_only import keep_event_log
from desk.database import RowId, UtcDateTime, metadata
from desk.tickets.progress import Progress, TicketEvent, TicketEventKind, replay

ticket_events = Table(
    "ticket_events",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("ticket_id", ForeignKey("tickets.id"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("kind", String(32), nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("actor", String(64), nullable=False),
    Column("data", JSON, nullable=False),
    UniqueConstraint("ticket_id", "number"),
)
keep_event_log(ticket_events)


def append_event(connection: Connection, ticket_id: int, number: int, event: TicketEvent) -> None:
    """`number` is the ticket's version after the event."""
    values = {"ticket_id": ticket_id, "number": number, "kind": event.kind, "at": event.at, "actor": event.actor}
    connection.execute(insert(ticket_events), {**values, "data": dict(event.data)})


def events_of(connection: Connection, ticket_id: int) -> tuple[TicketEvent, ...]:
    """From the first on."""
    statement = select(ticket_events).where(ticket_events.c.ticket_id == ticket_id).order_by(ticket_events.c.number)
    rows = connection.execute(statement)
    return tuple(TicketEvent(TicketEventKind(row.kind), row.at, row.actor, row.data) for row in rows)


def replayed(connection: Connection, ticket_id: int) -> Progress:
    """What the log alone says; equal to the row, always."""
    return replay(events_of(connection, ticket_id))
