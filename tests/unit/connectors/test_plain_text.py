import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.plain_text import is_seen, plain_text

ANY_TEXT = st.text(st.characters(codec=None, exclude_categories=()))


@given(ANY_TEXT)
def test_making_it_plain_twice_changes_nothing_more(text):
    assert plain_text(plain_text(text)) == plain_text(text)


@given(ANY_TEXT)
def test_plain_text_is_nfc_and_can_be_encoded(text):
    plain = plain_text(text)
    assert unicodedata.is_normalized("NFC", plain)
    assert plain.encode("utf-8").decode("utf-8") == plain


@pytest.mark.conformance(("G53", "H48"))
def test_vietnamese_of_any_keyboard_becomes_the_same_text():
    written = "Điều kiện hưởng lương hưu tại Huế"
    assert plain_text(unicodedata.normalize("NFD", written)) == written


@pytest.mark.conformance("G56")
def test_nul_and_controls_are_removed_and_every_line_end_becomes_one():
    assert plain_text("a\x00b\x1b[31m\r\nc\rd\u2028e\x0cf\tg") == "ab[31m\nc\nd\ne\nf\tg"


@pytest.mark.conformance("G56")
@pytest.mark.parametrize("mark", ["\u202e", "\u2066", "\u2069", "\u200f", "\u061c", "\ufeff"])
def test_marks_that_turn_the_direction_around_are_removed(mark):
    assert plain_text(f"https://{mark}nv.vog.hxhb") == "https://nv.vog.hxhb"


@pytest.mark.conformance(("G56", "H28"))
def test_markup_stays_as_it_was_written():
    written = "<b>5%</b> & _x_ *y* [z](u) `q` ~w~ > 2.000.000 đồng"
    assert plain_text(written) == written


@pytest.mark.conformance(("G53", "H48"))
@pytest.mark.parametrize("emoji", ["👨‍👩‍👧", "🇻🇳", "👍🏽", "❤️", "🏴󠁧󠁢󠁥󠁮󠁧󠁿"])
def test_what_holds_an_emoji_together_stays(emoji):
    assert plain_text(emoji) == emoji


def test_a_run_of_marks_that_would_take_minutes_to_sort_takes_none():
    started = time.monotonic()
    plain_text("a" + "\u0301\u0323" * 100_000)
    assert time.monotonic() - started < 2


@pytest.mark.parametrize("text", ["", " \n\t", "\u200d\u200b", "\u00a0\u3000", "\u2800", "\ufe0f"])
def test_a_text_without_anything_to_see_is_not_seen(text):
    assert not is_seen(text)


@pytest.mark.parametrize("text", ["a", " .", "👍", "\u0301"])
def test_a_single_sign_is_seen(text):
    assert is_seen(text)
