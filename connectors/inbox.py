"""The durable inbox: a message is here, committed, before anybody is told that it arrived."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Float,
    ForeignKey,
    FromClause,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
    bindparam,
    exists,
    func,
    literal_column,
    select,
    update,
)

from connectors.message import InboundMessage
from connectors.stored_text import storable
from desk.conversation import ConversationKey, conversations, ensure_conversation
from desk.database import RowId, UtcDateTime, insert_if_absent, metadata

MESSAGE_ID_CHARACTERS = 255


class InboxState(StrEnum):
    """`dead` was given up after all retries; the citizen has been told."""

    RECEIVED = "received"
    DONE = "done"
    DEAD = "dead"


inbox = Table(
    "inbox",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("channel", String(32), nullable=False),
    Column("account", String(64), nullable=False),
    Column("message_id", String(MESSAGE_ID_CHARACTERS), nullable=False),
    Column("conversation_id", ForeignKey(conversations.c.id), nullable=False),
    Column("sequence", Integer, nullable=False),
    # The original words; only a masked copy ever leaves this table for the dialogue engine.
    Column("text", Text, nullable=False),
    Column("payload", Text),
    Column("state", String(16), nullable=False),
    Column("attempts", Integer, nullable=False),
    # Time spent trying and waiting; a stopped gateway does not use up a message's chances.
    Column("tried_seconds", Float, nullable=False),
    Column("next_attempt_at", UtcDateTime, nullable=False),
    Column("error_class", String(64)),
    Column("received_at", UtcDateTime, nullable=False),
    Column("finished_at", UtcDateTime),
    UniqueConstraint("channel", "account", "message_id"),
    UniqueConstraint("conversation_id", "sequence"),
)


def is_waiting(rows: FromClause) -> ColumnElement[bool]:
    """No answer yet. The value is written out: with a parameter neither database could use the index below."""
    return rows.c.state == literal_column(f"'{InboxState.RECEIVED}'")


_waiting = is_waiting(inbox)
# Few rows wait at any time, however many years of messages lie beside them.
Index("ix_inbox_waiting", inbox.c.conversation_id, inbox.c.id, postgresql_where=_waiting, sqlite_where=_waiting)
_dead = inbox.c.state == literal_column(f"'{InboxState.DEAD}'")
Index("ix_inbox_dead", inbox.c.id, postgresql_where=_dead, sqlite_where=_dead)


@dataclass(frozen=True)
class QueueState:
    """How the inbox is doing; `oldest_at` is None when nothing waits."""

    waiting: int
    dead: int
    oldest_at: datetime | None


@dataclass(frozen=True)
class DeadLetter:
    """A message that could not be answered, without its text: reading that is somebody's audited decision."""

    inbox_id: int
    conversation_id: str
    channel: str
    attempts: int
    error_class: str
    received_at: datetime


@dataclass(frozen=True)
class Accepted:
    """A new message. `is_next` says that nothing of its conversation is in work or waits before it."""

    inbox_id: int
    is_next: bool


def accept(connection: Connection, message: InboundMessage) -> Accepted | None:
    """None when this message id was accepted before.

    Raises LookupError when the conversation's id belongs to another participant.
    """
    key = message.conversation
    sequence, is_next = _next_place(connection, key, message.received_at)
    values = {
        "channel": key.channel,
        "account": key.account,
        "message_id": message.message_id,
        "conversation_id": key.id,
        "sequence": sequence,
        "text": storable(message.text),
        "payload": message.payload,
        "state": InboxState.RECEIVED,
        "attempts": 0,
        "tried_seconds": 0.0,
        "next_attempt_at": message.received_at,
        "received_at": message.received_at,
    }
    inbox_id = insert_if_absent(connection, inbox, values)
    return None if inbox_id is None else Accepted(int(inbox_id), is_next)


def _next_place(connection: Connection, key: ConversationKey, now: datetime) -> tuple[int, bool]:
    """Number of the next message, and whether it can be answered at once. Holds the conversation's row."""
    which = {"conversation": key.id}
    place = connection.execute(_NEXT_PLACE, which).one_or_none()
    if place is None:
        ensure_conversation(connection, key, now)
        place = connection.execute(_NEXT_PLACE, which).one_or_none()
    if place is None:
        raise LookupError("the conversation's id belongs to another participant")
    is_free = place.lease_until is None or place.lease_until <= now
    return place.last_sequence, is_free and not place.others_wait


# Put together once: that costs more than running it.
_NEXT_PLACE = (
    update(conversations)
    .where(conversations.c.id == bindparam("conversation"))
    .values(last_sequence=conversations.c.last_sequence + 1)
    .returning(
        conversations.c.last_sequence,
        conversations.c.lease_until,
        exists().where(inbox.c.conversation_id == bindparam("conversation"), is_waiting(inbox)).label("others_wait"),
    )
)


def queue_state(connection: Connection) -> QueueState:
    """Counts for monitoring."""
    waiting, oldest_at = connection.execute(select(func.count(), func.min(inbox.c.received_at)).where(_waiting)).one()
    dead = connection.execute(select(func.count()).where(_dead)).scalar_one()
    return QueueState(waiting, dead, oldest_at)


def dead_letters(connection: Connection, limit: int) -> tuple[DeadLetter, ...]:
    """The newest first."""
    columns = (
        inbox.c.id,
        inbox.c.conversation_id,
        inbox.c.channel,
        inbox.c.attempts,
        inbox.c.error_class,
        inbox.c.received_at,
    )
    rows = connection.execute(select(*columns).where(_dead).order_by(inbox.c.id.desc()).limit(limit))
    return tuple(DeadLetter(*row) for row in rows)
