"""Entries drawn at random stand beside their facts."""

from dataclasses import replace
from datetime import date

from knowledge.facts.fact import Ledger
from knowledge.facts.page_words import load_page_words
from knowledge.facts.sample_page import drawn, sample_page
from tests.unit.knowledge.facts.test_risk import ENTRY, FACT

WORDS = load_page_words()
MANY = [replace(ENTRY, id=f"muc-{number}", facts=("F10",)) for number in range(100)]


def test_the_same_seed_draws_the_same_entries_in_any_order():
    assert drawn(MANY, WORDS) == drawn(MANY[::-1], WORDS)
    assert drawn(MANY, WORDS) != drawn(MANY, replace(WORDS, seed=1))
    assert len({entry.id for entry in drawn(MANY, WORDS)}) == 30


def test_a_small_base_is_shown_whole():
    assert len(drawn(MANY[:3], WORDS)) == 3


def test_an_entry_stands_beside_its_facts_with_law_days_and_doubt():
    fact = replace(FACT, law="Luật thử Điều 2", doubt="Có đúng không?", effective_from=date(2025, 7, 1))
    page = sample_page([replace(ENTRY, facts=("F10", "F99"))], Ledger((fact,)), WORDS)
    for words in (str(WORDS.seed), ENTRY.question, "01/07/2025", "Luật thử Điều 2", "Có đúng không?", "**F99**: không"):
        assert words in page


def test_an_entry_without_facts_says_so():
    assert WORDS.sample["no_facts"] in sample_page([ENTRY], Ledger(()), WORDS)
