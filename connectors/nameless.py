"""A conversation under a random id: what is left of somebody's answers once they may not be tied to them any more."""

from __future__ import annotations

import uuid

from sqlalchemy import Connection, insert, select, update

from desk.answer_log import answer_log
from desk.conversation import conversations
from desk.feedback import feedback

NAMELESS = "erased-"
LEFT = "left"


def copy_nameless(connection: Connection, conversation_id: str) -> str:
    """The id of a copy that leads to nobody and can be written to by nobody. The conversation must exist."""
    nameless = f"{NAMELESS}{uuid.uuid4().hex}"
    row = connection.execute(select(conversations).where(conversations.c.id == conversation_id)).one()
    kept = ("channel", "account", "last_sequence", "ownership_version", "created_at")
    values = {name: row._mapping[name] for name in kept}
    values |= {"id": nameless, "participant": nameless, "fence": row.fence + 1, "unreachable": LEFT}
    connection.execute(insert(conversations).values(values))
    return nameless


def part_from_answers(connection: Connection, conversation_id: str) -> None:
    """What was answered so far, and the thumbs under it, count on for figures; no recall finds who got it.

    For somebody who withdraws and whose conversation stays: they may come back, and could be written to again.
    """
    mine = answer_log.c.conversation_id == conversation_id
    if connection.execute(select(answer_log.c.id).where(mine).limit(1)).first() is None:
        return
    nameless = copy_nameless(connection, conversation_id)
    numbers = select(answer_log.c.sequence).where(answer_log.c.conversation_id == nameless)
    connection.execute(update(answer_log).where(mine).values(conversation_id=nameless))
    rated = (feedback.c.conversation_id == conversation_id, feedback.c.sequence.in_(numbers))
    connection.execute(update(feedback).where(*rated).values(conversation_id=nameless))
