from dataclasses import replace

import pytest

from knowledge.search.own_wording import OWN_WORDING, OwnWordings, keys_of
from knowledge.search_result import Hit
from tests.small_base import LOST_BOOK, LOST_CARD

BOOK = replace(LOST_BOOK, title="Mất sổ thì làm gì?", questions=("cấp lại sổ bhxh",))
CARD = replace(LOST_CARD, title="Mất thẻ thì làm gì?", questions=("làm lại thẻ bhyt",))
HITS = (Hit(CARD, 0.5, 1), Hit(BOOK, 0.4, 2))


def ids(hits):
    return [(hit.passage.id, hit.rank) for hit in hits]


@pytest.mark.parametrize(
    "asked",
    ["cấp lại sổ bhxh", "cap lai so bhxh", "Cấp lại sổ BHXH?", "cấp lại sổ bảo hiểm xã hội", "mat so thi lam gi"],
)
def test_the_entry_in_whose_words_is_asked_comes_first_and_is_clear(asked):
    hits = OwnWordings().first(HITS, keys_of(asked))
    assert ids(hits) == [(BOOK.id, 1), (CARD.id, 2)]
    assert [hit.score for hit in hits] == [OWN_WORDING, 0.5]


@pytest.mark.parametrize("asked", ["cấp lại sổ", "cấp lại sổ bhxh ở đâu", "", "?"])
def test_other_words_change_nothing(asked):
    assert OwnWordings().first(HITS, keys_of(asked)) == HITS


def test_a_wording_of_several_entries_is_nobodys():
    twin = replace(CARD, questions=("cấp lại sổ bhxh",))
    hits = (Hit(twin, 0.5, 1), Hit(BOOK, 0.4, 2))
    assert OwnWordings().first(hits, keys_of("cấp lại sổ bhxh")) == hits


def test_two_periods_of_one_entry_are_one():
    later = replace(BOOK, id=f"{BOOK.id}@2030-01-01")
    hits = OwnWordings().first((*HITS, Hit(later, 0.3, 3)), keys_of("cấp lại sổ bhxh"))
    assert ids(hits) == [(BOOK.id, 1), (CARD.id, 2), (later.id, 3)]


def test_a_better_score_stays():
    assert OwnWordings().first((Hit(BOOK, 0.995, 1),), keys_of("cấp lại sổ bhxh"))[0].score == 0.995


def test_nothing_was_found():
    assert OwnWordings().first((), keys_of("cấp lại sổ bhxh")) == ()
