"""Name and contact for a call-back that was promised before either was known."""

from __future__ import annotations

from sqlalchemy import Connection, select, update

from desk.handoff.log import open_episode
from desk.handoff.state import State
from desk.satisfaction import EPISODE
from desk.tickets.ticket import TicketRequest, tickets


def complete_callback(connection: Connection, conversation_id: str, request: TicketRequest) -> str | None:
    """The code of the call-back that the conversation waits for; None when there is none, or its contact is known."""
    stored = open_episode(connection, conversation_id)
    if stored is None or stored.episode.state is not State.CALLBACK:
        return None
    promised = (
        tickets.c.conversation_id == conversation_id,
        tickets.c.request_id == f"{EPISODE}{stored.id}",
        tickets.c.closed_at.is_(None),
    )
    row = connection.execute(select(tickets.c.case_code, tickets.c.contact).where(*promised)).one_or_none()
    if row is None or row.contact not in {"", request.contact}:
        return None
    values = {"name": request.name, "contact": request.contact, "question": request.question}
    connection.execute(update(tickets).where(*promised).values(**values))
    return str(row.case_code)
