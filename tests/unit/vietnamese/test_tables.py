"""What the tables promise: their outputs are final, their entries do not contradict each other."""

import pytest

from vietnamese.abbreviations import ABBREVIATIONS
from vietnamese.act_pattern import phrases_of
from vietnamese.act_words import WORD_CLASSES
from vietnamese.acts import ACT_RULES
from vietnamese.ambiguous_abbreviations import AMBIGUOUS_ABBREVIATIONS
from vietnamese.ambiguous_chat_words import AMBIGUOUS_CHAT_WORDS
from vietnamese.chat_words import CHAT_WORDS
from vietnamese.expansion import expand
from vietnamese.keys import plain_key, search_key
from vietnamese.phrases import PHRASES

_WRITTEN_OUT = sorted({*ABBREVIATIONS.values(), *CHAT_WORDS.values(), *PHRASES.values()})
_READINGS = [
    (typed, each.words)
    for table in (AMBIGUOUS_ABBREVIATIONS, AMBIGUOUS_CHAT_WORDS)
    for typed, readings in table.items()
    for each in readings
]


def test_what_a_table_writes_out_is_not_expanded_again():
    assert {words for words in _WRITTEN_OUT if expand(words).text != words} == set()


def test_a_reading_is_final_or_the_token_itself():
    loose = {typed for typed, words in _READINGS if words != typed and expand(words).text != words}
    assert loose == {"nhiu"}  # "nhiêu" stands only after "bao"


def test_no_token_is_in_two_tables():
    tables = (ABBREVIATIONS, CHAT_WORDS, AMBIGUOUS_ABBREVIATIONS, AMBIGUOUS_CHAT_WORDS)
    assert sum(len(table) for table in tables) == len({token for table in tables for token in table})


@pytest.mark.parametrize("rule", ACT_RULES, ids=lambda rule: rule.name)
def test_act_lexicons_are_spelt_as_keys_are(rule):
    phrases = {*phrases_of(rule.when, WORD_CLASSES), *phrases_of(rule.unless, WORD_CLASSES)}
    plain = {phrase for phrase in phrases if phrase.isascii() and "#" not in phrase}
    marked = {phrase for phrase in phrases if not phrase.isascii()} | phrases_of(rule.marked, WORD_CLASSES)
    assert {phrase for phrase in plain if plain_key(phrase) != phrase} == set()
    assert {phrase for phrase in marked if search_key(phrase) != phrase} == set()


def test_act_rules_have_names_of_their_own():
    assert len({rule.name for rule in ACT_RULES}) == len(ACT_RULES)
