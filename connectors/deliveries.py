"""What has to be brought to a channel: one row for each call of its API, in the order in which it was said.

A row is marked `sending`, and that is committed, before the channel is called. Whoever dies in between leaves a row
that may have arrived: it becomes `unknown` and is never repeated blindly.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import (
    JSON,
    Column,
    ColumnElement,
    Connection,
    ForeignKey,
    FromClause,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
    func,
    insert,
    literal_column,
    select,
)

from connectors.outgoing import CODE_CHARACTERS, MESSAGE_ID_CHARACTERS, OutgoingMessage
from connectors.stored_text import storable
from desk.conversation import ConversationKey, conversations
from desk.database import RowId, UtcDateTime, metadata


class DeliveryState(StrEnum):
    """`unknown` may have arrived; `cancelled` was never tried and never will be."""

    PENDING = "pending"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    UNKNOWN = "unknown"
    CANCELLED = "cancelled"


deliveries = Table(
    "deliveries",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("outbox_id", ForeignKey("outbox.id"), nullable=False),
    Column("chunk", Integer, nullable=False),
    Column("conversation_id", ForeignKey(conversations.c.id), nullable=False),
    Column("channel", String(32), nullable=False),
    Column("account", String(64), nullable=False),
    Column("text", Text, nullable=False),
    Column("buttons", JSON, nullable=False),
    Column("state", String(16), nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("next_attempt_at", UtcDateTime, nullable=False),
    # Who is calling the channel now, and until when that call has ended for certain.
    Column("sending_owner", String(128)),
    Column("sending_until", UtcDateTime),
    Column("channel_message_id", String(MESSAGE_ID_CHARACTERS)),
    Column("error_class", String(32)),
    Column("error_code", String(CODE_CHARACTERS)),
    Column("error_detail", Text),
    Column("created_at", UtcDateTime, nullable=False),
    Column("finished_at", UtcDateTime),
    UniqueConstraint("outbox_id", "chunk"),
)


def is_unfinished(rows: FromClause) -> ColumnElement[bool]:
    """Waits, or is on its way."""
    return rows.c.finished_at.is_(None)


_unfinished = is_unfinished(deliveries)
Index(
    "ix_deliveries_unfinished",
    deliveries.c.conversation_id,
    deliveries.c.id,
    postgresql_where=_unfinished,
    sqlite_where=_unfinished,
)
Index("ix_deliveries_conversation_id", deliveries.c.conversation_id)
# The value is written out: with a parameter neither database could use the index.
_sending = deliveries.c.state == literal_column(f"'{DeliveryState.SENDING}'")
# Two calls for one conversation at once are impossible, whatever the gateways do: the database keeps the order.
Index(
    "uq_deliveries_sending",
    deliveries.c.conversation_id,
    unique=True,
    postgresql_where=_sending,
    sqlite_where=_sending,
)
_troubled = deliveries.c.error_class.is_not(None)
Index("ix_deliveries_troubled", deliveries.c.id, postgresql_where=_troubled, sqlite_where=_troubled)


def put_deliveries(
    connection: Connection, outbox_id: int, key: ConversationKey, messages: Sequence[OutgoingMessage], now: datetime
) -> None:
    """Stores what brings one reply to the citizen, as chunks 0, 1, … of it."""
    rows = [
        {
            "outbox_id": outbox_id,
            "chunk": chunk,
            "conversation_id": key.id,
            "channel": key.channel,
            "account": key.account,
            "text": storable(message.text),
            "buttons": [asdict(button) for button in message.buttons],
            "state": DeliveryState.PENDING,
            "attempts": 0,
            "next_attempt_at": now,
            "created_at": now,
        }
        for chunk, message in enumerate(messages)
    ]
    connection.execute(_INSERT, rows)


_INSERT = insert(deliveries)  # put together once: that costs more than running it


@dataclass(frozen=True)
class DeliveryCounts:
    """How the sending is doing; `oldest_at` is when the oldest waiting row was written, None when nothing waits."""

    waiting: int
    unknown: int
    failed: int
    oldest_at: datetime | None


def delivery_counts(connection: Connection) -> DeliveryCounts:
    """Counts for monitoring."""
    waiting, oldest_at = connection.execute(
        select(func.count(), func.min(deliveries.c.created_at)).where(_unfinished)
    ).one()
    counted = select(deliveries.c.state, func.count().label("rows")).where(_troubled).group_by(deliveries.c.state)
    by_state: dict[str, int] = {row.state: row.rows for row in connection.execute(counted)}
    return DeliveryCounts(
        waiting, by_state.get(DeliveryState.UNKNOWN, 0), by_state.get(DeliveryState.FAILED, 0), oldest_at
    )


@dataclass(frozen=True)
class TroubledDelivery:
    """A send that failed or whose end nobody knows, without its text: reading that is somebody's audited decision."""

    id: int
    conversation_id: str
    channel: str
    state: DeliveryState
    attempts: int
    error_class: str
    error_code: str
    error_detail: str
    created_at: datetime


def troubled_deliveries(connection: Connection, limit: int) -> tuple[TroubledDelivery, ...]:
    """The newest first."""
    columns = (
        deliveries.c.id,
        deliveries.c.conversation_id,
        deliveries.c.channel,
        deliveries.c.state,
        deliveries.c.attempts,
        deliveries.c.error_class,
        func.coalesce(deliveries.c.error_code, "").label("error_code"),
        func.coalesce(deliveries.c.error_detail, "").label("error_detail"),
        deliveries.c.created_at,
    )
    ended_badly = deliveries.c.state.in_((DeliveryState.FAILED, DeliveryState.UNKNOWN))
    rows = connection.execute(
        select(*columns).where(_troubled, ended_badly).order_by(deliveries.c.id.desc()).limit(limit)
    )
    return tuple(TroubledDelivery(*row[:3], DeliveryState(row[3]), *row[4:]) for row in rows)
