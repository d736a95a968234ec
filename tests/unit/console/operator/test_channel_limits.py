from datetime import UTC, datetime, timedelta

import pytest

from console.operator.limits import Standing, limits_of
from console.ports import Manner

SAID = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)
ZALO, WEB = Manner(1_900, 7.0, 8, 48.0), Manner(2_000, None)


@pytest.mark.parametrize(
    ("hours", "sent", "standing", "left"),
    [
        (1, 0, Standing.FREE, 8),
        (1, 5, Standing.FREE, 3),
        (1, 6, Standing.FEW, 2),
        (1, 8, Standing.PAID, 0),
        (1, 20, Standing.PAID, 0),
        (46.5, 2, Standing.CLOSING, 6),
        (48, 0, Standing.PAID, 0),
        (145, 0, Standing.LAST_DAY, 0),
        (168, 0, Standing.CLOSED, 0),
        (500, 0, Standing.CLOSED, 0),
    ],
)
def test_the_most_pressing_limit_is_said(hours, sent, standing, left):
    limits, now = limits_of(ZALO, SAID, sent), SAID + timedelta(hours=hours)
    assert (limits.standing(now), limits.free_left(now)) == (standing, left)


def test_minutes_of_the_free_time_are_rounded_down():
    limits = limits_of(ZALO, SAID, 0)
    assert limits.minutes_left(SAID + timedelta(hours=47, seconds=30)) == 59
    assert limits.minutes_left(SAID + timedelta(hours=50)) == 0


def test_a_channel_that_does_not_count_says_only_when_it_closes():
    limits = limits_of(Manner(1_900, 7.0), SAID, 50)
    assert limits.standing(SAID + timedelta(days=3)) is None
    assert limits.standing(SAID + timedelta(days=6, hours=1)) is Standing.LAST_DAY
    assert (limits.free_left(SAID), limits.minutes_left(SAID)) == (0, 0)


def test_without_a_window_or_a_word_of_the_citizen_there_is_no_limit():
    assert limits_of(WEB, SAID, 3) is None
    assert limits_of(ZALO, None, 3) is None
