"""Days, moments and hours in Vietnam, written short."""

from datetime import UTC, date, datetime, time, timedelta

from hypothesis import strategies as st

from desk.calendar.holidays import CalendarDay, Holidays
from desk.calendar.office_hours import OfficeHours, Shift
from desk.calendar.zone import VIETNAM

MORNING, AFTERNOON = Shift(time(8), time(12)), Shift(time(13), time(17))
OFFICE = OfficeHours(dict.fromkeys(range(5), (MORNING, AFTERNOON)))
LIBRARY = Holidays()
MOMENTS = st.timedeltas(timedelta(), timedelta(days=3 * 365)).map(datetime(2026, 1, 1, tzinfo=UTC).__add__)


def day(written):
    """`2026-11-20`."""
    return date.fromisoformat(written)


def moment(written):
    """`2026-11-20 08:30`, by the clock in Hà Nội."""
    return datetime.fromisoformat(written).replace(tzinfo=VIETNAM)


def corrected(**days):
    """`d2026_01_02="off"` is a day off more, `d2026_01_10="on"` a working day more."""
    corrections = {}
    for name, kind in days.items():
        at = day(name[1:].replace("_", "-"))
        corrections[at] = CalendarDay(at, kind == "off", "ngày nghỉ hoán đổi" if kind == "off" else "làm bù")
    return Holidays(corrections)
