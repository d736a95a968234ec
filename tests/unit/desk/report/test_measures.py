"""Medians and percentiles as the report defines them; nothing measured is not zero."""

import pytest

from desk.report.measures import Share, spread


def test_of_nothing_there_is_no_share():
    assert Share(0, 0).value is None
    assert Share(0, 0).exceeds(83) is None


def test_none_of_some_is_zero():
    assert Share(0, 4).value == 0


@pytest.mark.parametrize(("part", "of", "exceeds"), [(83, 100, False), (84, 100, True), (5, 6, True), (4, 5, False)])
def test_the_goal_is_to_be_exceeded_not_met(part, of, exceeds):
    assert Share(part, of).exceeds(83) is exceeds


def test_of_nothing_there_is_no_median():
    assert (spread([]).count, spread([]).median_seconds, spread([]).p90_seconds) == (0, None, None)


def test_one_duration_is_its_own_median_and_percentile():
    assert (spread([7]).median_seconds, spread([7]).p90_seconds) == (7, 7)


def test_of_an_even_number_the_median_lies_between_the_middle_two():
    assert spread([40, 10, 20, 30]).median_seconds == 25


def test_the_percentile_is_a_duration_that_occurred():
    assert spread(range(1, 11)).p90_seconds == 9  # nine of ten do not exceed it
    assert spread(range(1, 12)).p90_seconds == 10  # nine of eleven would be less than 90 %
    assert spread([1, 1, 1, 100]).p90_seconds == 100


def test_ties_count_each():
    assert spread([5, 5, 5, 60]).median_seconds == 5
