"""Laws that hold for every text."""

import re
import unicodedata

from hypothesis import given

from tests.unit.vietnamese.strategies import messages, texts
from vietnamese.accents import has_accents, strip_accents
from vietnamese.expansion import MOST_READINGS, expand
from vietnamese.identifiers import find_identifiers, mask_identifiers
from vietnamese.keys import plain_key, search_key
from vietnamese.normalise import clean
from vietnamese.sentences import split_sentences
from vietnamese.tones import fold_i_y, fold_tones


def _decomposed(text: str) -> str:
    return unicodedata.normalize("NFD", text)


@given(texts)
def test_cleaning_twice_changes_nothing(text):
    assert clean(clean(text)) == clean(text)


@given(texts)
def test_folding_tones_twice_changes_nothing(text):
    assert fold_tones(fold_tones(text)) == fold_tones(text)


@given(texts)
def test_folding_i_and_y_twice_changes_nothing(text):
    assert fold_i_y(fold_i_y(text)) == fold_i_y(text)


@given(texts)
def test_stripping_accents_twice_changes_nothing(text):
    assert strip_accents(strip_accents(text)) == strip_accents(text)


@given(texts)
def test_expanding_the_best_reading_changes_nothing(text):
    best = expand(text).text
    assert expand(best).text == best


@given(messages)
def test_expanding_a_chat_message_settles(text):
    best = expand(text).text
    assert expand(best).text == best


@given(texts)
def test_the_plain_key_of_a_plain_key_is_itself(text):
    assert plain_key(plain_key(text)) == plain_key(text)


@given(messages)
def test_composed_and_decomposed_typing_have_equal_keys(text):
    composed = unicodedata.normalize("NFC", text)
    assert clean(_decomposed(text)) == clean(composed)
    assert search_key(_decomposed(text)) == search_key(composed)
    assert plain_key(_decomposed(text)) == plain_key(composed)


@given(texts)
def test_composed_and_decomposed_text_lose_the_same_accents(text):
    composed = unicodedata.normalize("NFC", text)
    assert strip_accents(_decomposed(composed)) == strip_accents(composed)
    assert has_accents(_decomposed(composed)) == has_accents(composed)


@given(texts)
def test_the_plain_key_holds_only_small_letters_digits_and_single_blanks(text):
    assert re.fullmatch(r"(?:[a-z0-9]+(?: [a-z0-9]+)*)?", plain_key(text))


@given(texts)
def test_readings_are_few_distinct_and_begin_with_the_best(text):
    expansion = expand(text)
    assert expansion.readings[0] == expansion.text
    assert len(set(expansion.readings)) == len(expansion.readings) <= MOST_READINGS


@given(texts)
def test_sentences_keep_every_character_that_is_not_space(text):
    assert "".join("".join(split_sentences(text)).split()) == "".join(text.split())


@given(texts)
def test_masking_never_adds_digits(text):
    def digits(value: str) -> int:
        return sum(character.isdigit() for character in value)

    assert digits(mask_identifiers(text)) <= digits(text)


@given(texts)
def test_masking_twice_changes_nothing(text):
    assert mask_identifiers(mask_identifiers(text)) == mask_identifiers(text)


@given(texts)
def test_identifiers_lie_in_the_text_in_order_and_apart(text):
    end = 0
    for identifier in find_identifiers(text):
        assert end <= identifier.start < identifier.end <= len(text)
        end = identifier.end
