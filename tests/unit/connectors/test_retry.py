import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.retry import RetryRule

RULE = RetryRule(first_seconds=0.5, ceiling_seconds=15.0, total_seconds=120.0, attempts=20)


def test_pauses_double_up_to_the_ceiling():
    pauses = [RULE.pause_seconds(attempt, 0.5) for attempt in range(1, 8)]
    assert pauses == [0.5, 1.0, 2.0, 4.0, 8.0, 15.0, 15.0]


@given(attempt=st.integers(1, 10_000), chance=st.floats(0, 1))
def test_chance_spreads_a_pause_by_a_quarter_at_most(attempt, chance):
    middle = RULE.pause_seconds(attempt, 0.5)
    assert middle * 0.75 <= RULE.pause_seconds(attempt, chance) <= middle * 1.25


def test_a_dialogue_engine_that_refuses_at_once_is_tried_for_about_two_minutes():
    tried = 0.0
    for attempt in itertools.count(1):
        tried += RULE.pause_seconds(attempt, 0.5)
        if RULE.is_over(attempt, tried):
            break
    assert 105 <= tried - RULE.pause_seconds(attempt, 0.5) <= 120


@pytest.mark.parametrize(("attempt", "tried", "over"), [(1, 119.9, False), (1, 120.0, True), (20, 0.0, True)])
def test_trying_ends_by_time_or_by_number(attempt, tried, over):
    assert RULE.is_over(attempt, tried) is over
