"""A year of the calendar as people look it through: its special days, and the breaks in which no office works."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from desk.calendar.holidays import Holidays, legal_year

ONE_DAY = timedelta(days=1)


class DayKind(StrEnum):
    """Why a day stands in the list of its year."""

    HOLIDAY = "holiday"  # by law, as the library computes it
    ADDED = "added"  # off by a correction
    WORKED = "worked"  # worked by a correction
    SWAPPED = "swapped"  # a weekend worked in exchange, as the library knows


@dataclass(frozen=True)
class YearDay:
    """`name` is empty for a swap of the library, `source` for all of it; `legal_name` is what it says without us."""

    day: date
    kind: DayKind
    name: str
    source: str
    legal_name: str

    @property
    def is_correction(self) -> bool:
        """Entered by hand, so it can be taken back."""
        return self.kind in {DayKind.ADDED, DayKind.WORKED}


@dataclass(frozen=True)
class Break:
    """Days off in a row, weekends included, of which at least one is a holiday; `names` in their order."""

    first: date
    last: date
    names: tuple[str, ...]

    @property
    def days(self) -> int:
        """How many."""
        return (self.last - self.first).days + 1

    @property
    def headline(self) -> tuple[str, ...]:
        """Without names that only add to another, as each further day of one holiday does."""
        return tuple(name for name in self.names if not any(other != name and other in name for other in self.names))


def days_of_year(holidays: Holidays, year: int) -> tuple[YearDay, ...]:
    """In order. Pure."""
    legal = legal_year(year)
    found = {day: YearDay(day, DayKind.HOLIDAY, name, "", name) for day, name in legal.names.items()}
    found |= {day: YearDay(day, DayKind.SWAPPED, "", "", "") for day in legal.working if day.year == year}
    for day, entered in holidays.corrections.items():
        if day.year == year:
            kind = DayKind.ADDED if entered.is_off else DayKind.WORKED
            found[day] = YearDay(day, kind, entered.name, entered.source, legal.names.get(day, ""))
    return tuple(found[day] for day in sorted(found))


def breaks_between(holidays: Holidays, first: date, last: date) -> tuple[Break, ...]:
    """Those that touch the stretch, whole also where they reach beyond it. Pure."""
    found = []
    day = first
    while day <= last:
        around = _break_around(holidays, day)
        if around is None:
            day += ONE_DAY
            continue
        if around.names:
            found.append(around)
        day = around.last + ONE_DAY
    return tuple(found)


def _break_around(holidays: Holidays, day: date) -> Break | None:
    if holidays.is_working_day(day):
        return None
    first = last = day
    while not holidays.is_working_day(first - ONE_DAY):
        first -= ONE_DAY
    while not holidays.is_working_day(last + ONE_DAY):
        last += ONE_DAY
    days = (first + number * ONE_DAY for number in range((last - first).days + 1))
    names = (holidays.name_of(each) for each in days)
    return Break(first, last, tuple(dict.fromkeys(name for name in names if name is not None)))
