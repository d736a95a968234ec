"""When a team is there: its weekly hours, and its duty on days off."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from desk.calendar.holidays import SATURDAY, Holidays
from desk.calendar.zone import VIETNAM, in_vietnam, vietnam_date

MIDNIGHT = time(0, 0)
FARTHEST_DAYS = 366
"""No team is away for a year: a search that long means that its hours are wrong."""


class NeverOpenError(RuntimeError):
    """The team has no hours within a year; whoever entered them has to look."""


@dataclass(frozen=True, order=True)
class Shift:
    """Within one day, in Vietnam's time. `closes` itself is outside; 00:00 there is the midnight that ends the day."""

    opens: time
    closes: time

    def __post_init__(self) -> None:
        if self.closes != MIDNIGHT and self.opens >= self.closes:
            raise ValueError(f"a shift from {self.opens} to {self.closes} has no time in it")

    def on(self, day: date) -> Stretch:
        """This shift on that day."""
        ends_on = day + timedelta(days=1) if self.closes == MIDNIGHT else day
        return Stretch(datetime.combine(day, self.opens, VIETNAM), datetime.combine(ends_on, self.closes, VIETNAM))


@dataclass(frozen=True)
class Stretch:
    """From `opens` until just before `closes` the team is there; both in Vietnam's time."""

    opens: datetime
    closes: datetime


@dataclass(frozen=True)
class OfficeHours:
    """`week` has the shifts of each weekday, Monday 0; `duty` those of single days, as the roster says."""

    week: Mapping[int, tuple[Shift, ...]]
    duty: Mapping[date, tuple[Shift, ...]] = field(default_factory=dict)
    # A Saturday or Sunday that the agency works in place of another day has the hours of that weekday.
    swapped_weekday: int = 0

    def on(self, day: date, holidays: Holidays) -> tuple[Stretch, ...]:
        """In order; none overlaps another."""
        shifts = (*self._usual(day, holidays), *self.duty.get(day, ()))
        return _merged(shift.on(day) for shift in sorted(shifts))

    def _usual(self, day: date, holidays: Holidays) -> tuple[Shift, ...]:
        weekday = day.weekday()
        if weekday >= SATURDAY and holidays.is_working_day(day):
            weekday = self.swapped_weekday
        # A team that works on weekends does so unless the day is a holiday.
        return () if holidays.name_of(day) is not None else self.week.get(weekday, ())


def is_open(hours: OfficeHours, holidays: Holidays, moment: datetime) -> bool:
    """Whether somebody of the team is there at this moment."""
    return closing_after(hours, holidays, moment) is not None


def closing_after(hours: OfficeHours, holidays: Holidays, moment: datetime) -> datetime | None:
    """When the shift of this moment ends, a noon break included; None when nobody is there."""
    found = hours.on(vietnam_date(moment), holidays)
    return next((stretch.closes for stretch in found if stretch.opens <= moment < stretch.closes), None)


def next_opening(hours: OfficeHours, holidays: Holidays, moment: datetime) -> datetime:
    """In Vietnam's time; the moment itself while it is open. Raises NeverOpenError."""
    return max(in_vietnam(moment), next(stretches(hours, holidays, moment)).opens)


def stretches(hours: OfficeHours, holidays: Holidays, moment: datetime) -> Iterator[Stretch]:
    """Those that are not over at `moment`, in order, without end. Raises NeverOpenError."""
    day = vietnam_date(moment)
    idle = 0
    while idle < FARTHEST_DAYS:
        found = hours.on(day, holidays)
        yield from (stretch for stretch in found if stretch.closes > moment)
        idle = 0 if found else idle + 1
        day += timedelta(days=1)
    raise NeverOpenError(f"no office hours in the {FARTHEST_DAYS} days before {day}")


def _merged(ordered: Iterable[Stretch]) -> tuple[Stretch, ...]:
    merged: list[Stretch] = []
    for stretch in ordered:
        if merged and stretch.opens <= merged[-1].closes:
            last = merged.pop()
            stretch = Stretch(last.opens, max(last.closes, stretch.closes))
        merged.append(stretch)
    return tuple(merged)
