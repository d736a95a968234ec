from hypothesis import given
from hypothesis import strategies as st

from connectors.stored_text import storable

ANY_TEXT = st.text(st.characters(codec=None, exclude_categories=()))


@given(ANY_TEXT)
def test_what_is_stored_can_be_encoded_and_holds_no_nul(text):
    kept = storable(text)
    assert "\x00" not in kept
    assert kept.encode("utf-8").decode("utf-8") == kept


@given(ANY_TEXT)
def test_storing_twice_changes_nothing_more(text):
    assert storable(storable(text)) == storable(text)


def test_vietnamese_emoji_and_line_ends_stay():
    assert storable("Hỏi\nđáp 🙏\t1") == "Hỏi\nđáp 🙏\t1"
