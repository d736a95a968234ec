"""Messages that answer no message of the citizen: an operator's words, and what the desk says of itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, insert, select, update

from connectors.deliveries import put_deliveries
from connectors.message import Reply
from connectors.outbox import Render, content_of, outbox
from connectors.stored_text import storable
from desk.conversation import ConversationKey, conversation_key, conversations

__all__ = ["Spoken", "conversation_key", "speak"]


@dataclass(frozen=True)
class Spoken:
    """`author` is OPERATOR or SYSTEM of connectors/outbox.py; `request_id` makes repeating it harmless."""

    key: ConversationKey
    author: str
    reply: Reply
    request_id: str | None = None


def speak(connection: Connection, spoken: Spoken, render: Render | None, now: datetime) -> int:
    """Number of the message in its conversation: a new one, or the one that this request made before."""
    key = spoken.key
    # The row of the conversation is locked first, so that two requests of the same id cannot both find nothing.
    reserved = connection.execute(
        update(conversations)
        .where(conversations.c.id == key.id)
        .values(last_sequence=conversations.c.last_sequence + 1)
        .returning(conversations.c.last_sequence, conversations.c.ownership_version)
    ).one()
    if spoken.request_id is not None:
        said = select(outbox.c.sequence).where(
            outbox.c.conversation_id == key.id, outbox.c.request_id == spoken.request_id
        )
        before: int | None = connection.execute(said).scalar_one_or_none()
        if before is not None:
            return before
    values = {
        "part": 0,
        "conversation_id": key.id,
        "channel": key.channel,
        "account": key.account,
        "sequence": reserved.last_sequence,
        "author": spoken.author,
        "request_id": spoken.request_id,
        "status": spoken.reply.status,
        "text": storable(spoken.reply.text),
        "content": content_of(spoken.reply),
        "has_buttons": bool(spoken.reply.buttons),
        "ownership_version": reserved.ownership_version,
        "created_at": now,
    }
    outbox_id = connection.execute(insert(outbox).values(**values).returning(outbox.c.id)).scalar_one()
    if render is not None:
        put_deliveries(connection, outbox_id, key, render(spoken.reply, reserved.last_sequence), now)
    return int(reserved.last_sequence)
