"""Messages that could not be answered and updates that could not be read: somebody has to look at them."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import (
    Column,
    Connection,
    String,
    Table,
    Text,
    UniqueConstraint,
    delete,
    func,
    select,
    update,
)

from connectors.inbox import InboxState, inbox, is_dead
from connectors.outbox import outbox
from connectors.stored_text import storable
from desk.database import RowId, UtcDateTime, insert_if_absent, metadata

KEPT_CHARACTERS = 20_000

unreadable_updates = Table(
    "unreadable_updates",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("channel", String(32), nullable=False),
    Column("account", String(64), nullable=False),
    # A channel delivers again what it takes for lost: each body is kept once.
    Column("digest", String(64), nullable=False),
    Column("reason", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("received_at", UtcDateTime, nullable=False),
    UniqueConstraint("channel", "account", "digest"),
)


@dataclass(frozen=True)
class DeadLetter:
    """A message that could not be answered, without its text: reading that is somebody's audited decision."""

    inbox_id: int
    conversation_id: str
    channel: str
    attempts: int
    error_class: str
    received_at: datetime


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
    rows = connection.execute(select(*columns).where(is_dead(inbox)).order_by(inbox.c.id.desc()).limit(limit))
    return tuple(DeadLetter(*row) for row in rows)


def dead_letter_ids(connection: Connection) -> tuple[int, ...]:
    """Of all messages that were given up, the oldest first."""
    return tuple(connection.execute(select(inbox.c.id).where(is_dead(inbox)).order_by(inbox.c.id)).scalars())


def retry_dead_letter(connection: Connection, inbox_id: int, now: datetime) -> bool:
    """It is tried again from the beginning, before what waits behind it; False when there is no such dead letter."""
    next_part = (
        select(func.coalesce(func.max(outbox.c.part) + 1, 0)).where(outbox.c.inbox_id == inbox_id).scalar_subquery()
    )
    revived = connection.execute(
        update(inbox)
        .where(inbox.c.id == inbox_id, is_dead(inbox))
        .values(
            state=InboxState.RECEIVED,
            attempts=0,
            tried_seconds=0.0,
            next_attempt_at=now,
            error_class=None,
            finished_at=None,
            first_part=next_part,
        )
    )
    return bool(revived.rowcount)


def dead_letter_words(connection: Connection, inbox_id: int) -> str | None:
    """What the citizen wrote; None when there is no such dead letter. Reading it is for the caller to note."""
    words: str | None = connection.execute(
        select(inbox.c.text).where(inbox.c.id == inbox_id, is_dead(inbox))
    ).scalar_one_or_none()
    return words


def drop_dead_letter(connection: Connection, inbox_id: int) -> bool:
    """It stays in the conversation and is tried no more; False when there is no such dead letter."""
    dropped = connection.execute(
        update(inbox).where(inbox.c.id == inbox_id, is_dead(inbox)).values(state=InboxState.DONE)
    )
    return bool(dropped.rowcount)


def unreadable_words(connection: Connection, update_id: int) -> str | None:
    """The body as it came, cut to what is kept; None when there is none. Reading it is for the caller to note."""
    body: str | None = connection.execute(
        select(unreadable_updates.c.body).where(unreadable_updates.c.id == update_id)
    ).scalar_one_or_none()
    return body


def drop_unreadable(connection: Connection, update_id: int) -> bool:
    """Forgets it: nothing else refers to it. False when there is none."""
    return bool(connection.execute(delete(unreadable_updates).where(unreadable_updates.c.id == update_id)).rowcount)


def count_unreadable(connection: Connection) -> int:
    """All that are kept."""
    return connection.execute(select(func.count()).select_from(unreadable_updates)).scalar_one()


def keep_unreadable(
    connection: Connection, channel: str, account: str, body: bytes, reason: str, now: datetime
) -> bool:
    """False when this body was kept before."""
    values = {
        "channel": channel,
        "account": account,
        "digest": hashlib.sha256(body).hexdigest(),
        "reason": reason,
        "body": storable(body.decode("utf-8", "replace"))[:KEPT_CHARACTERS],
        "received_at": now,
    }
    return insert_if_absent(connection, unreadable_updates, values) is not None


@dataclass(frozen=True)
class UnreadableUpdate:
    """An update that our parser does not understand, without its content."""

    id: int
    channel: str
    reason: str
    received_at: datetime


def unreadable(connection: Connection, limit: int) -> tuple[UnreadableUpdate, ...]:
    """The newest first."""
    columns = (
        unreadable_updates.c.id,
        unreadable_updates.c.channel,
        unreadable_updates.c.reason,
        unreadable_updates.c.received_at,
    )
    rows = connection.execute(select(*columns).order_by(unreadable_updates.c.id.desc()).limit(limit))
    return tuple(UnreadableUpdate(*row) for row in rows)
