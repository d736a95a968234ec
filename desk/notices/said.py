"""Which conversation has heard which announcement: it is said to nobody twice."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Column, Connection, ForeignKey, Table, UniqueConstraint, func, select

from desk.conversation import conversations
from desk.database import RowId, UtcDateTime, insert_if_absent, metadata
from desk.notices.announcement import Announcement, announcements

announcements_said = Table(
    "announcements_said",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("announcement_id", ForeignKey(announcements.c.id), nullable=False),
    Column("conversation_id", ForeignKey(conversations.c.id), nullable=False),
    Column("at", UtcDateTime, nullable=False),
    UniqueConstraint("conversation_id", "announcement_id"),
)


def unsaid(
    connection: Connection, found: Iterable[Announcement], conversation_id: str, now: datetime
) -> tuple[Announcement, ...]:
    """Those that this conversation has not heard; from now on it has. In the transaction that says them."""
    return tuple(each for each in found if _is_new(connection, each.id, conversation_id, now))


def count_heard(connection: Connection) -> dict[int, int]:
    """In how many conversations each announcement was said."""
    columns = announcements_said.c
    counted = select(columns.announcement_id, func.count()).group_by(columns.announcement_id)
    return {row[0]: row[1] for row in connection.execute(counted)}


def _is_new(connection: Connection, announcement_id: int, conversation_id: str, now: datetime) -> bool:
    values = {"announcement_id": announcement_id, "conversation_id": conversation_id, "at": now}
    return insert_if_absent(connection, announcements_said, values) is not None
