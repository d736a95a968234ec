from hypothesis import given
from hypothesis import strategies as st

from connectors.settings import RateLimit
from connectors.web import limits
from connectors.web.limits import RateLimiter

BURST, STEADY = RateLimit(5, 10.0), RateLimit(8, 60.0)


def test_a_burst_is_allowed_and_its_excess_told_to_wait():
    limiter = RateLimiter([BURST])
    assert [limiter.wait_seconds("a", 0.0) for _ in range(6)] == [0, 0, 0, 0, 0, 10]


def test_the_wait_is_over_when_it_said_so():
    limiter = RateLimiter([BURST])
    for second in range(5):
        limiter.wait_seconds("a", float(second))
    wait = limiter.wait_seconds("a", 4.0)
    assert limiter.wait_seconds("a", 4.0 + wait) == 0


def test_refused_tries_do_not_prolong_the_wait():
    limiter = RateLimiter([BURST])
    for _ in range(100):
        limiter.wait_seconds("a", 0.0)
    assert limiter.wait_seconds("a", 10.0) == 0


def test_the_stricter_of_two_limits_decides():
    limiter = RateLimiter([BURST, STEADY])
    waits = [limiter.wait_seconds("a", second * 3.0) for second in range(10)]
    assert waits[:8] == [0] * 8
    assert waits[8] == 36


def test_one_does_not_use_up_the_limit_of_another():
    limiter = RateLimiter([BURST])
    for _ in range(6):
        limiter.wait_seconds("a", 0.0)
    assert limiter.wait_seconds("b", 0.0) == 0


def test_memory_is_bounded_however_many_come(monkeypatch):
    monkeypatch.setattr(limits, "KEYS_REMEMBERED", 100)
    limiter = RateLimiter([BURST])
    for number in range(1000):
        limiter.wait_seconds(str(number), 0.0)
    assert len(limiter._times) == 100


@given(st.lists(st.floats(0, 30), max_size=60))
def test_no_window_ever_holds_more_than_its_limit(moments):
    limiter = RateLimiter([BURST])
    allowed = [moment for moment in sorted(moments) if limiter.wait_seconds("a", moment) == 0]
    for start in allowed:
        assert sum(start <= moment < start + 10.0 for moment in allowed) <= 5
