import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.heard import heard


@pytest.mark.parametrize(
    "text",
    [
        "/restart",
        "  /restart",
        "//restart",
        "/ /restart",
        "\u200b/restart",
        "\uff0frestart",
        "\u2215restart",
        "\x00/restart",
        "/\u2060/restart",
    ],
)
def test_no_text_of_a_citizen_is_a_command(text):
    assert heard(text) == "restart"


@given(st.text())
def test_nothing_that_can_be_typed_becomes_a_command(text):
    assert not heard(text).startswith("/")


def test_a_slash_inside_stays():
    assert heard("288/BHXH-VP nói gì") == "288/BHXH-VP nói gì"


def test_identifiers_are_masked():
    assert "001099012345" not in heard("CCCD 001099012345 của tôi")


def test_decomposed_letters_become_one():
    assert heard("lu\u031bo\u031bng") == "lương"


@pytest.mark.parametrize("text", ["", "   ", "\x00\x01", "\u200b", "///"])
def test_what_says_nothing_is_empty(text):
    assert heard(text) == ""
