"""Who is on duty in a week or in a break, where somebody is missing, and one's own turns. Reads only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from sqlalchemy import Connection

from desk.calendar.holidays import Holidays, read_holidays
from desk.calendar.office_hours import MIDNIGHT, Shift
from desk.calendar.roster import StoredDuty, UncoveredDay, duties_between, uncovered_days
from desk.calendar.year import Break, breaks_between
from desk.settings import TeamSettings

WEEK_DAYS = 7
BREAKS_AHEAD_DAYS = 240
BREAKS_SHOWN = 6
OWN_AHEAD_DAYS = 90


class DayLook(StrEnum):
    """What kind of day it is for the office."""

    WORKING = "working"
    WEEKEND = "weekend"
    HOLIDAY = "holiday"


@dataclass(frozen=True)
class TeamDay:
    """`is_gap`: a day of a break, today or later, on which nobody of the team is on duty."""

    name: str
    duties: tuple[StoredDuty, ...]
    is_gap: bool


@dataclass(frozen=True)
class RosterDay:
    """`holiday` is its name, or empty."""

    day: date
    look: DayLook
    holiday: str
    is_today: bool
    teams: tuple[TeamDay, ...]

    @property
    def has_gap(self) -> bool:
        """Some team has nobody."""
        return any(team.is_gap for team in self.teams)


@dataclass(frozen=True)
class ComingBreak:
    """`gaps` counts its days on which some team has nobody."""

    whole: Break
    gaps: int


@dataclass(frozen=True)
class Stretch:
    """Days that are shown; `around` is the break when one is shown, None for a week."""

    first: date
    last: date
    around: Break | None

    @property
    def address(self) -> str:
        """Of this view, behind the question mark."""
        return f"from={self.first}" if self.around is None else f"break={self.first}"


@dataclass(frozen=True)
class RosterView:
    """All of the page. `mine` are the reader's own turns from today on."""

    stretch: Stretch
    today: date
    days: tuple[RosterDay, ...]
    breaks: tuple[ComingBreak, ...]
    mine: tuple[StoredDuty, ...]

    @property
    def gaps(self) -> int:
        """Days shown on which somebody is missing."""
        return sum(day.has_gap for day in self.days)

    @property
    def first_gap(self) -> date:
        """Where the form begins; the first day shown when nobody is missing."""
        return next((day.day for day in self.days if day.has_gap), self.stretch.first)


def read_roster(
    connection: Connection, teams: Sequence[TeamSettings], asked: date, is_break: bool, today: date, operator_id: int
) -> RosterView:
    """The week of the day asked for, or the break around it."""
    holidays = read_holidays(connection)
    stretch = _stretch(holidays, asked, is_break)
    ahead = breaks_between(holidays, today, today + timedelta(days=BREAKS_AHEAD_DAYS))[:BREAKS_SHOWN]
    shown = (*ahead, *breaks_between(holidays, stretch.first, stretch.last))
    first, last = min(stretch.first, today), max([stretch.last, today, *(each.last for each in shown)])
    own_until = max(last, today + timedelta(days=OWN_AHEAD_DAYS))
    duties = duties_between(connection, first, own_until)
    keys = [team.key for team in teams]
    missing = {gap for each in shown for gap in _gaps(holidays, duties, keys, each, today)}
    return RosterView(
        stretch=stretch,
        today=today,
        days=tuple(_day(holidays, duties, teams, missing, day, today) for day in _days(stretch)),
        breaks=tuple(_coming(each, missing) for each in ahead),
        mine=tuple(each for each in duties if each.duty.operator_id == operator_id and each.duty.day >= today),
    )


def hours_in_words(shift: Shift) -> str:
    """Like "08:00–17:00"; the midnight that ends a day is 24:00."""
    closes = "24:00" if shift.closes == MIDNIGHT else f"{shift.closes:%H:%M}"
    return f"{shift.opens:%H:%M}–{closes}"


def _stretch(holidays: Holidays, asked: date, is_break: bool) -> Stretch:
    around = next(iter(breaks_between(holidays, asked, asked)), None) if is_break else None
    if around is not None:
        return Stretch(around.first, around.last, around)
    monday = asked - timedelta(days=asked.weekday())
    return Stretch(monday, monday + timedelta(days=WEEK_DAYS - 1), None)


def _days(stretch: Stretch) -> list[date]:
    return [stretch.first + timedelta(days=number) for number in range((stretch.last - stretch.first).days + 1)]


def _gaps(
    holidays: Holidays, duties: Sequence[StoredDuty], teams: Sequence[str], whole: Break, today: date
) -> tuple[UncoveredDay, ...]:
    found = uncovered_days(holidays, (each.duty for each in duties), teams, whole.first, whole.last)
    return tuple(gap for gap in found if gap.day >= today)


def _coming(whole: Break, missing: set[UncoveredDay]) -> ComingBreak:
    return ComingBreak(whole, len({gap.day for gap in missing if whole.first <= gap.day <= whole.last}))


def _day(
    holidays: Holidays,
    duties: Sequence[StoredDuty],
    teams: Sequence[TeamSettings],
    missing: set[UncoveredDay],
    day: date,
    today: date,
) -> RosterDay:
    holiday = holidays.name_of(day)
    look = DayLook.WORKING if holidays.is_working_day(day) else DayLook.WEEKEND
    gaps = {gap.team for gap in missing if gap.day == day}
    rows = (
        TeamDay(
            team.name,
            tuple(each for each in duties if each.duty.day == day and each.duty.team == team.key),
            team.key in gaps,
        )
        for team in teams
    )
    return RosterDay(day, look if holiday is None else DayLook.HOLIDAY, holiday or "", day == today, tuple(rows))
