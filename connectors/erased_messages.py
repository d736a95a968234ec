"""Messages that were erased, as digests: a channel that delivers one again must not bring it back."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta

from sqlalchemy import Column, Connection, Index, String, Table, delete, select

from desk.database import UtcDateTime, insert_if_absent, metadata

REPEATED_FOR = timedelta(days=30)
"""Far longer than any channel repeats what it takes for lost: Zalo about two hours, Telegram a day."""

erased_messages = Table(
    "erased_messages",
    metadata,
    Column("digest", String(64), primary_key=True),
    Column("erased_at", UtcDateTime, nullable=False),
    Index("ix_erased_messages_erased_at", "erased_at"),
)


def was_erased(connection: Connection, channel: str, account: str, message_id: str) -> bool:
    """Whether this message was here before, and its citizen has had it erased."""
    known = select(erased_messages.c.digest).where(erased_messages.c.digest == _digest(channel, account, message_id))
    return connection.execute(known).first() is not None


def mark_erased(connection: Connection, channel: str, account: str, message_id: str, now: datetime) -> None:
    """From now on it is taken for known."""
    values = {"digest": _digest(channel, account, message_id), "erased_at": now}
    insert_if_absent(connection, erased_messages, values)


def drop_old_marks(connection: Connection, now: datetime) -> int:
    """Nobody delivers those again any more; how many they were."""
    old = delete(erased_messages).where(erased_messages.c.erased_at <= now - REPEATED_FOR)
    return connection.execute(old).rowcount


def _digest(channel: str, account: str, message_id: str) -> str:
    return hashlib.sha256("\0".join((channel, account, message_id)).encode()).hexdigest()
