from datetime import UTC, datetime, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.calendar.office_hours import (
    MIDNIGHT,
    NeverOpenError,
    OfficeHours,
    Shift,
    closing_after,
    is_open,
    next_opening,
    stretches,
)
from desk.calendar.zone import ZONE_NAME
from tests.fakes.calendar import AFTERNOON, LIBRARY, MOMENTS, MORNING, OFFICE, corrected, day, moment

TET = Shift(time(8), time(11))
AROUND_THE_CLOCK = OfficeHours({weekday: (Shift(time(0), MIDNIGHT),) for weekday in range(7)})


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2026-11-20 07:59", False),
        ("2026-11-20 08:00", True),
        ("2026-11-20 11:59", True),
        ("2026-11-20 12:00", False),
        ("2026-11-20 13:00", True),
        ("2026-11-20 17:00", False),
        ("2026-11-21 09:00", False),
        ("2026-11-24 09:00", False),
        ("2026-08-22 09:00", True),
    ],
)
def test_the_office_is_open_in_its_hours_on_working_days(written, expected):
    assert is_open(OFFICE, LIBRARY, moment(written)) is expected


def test_the_same_moment_counts_whatever_zone_it_is_told_in():
    assert is_open(OFFICE, LIBRARY, datetime(2026, 11, 20, 1, 30, tzinfo=UTC))
    assert not is_open(OFFICE, LIBRARY, datetime(2026, 11, 20, 8, 30, tzinfo=UTC) + timedelta(hours=2))


@pytest.mark.parametrize(
    ("asked", "opens"),
    [
        ("2026-11-20 06:00", "2026-11-20 08:00"),
        ("2026-11-20 09:15", "2026-11-20 09:15"),
        ("2026-11-20 12:30", "2026-11-20 13:00"),
        ("2026-11-20 17:00", "2026-11-23 08:00"),
        ("2026-11-23 18:00", "2026-11-25 08:00"),
        ("2026-02-13 17:30", "2026-02-23 08:00"),
    ],
)
def test_the_next_opening_is_honest_about_noon_weekends_and_tet(asked, opens):
    found = next_opening(OFFICE, LIBRARY, moment(asked))
    assert found == moment(opens)
    assert found.tzname() == ZONE_NAME


def test_duty_on_tet_opens_the_door():
    hours = OfficeHours(OFFICE.week, {day("2026-02-18"): (TET,)})
    assert is_open(hours, LIBRARY, moment("2026-02-18 09:00"))
    assert not is_open(hours, LIBRARY, moment("2026-02-18 11:00"))
    assert next_opening(hours, LIBRARY, moment("2026-02-16 09:00")) == moment("2026-02-18 08:00")


def test_duty_beside_the_usual_hours_adds_to_them_and_counts_no_hour_twice():
    hours = OfficeHours(OFFICE.week, {day("2026-11-20"): (Shift(time(11), time(13)), Shift(time(16), time(20)))})
    (only,) = hours.on(day("2026-11-20"), LIBRARY)
    assert (only.opens, only.closes) == (moment("2026-11-20 08:00"), moment("2026-11-20 20:00"))


def test_a_team_that_works_on_weekends_is_off_on_holidays_all_the_same():
    weekend = OfficeHours(dict.fromkeys(range(7), (MORNING,)))
    assert is_open(weekend, LIBRARY, moment("2026-11-21 09:00"))
    assert not is_open(weekend, LIBRARY, moment("2027-02-06 09:00"))


def test_a_swapped_saturday_has_the_hours_of_the_weekday_it_stands_for():
    hours = OfficeHours({0: (MORNING,), 4: (AFTERNOON,)}, swapped_weekday=4)
    worked = corrected(d2026_01_10="on")
    assert [stretch.opens.hour for stretch in hours.on(day("2026-01-10"), worked)] == [13]


def test_around_the_clock_has_no_gap_at_midnight():
    assert is_open(AROUND_THE_CLOCK, LIBRARY, moment("2026-11-20 23:59"))
    assert closing_after(AROUND_THE_CLOCK, LIBRARY, moment("2026-11-20 23:59")) == moment("2026-11-21 00:00")


@pytest.mark.parametrize(
    ("asked", "closes"), [("2026-11-20 09:00", "2026-11-20 12:00"), ("2026-11-20 16:59", "2026-11-20 17:00")]
)
def test_it_is_known_when_the_shift_ends(asked, closes):
    assert closing_after(OFFICE, LIBRARY, moment(asked)) == moment(closes)


def test_nobody_goes_who_is_not_there():
    assert closing_after(OFFICE, LIBRARY, moment("2026-11-20 12:10")) is None


def test_a_team_without_hours_is_closed_and_says_so_instead_of_searching_for_ever():
    nobody = OfficeHours({})
    assert not is_open(nobody, LIBRARY, moment("2026-11-20 09:00"))
    with pytest.raises(NeverOpenError):
        next_opening(nobody, LIBRARY, moment("2026-11-20 09:00"))


def test_a_shift_that_ends_before_it_starts_is_refused():
    with pytest.raises(ValueError, match="no time"):
        Shift(time(12), time(8))


@given(MOMENTS)
def test_the_next_opening_is_open_and_nothing_before_it_is(asked):
    opens = next_opening(OFFICE, LIBRARY, asked)
    assert opens >= asked
    assert is_open(OFFICE, LIBRARY, opens)
    if opens > asked:
        assert not is_open(OFFICE, LIBRARY, asked)
        assert not is_open(OFFICE, LIBRARY, opens - timedelta(microseconds=1))


@given(MOMENTS, st.integers(0, 23))
def test_stretches_come_in_order_and_do_not_overlap(asked, hour):
    duty = {asked.date() + timedelta(days=1): (Shift(time(hour), MIDNIGHT),)}
    coming = stretches(OfficeHours(OFFICE.week, duty), LIBRARY, asked)
    found = [next(coming) for _ in range(6)]
    assert all(one.closes <= other.opens for one, other in pairwise(found))
    assert all(one.opens < one.closes for one in found)
