"""The assistant's switch for each channel: off means that only people answer there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import (
    Boolean,
    Column,
    ColumnElement,
    Connection,
    Integer,
    String,
    Table,
    Text,
    false,
    func,
    select,
    update,
)

from desk.database import UtcDateTime, insert_if_absent, metadata

REASON_CHARACTERS = 200
"""A line: it stands in the audit log, whole."""

channel_switches = Table(
    "channel_switches",
    metadata,
    Column("channel", String(32), primary_key=True),
    Column("is_off", Boolean, nullable=False),
    Column("reason", Text, nullable=False),
    Column("operator_id", Integer, nullable=False),
    Column("changed_at", UtcDateTime, nullable=False),
)


@dataclass(frozen=True)
class ChannelSwitch:
    """The last change of a channel's switch: by whom, why and when."""

    channel: str
    is_off: bool
    reason: str
    operator_id: int
    changed_at: datetime


def switches(connection: Connection) -> Mapping[str, ChannelSwitch]:
    """By channel; a channel that was never switched is not there, and on."""
    rows = connection.execute(select(channel_switches)).all()
    return {row.channel: ChannelSwitch(**row._mapping) for row in rows}


def is_off(connection: Connection, channel: str) -> bool:
    """Whether the assistant must be silent on this channel."""
    statement = select(channel_switches.c.is_off).where(channel_switches.c.channel == channel)
    return bool(connection.execute(statement).scalar_one_or_none())


def is_off_on(channel: ColumnElement[str]) -> ColumnElement[bool]:
    """The same inside a statement about rows that have a column of channels: it costs no query of its own."""
    found = select(channel_switches.c.is_off).where(channel_switches.c.channel == channel)
    return func.coalesce(found.correlate_except(channel_switches).scalar_subquery(), false())


def turn(connection: Connection, switch: ChannelSwitch) -> bool:
    """False when it stands so already, whoever was quicker; the caller writes the audit line.

    Raises ValueError without a reason, or with one too long.
    """
    if not 0 < len(switch.reason.strip()) <= REASON_CHARACTERS:
        raise ValueError(f"a reason of 1 to {REASON_CHARACTERS} characters is needed")
    values = {name: getattr(switch, name) for name in ChannelSwitch.__dataclass_fields__}
    # What was never switched is on: only turning it off makes a row.
    if switch.is_off and insert_if_absent(connection, channel_switches, values) is not None:
        return True
    changed = connection.execute(
        update(channel_switches)
        .where(channel_switches.c.channel == switch.channel, channel_switches.c.is_off.is_not(switch.is_off))
        .values(values)
    )
    return bool(changed.rowcount)
