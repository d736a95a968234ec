"""The outbox: what the assistant said, written in the transaction that ends the citizen's message."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Connection,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
    insert,
    literal_column,
    select,
)

from connectors.inbox import inbox
from connectors.message import Button, Citation, Reply
from connectors.stored_text import storable
from desk.conversation import ConversationKey, conversations
from desk.database import RowId, UtcDateTime, metadata

PULLED_CHANNELS = frozenset({"web"})
"""Channels whose citizens fetch their messages from us; to all others a sender has to bring them."""

OFFERS_REMEMBERED = 200


class DeliveryState(StrEnum):
    """`available` waits to be fetched; `unknown` may have arrived, and is never repeated blindly."""

    PENDING = "pending"
    AVAILABLE = "available"
    SENT = "sent"
    FAILED = "failed"
    UNKNOWN = "unknown"
    CANCELLED = "cancelled"


outbox = Table(
    "outbox",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("inbox_id", ForeignKey(inbox.c.id)),
    Column("part", Integer, nullable=False),
    Column("conversation_id", ForeignKey(conversations.c.id), nullable=False),
    Column("channel", String(32), nullable=False),
    Column("account", String(64), nullable=False),
    Column("sequence", Integer, nullable=False),
    Column("author", String(16), nullable=False),
    Column("status", String(64), nullable=False),
    Column("text", Text, nullable=False),
    Column("content", JSON, nullable=False),
    Column("has_buttons", Boolean, nullable=False),
    Column("delivery", String(16), nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("next_attempt_at", UtcDateTime, nullable=False),
    Column("error_class", String(64)),
    Column("created_at", UtcDateTime, nullable=False),
    # Answering one message twice is impossible, whatever the workers do.
    UniqueConstraint("inbox_id", "part"),
    UniqueConstraint("conversation_id", "sequence"),
)
# Written out: with a parameter in its place neither database could use the index.
_pending = outbox.c.delivery == literal_column(f"'{DeliveryState.PENDING}'")
Index("ix_outbox_pending", outbox.c.conversation_id, outbox.c.id, postgresql_where=_pending, sqlite_where=_pending)

ASSISTANT = "assistant"


def put_replies(
    connection: Connection,
    key: ConversationKey,
    inbox_id: int,
    first_sequence: int,
    replies: Sequence[Reply],
    now: datetime,
) -> None:
    """Stores the replies as parts 0, 1, … of the answer to one inbox row; the caller has reserved their numbers."""
    delivery = DeliveryState.AVAILABLE if key.channel in PULLED_CHANNELS else DeliveryState.PENDING
    rows = [
        {
            "inbox_id": inbox_id,
            "part": part,
            "conversation_id": key.id,
            "channel": key.channel,
            "account": key.account,
            "sequence": first_sequence + part,
            "author": ASSISTANT,
            "status": reply.status,
            "text": storable(reply.text),
            "content": content_of(reply),
            "has_buttons": bool(reply.buttons),
            "delivery": delivery,
            "attempts": 0,
            "next_attempt_at": now,
            "created_at": now,
        }
        for part, reply in enumerate(replies)
    ]
    connection.execute(_INSERT, rows)


_INSERT = insert(outbox)  # put together once: that costs more than running it


def content_of(reply: Reply) -> dict[str, Any]:
    """What the `content` column keeps: everything of a reply but its text and status."""
    fields = asdict(reply)
    return {name: value for name, value in fields.items() if name not in {"text", "status"}}


def reply_of(text: str, status: str, content: Mapping[str, Any]) -> Reply:
    """The reply that a row was made from."""
    return Reply(
        text=text,
        status=status,
        citations=tuple(Citation(**citation) for citation in content["citations"]),
        buttons=tuple(Button(**button) for button in content["buttons"]),
        feedback=content["feedback"],
        handoff=content["handoff"],
        form=content["form"],
    )


def offered_button(connection: Connection, conversation_id: str, payload: str) -> Button | None:
    """The newest button with this payload that was offered in this conversation; None if there never was one."""
    statement = (
        select(outbox.c.text, outbox.c.status, outbox.c.content)
        .where(outbox.c.conversation_id == conversation_id, outbox.c.has_buttons)
        .order_by(outbox.c.sequence.desc())
        .limit(OFFERS_REMEMBERED)
    )
    for row in connection.execute(statement):
        for button in reply_of(*row).buttons:
            if button.payload == payload:
                return button
    return None


def is_answer(connection: Connection, conversation_id: str, sequence: int) -> bool:
    """Whether the assistant said something under this number in this conversation."""
    statement = select(outbox.c.id).where(
        outbox.c.conversation_id == conversation_id,
        outbox.c.sequence == sequence,
        outbox.c.author == ASSISTANT,
    )
    return connection.execute(statement).first() is not None
