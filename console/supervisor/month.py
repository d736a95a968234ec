"""A month as a wall calendar shows it, Monday first."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date

from desk.calendar.holidays import SATURDAY, Holidays


@dataclass(frozen=True)
class Cell:
    """One day; `look` is the class of its colour: "holiday", "weekend", "swapped" or "working"."""

    day: date
    look: str
    is_today: bool


@dataclass(frozen=True)
class Month:
    """`weeks` have seven places each, None outside the month."""

    number: int
    weeks: tuple[tuple[Cell | None, ...], ...]


def months_of(holidays: Holidays, year: int, today: date) -> tuple[Month, ...]:
    """All twelve. Pure."""
    return tuple(_month(holidays, year, number, today) for number in range(1, 13))


def _month(holidays: Holidays, year: int, number: int, today: date) -> Month:
    weeks = calendar.Calendar().monthdatescalendar(year, number)
    rows = (tuple(_cell(holidays, day, today) if day.month == number else None for day in week) for week in weeks)
    return Month(number, tuple(rows))


def _cell(holidays: Holidays, day: date, today: date) -> Cell:
    is_weekend, is_working = day.weekday() >= SATURDAY, holidays.is_working_day(day)
    look = "swapped" if is_weekend and is_working else "working"
    if not is_working:
        look = "weekend" if holidays.name_of(day) is None else "holiday"
    return Cell(day, look, day == today)
