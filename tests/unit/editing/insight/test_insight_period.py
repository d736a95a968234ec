"""Periods of insight: their days, the pieces that they are shown in, and what is no period."""

from datetime import date, datetime

import pytest

from desk.calendar.zone import VIETNAM
from editing.insight.period import read_period

NOW = datetime(2026, 11, 22, 10, 0, tzinfo=VIETNAM)


@pytest.mark.parametrize(
    ("written", "first", "last", "pieces"),
    [
        ("7", date(2026, 11, 16), date(2026, 11, 22), 7),
        ("30", date(2026, 10, 24), date(2026, 11, 22), 5),
        ("", date(2026, 10, 24), date(2026, 11, 22), 5),
        ("90", date(2026, 8, 25), date(2026, 11, 22), 13),
        ("2026-10", date(2026, 10, 1), date(2026, 10, 31), 5),
        ("2026-11", date(2026, 11, 1), date(2026, 11, 22), 4),
    ],
)
def test_a_period_has_whole_days_and_its_pieces_cover_them(written, first, last, pieces):
    period = read_period(written, NOW)
    assert (period.first, period.last, len(period.pieces)) == (first, last, pieces)
    assert (period.pieces[0].first, period.pieces[-1].last) == (first, last)
    assert period.before.end == period.start
    assert period.before.days == period.days


@pytest.mark.parametrize("written", ["8", "2026-12", "2026-13", "x", "../7", "７", "2026-1", "-7"])
def test_what_is_no_period_is_none(written):
    assert read_period(written, NOW) is None
