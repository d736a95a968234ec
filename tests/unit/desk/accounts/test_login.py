import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.accounts.login import folded_login


@pytest.mark.parametrize("typed", ["nguyen.thu", " Nguyen.Thu ", "NGUYEN.THU\t"])
def test_case_and_spaces_do_not_matter(typed):
    assert folded_login(typed) == "nguyen.thu"


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "an",
        "x" * 33,
        "x" * 100_000,
        "1nguyen",
        ".nguyen",
        "nguyen thu",
        "nguyễn",
        "nguyen\x00",
        "nguy\u0435n.thu",  # Cyrillic
        "\uff4eguyen.thu",  # full-width, which NFKC would fold
        "\u212aim.anh",  # the Kelvin sign, which lowers to k
        "nguyen.thu\u200b",
        "nguyen\u2024thu",
        "ngu\u00adyen",
        "nguyen.thu'--",
        "nguyen/../thu",
        "\ud800abc",
    ],
)
def test_what_only_looks_like_a_login_is_nobodys(typed):
    assert folded_login(typed) is None


@given(st.text(max_size=80))
def test_folding_twice_changes_nothing(typed):
    folded = folded_login(typed)
    assert folded is None or (folded.isascii() and folded_login(folded) == folded)
