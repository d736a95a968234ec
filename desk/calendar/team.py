"""The teams of the settings, with the hours they keep."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time

from sqlalchemy import Connection

from desk.calendar.kept_hours import kept_hours
from desk.calendar.office_hours import MIDNIGHT, OfficeHours, Shift
from desk.calendar.roster import duties_between, duty_shifts
from desk.settings import CalendarSettings, ShiftSettings, TeamSettings
from settings.reader import SettingsError

END_OF_DAY = "24:00"
WEEKDAYS = range(1, 8)


def usual_hours(team: TeamSettings) -> OfficeHours:
    """Without the roster. Raises settings.reader.SettingsError, which names the team and the hour."""
    week: dict[int, tuple[Shift, ...]] = {}
    for entry in team.hours:
        shift = _shift(team, entry)
        for weekday in entry.weekdays:
            if weekday not in WEEKDAYS:
                raise SettingsError(f"desk.calendar.teams {team.key}: weekday {weekday} is not 1 to 7")
            week[weekday - 1] = (*week.get(weekday - 1, ()), shift)
    if not week:
        raise SettingsError(f"desk.calendar.teams {team.key}: no hours")
    return week_hours(week)


def week_hours(week: Mapping[int, tuple[Shift, ...]]) -> OfficeHours:
    """A Saturday that is worked in exchange has the hours of the first weekday in `week`."""
    return OfficeHours(week, swapped_weekday=min(week))


def read_usual_hours(connection: Connection, team: TeamSettings) -> OfficeHours:
    """As they stand now, without the roster. Raises settings.reader.SettingsError."""
    kept = kept_hours(connection, team.key)
    return usual_hours(team) if kept is None or kept.week is None else week_hours(kept.week)


def read_hours(connection: Connection, team: TeamSettings) -> OfficeHours:
    """As they stand now: those that a supervisor entered, else those of the settings; with the duty of the roster."""
    usual = read_usual_hours(connection, team)
    duties = (stored.duty for stored in duties_between(connection, date.min, date.max, team.key))
    return OfficeHours(usual.week, duty_shifts(duties), usual.swapped_weekday)


def teams_by_key(settings: CalendarSettings) -> Mapping[str, TeamSettings]:
    """In the order of the settings. Raises settings.reader.SettingsError for a key that stands twice, or for none."""
    teams = {team.key: team for team in settings.teams}
    if not teams or len(teams) < len(settings.teams):
        raise SettingsError(f"desk.calendar.teams: keys must be one or more, each once; found {list(teams)}")
    return teams


def _shift(team: TeamSettings, entry: ShiftSettings) -> Shift:
    try:
        closes = MIDNIGHT if entry.closes == END_OF_DAY else time.fromisoformat(entry.closes)
        return Shift(time.fromisoformat(entry.opens), closes)
    except ValueError as error:
        raise SettingsError(f"desk.calendar.teams {team.key}: {error}") from error
