from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.calendar.zone import VIETNAM, ZONE_NAME, in_vietnam, vietnam_date


@given(st.timedeltas(timedelta(days=-17_000), timedelta(days=17_000)).map(datetime(2026, 1, 1, tzinfo=UTC).__add__))
def test_the_fixed_offset_is_what_the_time_zone_database_says(moment):
    assert in_vietnam(moment).utcoffset() == moment.astimezone(ZoneInfo(ZONE_NAME)).utcoffset() == timedelta(hours=7)


def test_the_evening_in_london_is_the_next_day_in_vietnam():
    assert vietnam_date(datetime(2026, 11, 20, 17, 0, tzinfo=UTC)).isoformat() == "2026-11-21"


def test_a_moment_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="naive"):
        in_vietnam(datetime(2026, 11, 20, 8, 0))  # noqa: DTZ001 - that is the point


def test_the_zone_says_its_name():
    assert VIETNAM.tzname(None) == "Asia/Ho_Chi_Minh"
