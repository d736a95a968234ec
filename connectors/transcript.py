"""One conversation as both sides see it, in the order in which it was said."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import JSON, Connection, bindparam, cast, literal, null, select, union_all
from sqlalchemy.sql.type_api import TypeEngine

from connectors.inbox import inbox
from connectors.message import Reply
from connectors.outbox import outbox, reply_of
from desk.conversation import conversations

PAGE = 200
CITIZEN = "citizen"


@dataclass(frozen=True)
class TranscriptEntry:
    """`sequence` grows within the conversation. `message_id` is the citizen's message, or the one answered."""

    sequence: int
    role: str
    message_id: str
    reply: Reply
    sent_at: datetime


def entries_after(connection: Connection, conversation_id: str, after: int) -> tuple[TranscriptEntry, ...]:
    """The next entries, at most PAGE. One statement, hence one snapshot: no entry can slip in behind a later one."""
    rows = connection.execute(_BOTH, {"conversation": conversation_id, "after": after})
    return tuple(
        TranscriptEntry(
            row.sequence,
            row.role,
            row.message_id,
            Reply(row.text) if row.content is None else reply_of(row.text, row.status, row.content),
            row.sent_at,
        )
        for row in rows
    )


def last_sequences(connection: Connection, conversation_ids: frozenset[str]) -> dict[str, int]:
    """The newest number of each conversation that exists."""
    statement = select(conversations.c.id, conversations.c.last_sequence).where(
        conversations.c.id.in_(conversation_ids)
    )
    return {row.id: row.last_sequence for row in connection.execute(statement)}


_NO_CONTENT: TypeEngine[object] = JSON(none_as_null=True)
_SAID = select(
    inbox.c.sequence,
    literal(CITIZEN).label("role"),
    inbox.c.message_id,
    inbox.c.text,
    literal("").label("status"),
    cast(null(), _NO_CONTENT).label("content"),
    inbox.c.received_at.label("sent_at"),
).where(inbox.c.conversation_id == bindparam("conversation"), inbox.c.sequence > bindparam("after"))
_ANSWERED = (
    select(
        outbox.c.sequence,
        outbox.c.author.label("role"),
        inbox.c.message_id,
        outbox.c.text,
        outbox.c.status,
        outbox.c.content,
        outbox.c.created_at.label("sent_at"),
    )
    .join(inbox, inbox.c.id == outbox.c.inbox_id)
    .where(outbox.c.conversation_id == bindparam("conversation"), outbox.c.sequence > bindparam("after"))
)
_BOTH = union_all(_SAID, _ANSWERED).order_by("sequence").limit(PAGE)
