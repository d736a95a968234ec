import pytest

from desk.accounts.lockout import guarded_address, guarded_login, wait_seconds_after
from tests.fakes.accounts import SETTINGS

NUMBERS = SETTINGS.lockout


@pytest.mark.parametrize(
    ("failures", "seconds"), [(0, 0), (2, 0), (3, 30), (4, 60), (5, 120), (7, 480), (8, 900), (9, 900), (10**9, 900)]
)
def test_waits_grow_to_a_ceiling_and_never_for_good(failures, seconds):
    assert wait_seconds_after(failures, NUMBERS.attempts, NUMBERS) == seconds


def test_what_was_typed_cannot_be_read_from_what_is_kept():
    key = guarded_login("Hoa-sen-no-2026 typed into the wrong field", NUMBERS).key
    assert len(key) == 64
    assert "sen" not in key


@pytest.mark.parametrize("typed", ["\ud800", "\x00", "x" * 100_000, "", "nguyễn"])
def test_anything_typed_has_a_key(typed):
    assert len(guarded_login(typed, NUMBERS).key) == 64


def test_a_login_and_an_address_are_never_the_same_key():
    assert guarded_login("10.0.0.1", NUMBERS).key != guarded_address("10.0.0.1", NUMBERS).key


def test_the_same_login_in_capitals_is_the_same_key():
    assert guarded_login(" NGUYEN.thu", NUMBERS) == guarded_login("nguyen.thu", NUMBERS)
