"""Where asking a channel for news goes on: stored only after everything before it is committed."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import BigInteger, Column, Connection, String, Table, select, update

from desk.database import UtcDateTime, insert_if_absent, metadata

BELIEVED = timedelta(days=6)
"""Telegram's update ids may start again lower after a week without any (core.telegram.org/bots/api#update)."""

poll_positions = Table(
    "poll_positions",
    metadata,
    Column("channel", String(32), primary_key=True),
    Column("account", String(64), primary_key=True),
    Column("position", BigInteger, nullable=False),
    Column("updated_at", UtcDateTime, nullable=False),
)


def read_position(connection: Connection, channel: str, account: str, now: datetime) -> int | None:
    """None when the channel was never asked, or so long ago that its numbers may have started anew."""
    chosen = select(poll_positions.c.position).where(
        poll_positions.c.channel == channel,
        poll_positions.c.account == account,
        poll_positions.c.updated_at > now - BELIEVED,
    )
    return connection.execute(chosen).scalar_one_or_none()


def store_position(connection: Connection, channel: str, account: str, position: int, now: datetime) -> None:
    """Lower than before is allowed: the channel alone knows its numbers."""
    values = {"position": position, "updated_at": now}
    mine = (poll_positions.c.channel == channel, poll_positions.c.account == account)
    if connection.execute(update(poll_positions).where(*mine).values(values)).rowcount:
        return
    insert_if_absent(connection, poll_positions, {"channel": channel, "account": account, **values})
