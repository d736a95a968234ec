"""The new day that is promised for a late dossier."""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum

from desk.calendar.holidays import Holidays
from desk.tickets.late_dossier import read_day

LONGEST = timedelta(days=365)
"""A later day is a slip of the pen: no procedure of the agency takes a year."""


class NewDateFault(StrEnum):
    """Why a day cannot be promised."""

    DATE = "date"
    NOT_AHEAD = "not_ahead"
    TOO_FAR = "too_far"
    DAY_OFF = "day_off"


def read_new_date(written: str, today: date, holidays: Holidays) -> date | NewDateFault:
    """A working day after today; written as in `late_dossier.read_day`."""
    day = read_day(written)
    if day is None:
        return NewDateFault.DATE
    if day <= today:
        return NewDateFault.NOT_AHEAD
    if day > today + LONGEST:
        return NewDateFault.TOO_FAR
    return day if holidays.is_working_day(day) else NewDateFault.DAY_OFF
