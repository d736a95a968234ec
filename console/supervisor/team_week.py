"""A team's week as its form shows it, and how the team stands now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from console.operator.room import Room, names_of_operators
from desk.calendar.holidays import Holidays
from desk.calendar.kept_hours import UNTOUCHED, kept_hours
from desk.calendar.office_hours import NeverOpenError, Shift
from desk.calendar.opening import Opening, closed_in_words, moment_in_words, opening_at
from desk.calendar.team import read_hours
from desk.settings import TeamSettings

SHIFTS_SHOWN = 2
"""A morning and an afternoon; who is there longer has no noon break."""
WEEKDAYS = range(7)
NO_SHIFT = ("", "")


@dataclass(frozen=True)
class TeamWeek:
    """`days` has the shifts of each weekday as `("08:00", "12:00")`, filled up with empty ones.

    `closes_at` and `closed` are words; one of them is empty. `changed_by` is empty while the settings decide.
    """

    key: str
    name: str
    days: tuple[tuple[tuple[str, str], ...], ...]
    version: int
    closes_at: str
    closed: str
    changed_by: str
    changed_at: datetime | None


def read_team_weeks(connection: Connection, room: Room, holidays: Holidays, now: datetime) -> tuple[TeamWeek, ...]:
    """Of all teams, in the order of the settings."""
    names = names_of_operators(connection)
    return tuple(_team_week(connection, room, team, holidays, names, now) for team in room.calendar.teams)


def _team_week(
    connection: Connection, room: Room, team: TeamSettings, holidays: Holidays, names: dict[int, str], now: datetime
) -> TeamWeek:
    hours, kept = read_hours(connection, team), kept_hours(connection, team.key)
    try:
        opening: Opening | None = opening_at(hours, holidays, now)
    except NeverOpenError:
        opening = None
    closes_at = closed = ""
    if opening is not None and opening.closes_at is not None:
        closes_at = moment_in_words(opening.closes_at, now, room.calendar_texts)
    elif opening is not None:
        closed = closed_in_words(opening, now, room.calendar_texts)
    is_changed = kept is not None and kept.week is not None
    return TeamWeek(
        key=team.key,
        name=team.name,
        days=tuple(_filled(hours.week.get(weekday, ())) for weekday in WEEKDAYS),
        version=UNTOUCHED if kept is None else kept.version,
        closes_at=closes_at,
        closed=closed,
        changed_by=names.get(kept.operator_id or 0, "") if kept is not None and is_changed else "",
        changed_at=kept.changed_at if kept is not None and is_changed else None,
    )


def _filled(shifts: tuple[Shift, ...]) -> tuple[tuple[str, str], ...]:
    written = tuple((f"{shift.opens:%H:%M}", _closing(shift)) for shift in shifts)
    return written + (NO_SHIFT,) * (SHIFTS_SHOWN - len(written))


def _closing(shift: Shift) -> str:
    return f"{shift.closes:%H:%M}"
