"""The durable inbox: a message is here, committed, before anybody is told that it arrived."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import (
    Column,
    Connection,
    Float,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
    func,
    select,
)

from connectors.message import InboundMessage
from connectors.stored_text import storable
from desk.conversation import conversations, next_sequence
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
_waiting = inbox.c.state == InboxState.RECEIVED
# Few rows wait at any time, however many years of messages lie beside them.
Index("ix_inbox_waiting", inbox.c.conversation_id, inbox.c.id, postgresql_where=_waiting, sqlite_where=_waiting)
_dead = inbox.c.state == InboxState.DEAD
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


def accept(connection: Connection, message: InboundMessage) -> int | None:
    """Number of the message in its conversation, or None when this message id was accepted before.

    Raises LookupError when the conversation's id belongs to another participant.
    """
    key = message.conversation
    sequence = next_sequence(connection, key, message.received_at)
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
    return sequence if insert_if_absent(connection, inbox, values) is not None else None


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
