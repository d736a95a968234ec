"""Counting in working days and working hours, as deadlines are counted."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from desk.calendar.holidays import Holidays
from desk.calendar.office_hours import OfficeHours, stretches
from desk.calendar.zone import VIETNAM, vietnam_date

# The law would give until 24:00 (Civil Code 2015, art. 148.6); nobody answers then, so we promise the stricter hour.
END_OF_DAY = time(17, 0)


def add_working_days(start: datetime, days: int, holidays: Holidays) -> datetime:
    """The deadline: end of the last of `days` working days, in Vietnam's time.

    The day of `start` does not count (Civil Code 2015, art. 147.2). With 0 days it is the end of that day itself, or
    of the next working day when that is off or over. Raises ValueError for a negative number.
    """
    if days < 0:
        raise ValueError(f"{days} working days cannot be added")
    day = vietnam_date(start)
    if days == 0:
        today = datetime.combine(day, END_OF_DAY, VIETNAM)
        return today if holidays.is_working_day(day) and start < today else add_working_days(start, 1, holidays)
    for _ in range(days):
        day = next_working_day(day, holidays)
    return datetime.combine(day, END_OF_DAY, VIETNAM)


def next_working_day(day: date, holidays: Holidays) -> date:
    """The first one after `day`."""
    day += timedelta(days=1)
    while not holidays.is_working_day(day):
        day += timedelta(days=1)
    return day


def working_days_between(first: date, last: date, holidays: Holidays) -> int:
    """How many working days come after `first` up to and with `last`; negative when `last` is earlier."""
    if last < first:
        return -working_days_between(last, first, holidays)
    days = (first + timedelta(days=number) for number in range(1, (last - first).days + 1))
    return sum(holidays.is_working_day(day) for day in days)


def working_seconds_between(start: datetime, end: datetime, hours: OfficeHours, holidays: Holidays) -> float:
    """Time in which the team was there; negative when `end` is earlier. Raises NeverOpenError."""
    if end < start:
        return -working_seconds_between(end, start, hours, holidays)
    total = timedelta()
    for stretch in stretches(hours, holidays, start):
        if stretch.opens >= end:
            break
        total += min(stretch.closes, end) - max(stretch.opens, start)
    return total.total_seconds()


def working_moment_before(end: datetime, seconds: float, hours: OfficeHours, holidays: Holidays) -> datetime:
    """The latest moment from which the team is there for so many seconds until `end`. Raises NeverOpenError."""
    start = end
    while True:
        start -= timedelta(days=1)
        surplus = working_seconds_between(start, end, hours, holidays) - seconds
        if surplus >= 0:
            break
    for stretch in stretches(hours, holidays, start):
        length = (stretch.closes - max(stretch.opens, start)).total_seconds()
        if surplus < length:
            return max(stretch.opens, start) + timedelta(seconds=surplus)
        surplus -= length
    raise AssertionError("unreachable: stretches never end")
