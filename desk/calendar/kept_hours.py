"""Weekly hours that a supervisor entered in the console; they stand in place of those of the settings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time
from itertools import pairwise

from sqlalchemy import JSON, Column, Connection, Integer, String, Table, select, update

from desk.calendar.office_hours import MIDNIGHT, Shift
from desk.database import UtcDateTime, insert_if_absent, metadata

UNTOUCHED = 0
"""The version of hours that nobody ever entered."""

Week = Mapping[int, tuple[Shift, ...]]

team_hours = Table(
    "team_hours",
    metadata,
    Column("team", String(32), primary_key=True),
    # Weekday, Monday 0, to its shifts, such as {"0": [["08:00", "12:00"]]}; empty: the settings decide again.
    Column("week", JSON, nullable=False),
    # Each change raises it: of two who change the same hours the second is told.
    Column("version", Integer, nullable=False),
    Column("operator_id", Integer),
    Column("changed_at", UtcDateTime, nullable=False),
)


@dataclass(frozen=True)
class KeptHours:
    """`week` is None after somebody gave the hours back to the settings."""

    week: Week | None
    version: int
    operator_id: int | None
    changed_at: datetime


def kept_hours(connection: Connection, team: str) -> KeptHours | None:
    """None when nobody ever changed them."""
    row = connection.execute(select(team_hours).where(team_hours.c.team == team)).one_or_none()
    if row is None:
        return None
    week = {int(weekday): tuple(map(_shift, shifts)) for weekday, shifts in row.week.items()}
    return KeptHours(week or None, row.version, row.operator_id, row.changed_at)


def keep_hours(
    connection: Connection, team: str, week: Week | None, seen: int, operator_id: int | None, now: datetime
) -> bool:
    """False when somebody changed them after version `seen` was read. Without a week the settings decide again."""
    written = {str(weekday): [_written(shift) for shift in shifts] for weekday, shifts in (week or {}).items()}
    values = {"week": written, "version": seen + 1, "operator_id": operator_id, "changed_at": now}
    if seen == UNTOUCHED:
        return insert_if_absent(connection, team_hours, {"team": team, **values}) is not None
    as_seen = (team_hours.c.team == team, team_hours.c.version == seen)
    return connection.execute(update(team_hours).where(*as_seen).values(values)).rowcount == 1


def is_in_order(shifts: tuple[Shift, ...]) -> bool:
    """Whether each begins after the one before has ended. Pure."""
    return all(before.closes != MIDNIGHT and before.closes <= after.opens for before, after in pairwise(shifts))


def _shift(written: list[str]) -> Shift:
    opens, closes = written
    return Shift(time.fromisoformat(opens), time.fromisoformat(closes))


def _written(shift: Shift) -> list[str]:
    return [f"{shift.opens:%H:%M}", f"{shift.closes:%H:%M}"]
