"""Erases what a citizen left in tickets. Rows and times stay, emptied: deadlines kept are still counted."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, Connection, select, update

from desk.handoff.erasure import empty_events
from desk.tickets.changes import SYSTEM, By, record
from desk.tickets.late_dossier import late_dossiers
from desk.tickets.log import ticket_events
from desk.tickets.progress import Outcome, TicketEventKind
from desk.tickets.ticket import ticket_of, tickets

ERASED = ""
KEPT = frozenset({"due_at", "warn_at", "outcome", "operator_id", "unit", "new_date", "told"})
"""Keys that replay needs, and that hold nothing of a citizen's; everything else that is text goes."""


def erase_tickets(connection: Connection, conversation_id: str, now: datetime) -> None:
    """Of one conversation. What was open is closed as withdrawn: there is nobody left to answer."""
    table = tickets.c
    still_open = select(tickets).where(table.conversation_id == conversation_id, table.closed_at.is_(None))
    for row in connection.execute(still_open).all():
        data = {"outcome": Outcome.WITHDRAWN.value}
        record(connection, ticket_of(row), TicketEventKind.CLOSED, By(SYSTEM, now), data)
    empty_tickets(connection, table.conversation_id == conversation_id)


def empty_tickets(connection: Connection, which: ColumnElement[bool]) -> None:
    """Of all tickets for which `which` holds: name, contact, question, what was written in any step."""
    ids = list(connection.execute(select(tickets.c.id).where(which)).scalars())
    emptied = {"name": ERASED, "contact": ERASED, "question": ERASED}
    connection.execute(update(tickets).where(tickets.c.id.in_(ids)).values(emptied))
    dossiers = update(late_dossiers).where(late_dossiers.c.ticket_id.in_(ids))
    connection.execute(dossiers.values(dossier_code=ERASED, place=ERASED))
    empty_events(connection, ticket_events, ticket_events.c.ticket_id.in_(ids), KEPT)
