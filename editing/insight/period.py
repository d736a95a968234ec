"""The stretch of time that insight looks at, and the pieces it is shown in. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from desk.calendar.zone import VIETNAM, vietnam_date
from desk.report.month import month_of, read_month

DAYS = {"7": 7, "30": 30, "90": 90}
DEFAULT = "30"
MOST_BY_DAY = 10
"""A longer period is shown by weeks."""


@dataclass(frozen=True)
class Piece:
    """A day or a week; `last` is its last day, which may be the same."""

    first: date
    last: date

    @property
    def start(self) -> datetime:
        """Its first moment in Vietnam."""
        return _midnight(self.first)

    @property
    def end(self) -> datetime:
        """The first moment behind it."""
        return _midnight(self.last + timedelta(days=1))

    @property
    def name(self) -> str:
        """`03/11`, or `03/11–09/11`."""
        first = f"{self.first:%d/%m}"
        return first if self.first == self.last else f"{first}–{self.last:%d/%m}"


@dataclass(frozen=True)
class Period:
    """Whole days of Vietnam's calendar, `last` included; `key` is how an address names it."""

    key: str
    first: date
    last: date

    @property
    def start(self) -> datetime:
        """Its first moment."""
        return _midnight(self.first)

    @property
    def end(self) -> datetime:
        """The first moment behind it."""
        return _midnight(self.last + timedelta(days=1))

    @property
    def days(self) -> int:
        """How many there are."""
        return (self.last - self.first).days + 1

    @property
    def before(self) -> Period:
        """As many days, right before it."""
        return Period("", self.first - timedelta(days=self.days), self.first - timedelta(days=1))

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """In their order: days of a short period, else stretches of seven days, of which the last may be shorter."""
        step = 1 if self.days <= MOST_BY_DAY else 7
        firsts = (self.first + timedelta(days=number) for number in range(0, self.days, step))
        return tuple(Piece(first, min(first + timedelta(days=step - 1), self.last)) for first in firsts)


def read_period(written: str, now: datetime) -> Period | None:
    """`7`, `30` or `90` days up to today, or a month as `2026-10`; the default for nothing, None for anything else."""
    written = written or DEFAULT
    today = vietnam_date(now)
    if written in DAYS:
        return Period(written, today - timedelta(days=DAYS[written] - 1), today)
    month = read_month(written)
    if month is None or month > month_of(now):
        return None
    return Period(month.key, month.start.date(), min(month.last_day, today))


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), VIETNAM)
