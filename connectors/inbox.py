"""The durable inbox: a message is here, committed, before anybody is told that it arrived."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Unpack

from sqlalchemy import (
    JSON,
    Column,
    ColumnElement,
    Connection,
    Float,
    ForeignKey,
    FromClause,
    Index,
    Integer,
    Row,
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

from connectors.erased_messages import was_erased
from connectors.message import InboundKind, InboundMessage
from connectors.stored_text import storable
from desk.conversation import ConversationKey, conversations, ensure_conversation
from desk.database import RowId, UtcDateTime, insert_if_absent, metadata

MESSAGE_ID_CHARACTERS = 255
WRITTEN = frozenset(InboundKind) - {InboundKind.LEFT, InboundKind.WITHDRAWN, InboundKind.STAFF_WROTE}
"""Kinds that show that the citizen can be reached."""


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
    Column("kind", String(16), nullable=False, server_default="text"),
    # The original words; only a masked copy ever leaves this table for the dialogue engine.
    Column("text", Text, nullable=False),
    Column("payload", Text),
    # What came along and only the operator's view shows: attachments, contact, the message quoted.
    Column("extras", JSON),
    Column("state", String(16), nullable=False),
    # Number of the first part of its answer: more than 0 when a dead letter, answered with an apology, is tried again.
    Column("first_part", Integer, nullable=False, server_default="0"),
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


def is_dead(rows: FromClause) -> ColumnElement[bool]:
    """Given up. Written out like the above."""
    return rows.c.state == literal_column(f"'{InboxState.DEAD}'")


_dead = is_dead(inbox)
Index("ix_inbox_dead", inbox.c.id, postgresql_where=_dead, sqlite_where=_dead)


@dataclass(frozen=True)
class QueueState:
    """How the inbox is doing; `oldest_at` is None when nothing waits."""

    waiting: int
    dead: int
    oldest_at: datetime | None


@dataclass(frozen=True)
class Accepted:
    """A new message. `is_next` says that nothing of its conversation is in work or waits before it."""

    inbox_id: int
    is_next: bool


def accept(connection: Connection, message: InboundMessage) -> Accepted | None:
    """None when this message id was accepted before, or was erased with what its citizen had said.

    Raises LookupError when the conversation's id belongs to another participant.
    """
    key = message.conversation
    if was_erased(connection, key.channel, key.account, message.message_id):
        return None
    place = _next_place(connection, key, message.received_at)
    values = {
        "channel": key.channel,
        "account": key.account,
        "message_id": message.message_id,
        "conversation_id": key.id,
        "sequence": place.last_sequence,
        "text": storable(message.text),
        "payload": message.payload,
        "kind": message.kind,
        "extras": _extras(message),
        "state": InboxState.RECEIVED,
        "attempts": 0,
        "tried_seconds": 0.0,
        "next_attempt_at": message.received_at,
        "received_at": message.received_at,
    }
    inbox_id = insert_if_absent(connection, inbox, values)
    if inbox_id is None:
        return None
    if place.unreachable is not None and message.kind in WRITTEN:
        connection.execute(_REACHABLE, {"conversation": key.id})
    is_free = place.lease_until is None or place.lease_until <= message.received_at
    return Accepted(int(inbox_id), is_free and not place.others_wait)


def _extras(message: InboundMessage) -> dict[str, Any] | None:
    extras: dict[str, Any] = {}
    if message.attachments:
        extras["attachments"] = [asdict(attachment) for attachment in message.attachments]
    if message.contact is not None:
        extras["contact"] = asdict(message.contact)
    if message.quoted_id is not None:
        extras["quoted_id"] = message.quoted_id
    return extras or None


def _next_place(connection: Connection, key: ConversationKey, now: datetime) -> Row[Unpack[tuple[Any, ...]]]:
    """Number of the next message, and what stands in the way of answering it at once. Holds the conversation's row."""
    which = {"conversation": key.id}
    place = connection.execute(_NEXT_PLACE, which).one_or_none()
    if place is None:
        ensure_conversation(connection, key, now)
        place = connection.execute(_NEXT_PLACE, which).one_or_none()
    if place is None:
        raise LookupError("the conversation's id belongs to another participant")
    return place


# Put together once: that costs more than running it.
_NEXT_PLACE = (
    update(conversations)
    .where(conversations.c.id == bindparam("conversation"))
    .values(last_sequence=conversations.c.last_sequence + 1)
    .returning(
        conversations.c.last_sequence,
        conversations.c.lease_until,
        conversations.c.unreachable,
        exists().where(inbox.c.conversation_id == bindparam("conversation"), is_waiting(inbox)).label("others_wait"),
    )
)


# Who writes can be written to.
_REACHABLE = update(conversations).where(conversations.c.id == bindparam("conversation")).values(unreachable=None)


def queue_state(connection: Connection) -> QueueState:
    """Counts for monitoring."""
    waiting, oldest_at = connection.execute(select(func.count(), func.min(inbox.c.received_at)).where(_waiting)).one()
    dead = connection.execute(select(func.count()).where(_dead)).scalar_one()
    return QueueState(waiting, dead, oldest_at)
