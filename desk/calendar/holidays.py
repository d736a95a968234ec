"""Which days the agency works: the law's holidays as the library `holidays` computes them, corrected by hand.

The library knows the rules of the Labour Code, art. 112, and the swaps of working days that had been announced when it
was released. Each year's swaps and the days of Tết are announced by the Government late in the year before; whoever
keeps the calendar enters what differs.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache

import holidays as library
from sqlalchemy import Boolean, Column, Connection, Date, Integer, Table, Text, delete, select, update

from desk.database import UtcDateTime, insert_if_absent, metadata

SATURDAY = 5

calendar_days = Table(
    "calendar_days",
    metadata,
    Column("day", Date, primary_key=True),
    # False: the agency works on it, although it is a weekend or a holiday of the library.
    Column("is_off", Boolean, nullable=False),
    Column("name", Text, nullable=False),
    # The announcement that says so, for whoever checks the calendar later.
    Column("source", Text, nullable=False),
    Column("operator_id", Integer),
    Column("changed_at", UtcDateTime, nullable=False),
)


@dataclass(frozen=True)
class CalendarDay:
    """One correction. `name` is what citizens read as the reason; `source` the announcement."""

    day: date
    is_off: bool
    name: str
    source: str = ""


@dataclass(frozen=True)
class Holidays:
    """Pure: the library and the corrections. Any year can be asked."""

    corrections: Mapping[date, CalendarDay] = field(default_factory=dict)

    def is_working_day(self, day: date) -> bool:
        """Whether the agency's offices work; a swapped Saturday does."""
        correction = self.corrections.get(day)
        if correction is not None:
            return not correction.is_off
        legal = legal_year(day.year)
        return day in legal.working or (day.weekday() < SATURDAY and day not in legal.names)

    def name_of(self, day: date) -> str | None:
        """Name of the holiday in Vietnamese; None for a working day and for a plain weekend."""
        correction = self.corrections.get(day)
        if correction is not None:
            return correction.name if correction.is_off else None
        return legal_year(day.year).names.get(day)


def read_holidays(connection: Connection) -> Holidays:
    """With all corrections of the database."""
    return Holidays({each.day: each for each in corrections_between(connection, date.min, date.max)})


def corrections_between(connection: Connection, first: date, last: date) -> tuple[CalendarDay, ...]:
    """In order, both ends included."""
    table = calendar_days.c
    statement = select(calendar_days).where(table.day.between(first, last)).order_by(table.day)
    return tuple(CalendarDay(row.day, row.is_off, row.name, row.source) for row in connection.execute(statement))


def correct_day(connection: Connection, correction: CalendarDay, operator_id: int | None, now: datetime) -> None:
    """Replaces an earlier correction of the same day."""
    values = {
        "is_off": correction.is_off,
        "name": correction.name,
        "source": correction.source,
        "operator_id": operator_id,
        "changed_at": now,
    }
    if insert_if_absent(connection, calendar_days, {"day": correction.day, **values}) is None:
        connection.execute(update(calendar_days).where(calendar_days.c.day == correction.day).values(values))


def drop_correction(connection: Connection, day: date) -> bool:
    """The library decides again. False when there was no correction."""
    return bool(connection.execute(delete(calendar_days).where(calendar_days.c.day == day)).rowcount)


@dataclass(frozen=True)
class LegalYear:
    """What the library says: `names` of holidays, and `working` days of weekends in exchange for another."""

    names: Mapping[date, str]
    working: frozenset[date]


@cache
def legal_year(year: int) -> LegalYear:
    """Without corrections."""
    found = library.country_holidays("VN", years=year, language="vi")
    return LegalYear(dict(found.items()), frozenset(found.weekend_workdays))
