from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from desk.calendar.holidays import CalendarDay, Holidays
from desk.calendar.working_days import (
    END_OF_DAY,
    add_working_days,
    next_working_day,
    working_days_between,
    working_moment_before,
    working_seconds_between,
)
from desk.calendar.zone import vietnam_date
from tests.fakes.calendar import LIBRARY, MOMENTS, OFFICE, corrected, day, moment

HOUR = 3600
DATES = st.dates(day("2026-01-01"), day("2028-12-31"))
COUNTS = st.integers(0, 30)
CALENDARS = st.dictionaries(DATES, st.booleans(), max_size=30).map(
    lambda days: Holidays({each: CalendarDay(each, is_off, "hoán đổi") for each, is_off in days.items()})
)


@pytest.mark.parametrize(
    ("start", "days", "deadline"),
    [
        ("2026-11-16 09:00", 3, "2026-11-19 17:00"),
        ("2026-11-16 23:59", 3, "2026-11-19 17:00"),
        ("2026-11-20 10:00", 3, "2026-11-26 17:00"),  # over a weekend and over 24/11, Ngày Văn hóa Việt Nam
        ("2026-11-21 10:00", 1, "2026-11-23 17:00"),
        ("2026-02-12 10:00", 3, "2026-02-24 17:00"),  # over Tết: 13/02, then 23/02 and 24/02
        ("2026-04-24 10:00", 4, "2026-05-05 17:00"),  # over Hùng Vương and its Monday, 30/04 and 01/05
        ("2026-08-21 10:00", 1, "2026-08-22 17:00"),  # the Saturday worked in place of 31/08
        ("2026-08-28 10:00", 1, "2026-09-03 17:00"),
        ("2026-11-20 10:00", 0, "2026-11-20 17:00"),
        ("2026-11-20 17:00", 0, "2026-11-23 17:00"),
        ("2026-11-22 10:00", 0, "2026-11-23 17:00"),
    ],
)
def test_deadlines_checked_by_hand(start, days, deadline):
    assert add_working_days(moment(start), days, LIBRARY) == moment(deadline)


def test_a_correction_moves_the_deadline():
    swapped = corrected(d2026_01_02="off", d2026_01_10="on")
    assert add_working_days(moment("2025-12-31 10:00"), 1, swapped) == moment("2026-01-05 17:00")
    assert add_working_days(moment("2026-01-09 10:00"), 1, swapped) == moment("2026-01-10 17:00")


def test_days_before_cannot_be_a_deadline():
    with pytest.raises(ValueError, match="-1"):
        add_working_days(moment("2026-11-20 10:00"), -1, LIBRARY)


def test_the_day_is_vietnams_not_that_of_the_machine():
    late_on_thursday_in_utc = datetime(2026, 11, 19, 18, 0, tzinfo=UTC)
    assert add_working_days(late_on_thursday_in_utc, 1, LIBRARY) == moment("2026-11-23 17:00")


@given(MOMENTS, COUNTS, CALENDARS)
def test_a_deadline_is_the_end_of_a_working_day_after_the_start(start, days, holidays):
    deadline = add_working_days(start, days, holidays)
    assert deadline.time() == END_OF_DAY
    assert holidays.is_working_day(deadline.date())
    assert deadline > start


@given(MOMENTS, st.integers(1, 30), CALENDARS)
def test_between_start_and_deadline_lie_exactly_so_many_working_days(start, days, holidays):
    deadline = add_working_days(start, days, holidays)
    assert working_days_between(vietnam_date(start), deadline.date(), holidays) == days


@given(MOMENTS, st.integers(1, 15), st.integers(0, 15), CALENDARS)
def test_days_can_be_added_in_two_goes(start, first, second, holidays):
    both = add_working_days(start, first + second, holidays)
    midway = add_working_days(start, first, holidays)
    assert both == (add_working_days(midway, second, holidays) if second else midway)


@given(MOMENTS, MOMENTS, COUNTS, CALENDARS)
def test_who_asks_later_is_never_promised_an_earlier_day(one, other, days, holidays):
    early, late = sorted((one, other))
    assert add_working_days(early, days, holidays) <= add_working_days(late, days, holidays)


@given(MOMENTS, COUNTS, CALENDARS, DATES)
def test_one_more_day_off_never_brings_a_deadline_forward(start, days, holidays, extra):
    assume(extra not in holidays.corrections)
    longer = Holidays({**holidays.corrections, extra: CalendarDay(extra, True, "nghỉ thêm")})
    assert add_working_days(start, days, longer) >= add_working_days(start, days, holidays)


@given(DATES, DATES, CALENDARS)
def test_counting_back_is_counting_forth_with_a_minus(one, other, holidays):
    assert working_days_between(one, other, holidays) == -working_days_between(other, one, holidays)


@given(DATES, CALENDARS)
def test_the_next_working_day_is_the_first_one(start, holidays):
    following = next_working_day(start, holidays)
    assert working_days_between(start, following, holidays) == 1
    assert holidays.is_working_day(following)


@pytest.mark.parametrize(
    ("start", "end", "hours"),
    [
        ("2026-11-20 08:00", "2026-11-20 17:00", 8),
        ("2026-11-20 11:00", "2026-11-20 14:00", 2),
        ("2026-11-20 16:00", "2026-11-23 09:00", 2),
        ("2026-11-21 00:00", "2026-11-22 23:00", 0),
        ("2026-02-13 08:00", "2026-02-23 17:00", 16),
        ("2026-11-20 14:00", "2026-11-20 11:00", -2),
    ],
)
def test_only_time_in_which_somebody_is_there_counts(start, end, hours):
    assert working_seconds_between(moment(start), moment(end), OFFICE, LIBRARY) == hours * HOUR


@given(MOMENTS, st.timedeltas(timedelta(), timedelta(days=20)), st.floats(0, 1))
def test_working_time_adds_up(start, length, share):
    end, between = start + length, start + length * share
    whole = working_seconds_between(start, end, OFFICE, LIBRARY)
    parts = [working_seconds_between(*pair, OFFICE, LIBRARY) for pair in ((start, between), (between, end))]
    assert whole == pytest.approx(sum(parts))
    assert 0 <= whole <= length.total_seconds()


@pytest.mark.parametrize(
    ("end", "hours", "start"),
    [
        ("2026-11-20 17:00", 4, "2026-11-20 13:00"),
        ("2026-11-20 17:00", 5, "2026-11-20 11:00"),
        ("2026-11-23 17:00", 10, "2026-11-20 15:00"),
        ("2026-02-23 17:00", 9, "2026-02-13 16:00"),
    ],
)
def test_the_hour_before_a_deadline_is_counted_in_working_hours(end, hours, start):
    assert working_moment_before(moment(end), hours * HOUR, OFFICE, LIBRARY) == moment(start)


@given(MOMENTS, st.floats(0, 100 * HOUR))
def test_from_the_moment_before_there_is_exactly_that_much_working_time(end, seconds):
    start = working_moment_before(end, seconds, OFFICE, LIBRARY)
    assert working_seconds_between(start, end, OFFICE, LIBRARY) == pytest.approx(seconds, abs=1e-3)
