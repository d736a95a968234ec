"""Codes of RFC 6238, appendix B (SHA-1, six digits of its eight)."""

from datetime import UTC, datetime, timedelta

import pytest

from desk.accounts.totp import Enrolment, matching_step

SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"  # "12345678901234567890", the key of the RFC


def moment(seconds):
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)


@pytest.mark.parametrize(
    ("seconds", "code"),
    [(59, "287082"), (1111111109, "081804"), (1111111111, "050471"), (1234567890, "005924"), (2000000000, "279037")],
)
def test_the_codes_of_the_rfc(seconds, code):
    assert matching_step(SECRET, code, moment(seconds), 0) == seconds // 30


@pytest.mark.parametrize(("late", "is_taken"), [(-30, True), (0, True), (59, True), (60, False), (-31, False)])
def test_a_clock_may_be_one_step_wrong(late, is_taken):
    found = matching_step(SECRET, "005924", moment(1234567890 + late), 1)
    assert (found == 1234567890 // 30) is is_taken


@pytest.mark.parametrize("code", ["005 924", " 005924 ", "005924\n"])
def test_spaces_as_authenticators_show_them_are_left_out(code):
    assert matching_step(SECRET, code, moment(1234567890), 0) is not None


@pytest.mark.parametrize(
    "code",
    ["", "05924", "0005924", "005924x", "００５９２４", "٠٠٥٩٢٤", "-05924", "5924.0", "\x00", "\ud800", "0" * 100_000],
)
def test_what_is_no_code_is_wrong(code):
    assert matching_step(SECRET, code, moment(1234567890), 1) is None


def test_a_secret_does_not_show_in_logs():
    assert SECRET not in repr(Enrolment(SECRET, f"otpauth://totp/x?secret={SECRET}"))
