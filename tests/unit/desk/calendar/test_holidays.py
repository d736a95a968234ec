"""What the kept library says for Vietnam, checked by hand against announcements and the law.

Sources:
- Tết 2026: public servants are off from Saturday 14/02 (27 Chạp) to Sunday 22/02/2026 (6 Giêng), nine days
  (congan.com.vn, "Chính thức chốt phương án Tết Nguyên đán Bính Ngọ 2026 nghỉ 9 ngày").
- New Year 2026: Friday 02/01 is swapped with Saturday 10/01/2026 for the public sector (24h.com.vn, 26/12/2025).
  The library of this version does not know it: that is what corrections are for.
- National Day 2026: Monday 31/08 is swapped with Saturday 22/08 (the library cites thuvienphapluat.vn).
- First day of the lunar year: the day of the new moon in Vietnam's time: 17/02/2026 (new moon 12:01 UTC),
  06/02/2027 (15:56 UTC), 26/01/2028 (15:12 UTC). Labour Code 2019, art. 112: five days off; art. 111.3: a holiday on
  a weekend is made up for. Which working days make up for it is announced each year; for 2027 and 2028 no
  announcement was found when this was written, so only what the law itself says is checked here.
"""

from datetime import timedelta

import pytest

from desk.calendar.holidays import CalendarDay, Holidays
from tests.fakes.calendar import LIBRARY, corrected, day


def days(first, last):
    start, end = day(first), day(last)
    return [start + timedelta(days=number) for number in range((end - start).days + 1)]


def test_tet_2026_is_off_as_announced():
    assert not any(LIBRARY.is_working_day(each) for each in days("2026-02-14", "2026-02-22"))
    assert LIBRARY.is_working_day(day("2026-02-13"))
    assert LIBRARY.is_working_day(day("2026-02-23"))


@pytest.mark.parametrize(
    ("first_of_year", "eve_to_fourth"),
    [
        ("2026-02-17", ("2026-02-16", "2026-02-20")),
        ("2027-02-06", ("2027-02-05", "2027-02-09")),
        ("2028-01-26", ("2028-01-25", "2028-01-29")),
    ],
)
def test_tet_starts_with_the_new_moon_and_has_five_days_off(first_of_year, eve_to_fourth):
    assert LIBRARY.name_of(day(first_of_year)) == "Tết Nguyên Đán"
    assert all(LIBRARY.name_of(each) for each in days(*eve_to_fourth))


@pytest.mark.parametrize(("first", "last"), [("2026-02-01", "2026-03-01"), ("2027-01-20", "2027-02-20"),
                                             ("2028-01-10", "2028-02-10")])  # fmt: skip
def test_tet_takes_five_working_days_whatever_the_weekday(first, last):
    off = [each for each in days(first, last) if each.weekday() < 5 and not LIBRARY.is_working_day(each)]
    assert len(off) == 5


@pytest.mark.parametrize("written", ["2026-04-27", "2026-04-30", "2026-05-01", "2026-08-31", "2026-09-01", "2026-09-02",
                                     "2026-11-24", "2027-01-01", "2027-05-03", "2028-01-03"])  # fmt: skip
def test_other_holidays_and_the_mondays_that_make_up_for_them_are_off(written):
    assert not LIBRARY.is_working_day(day(written))


def test_a_saturday_that_is_swapped_is_worked():
    assert LIBRARY.is_working_day(day("2026-08-22"))
    assert LIBRARY.name_of(day("2026-08-22")) is None
    assert not LIBRARY.is_working_day(day("2026-08-29"))


def test_a_swap_that_the_library_does_not_know_is_entered_by_hand():
    assert LIBRARY.is_working_day(day("2026-01-02"))
    swapped = corrected(d2026_01_02="off", d2026_01_10="on")
    assert not swapped.is_working_day(day("2026-01-02"))
    assert swapped.name_of(day("2026-01-02")) == "ngày nghỉ hoán đổi"
    assert swapped.is_working_day(day("2026-01-10"))


def test_a_holiday_that_the_library_has_wrong_can_be_taken_away():
    mended = Holidays({day("2026-11-24"): CalendarDay(day("2026-11-24"), False, "")})
    assert mended.is_working_day(day("2026-11-24"))
    assert mended.name_of(day("2026-11-24")) is None


def test_a_plain_weekend_has_no_name():
    assert LIBRARY.name_of(day("2026-11-21")) is None
    assert not LIBRARY.is_working_day(day("2026-11-21"))


def test_any_year_can_be_asked():
    assert not LIBRARY.is_working_day(day("2035-09-02"))
    assert LIBRARY.is_working_day(day("2035-09-12"))
