import numpy as np
import pytest

from knowledge.embedding.fake import FakeEmbedder
from knowledge.evaluation.calibration import Example, collect_examples, fit
from knowledge.evaluation.held_out import (
    Asked,
    HeldOutIndexes,
    RememberingEmbedder,
    as_typed,
    confusions,
    own_questions,
    retrieve_themselves,
    share_right,
    spellings,
    without,
    without_diacritics,
)
from knowledge.passage import Collection
from knowledge.search.calibration import Features, probability
from knowledge.search.diacritics import SyllableCounts
from knowledge.search_result import Hit
from tests.small_base import LOST_BOOK, LOST_CARD, PASSAGES, RECIPIENTS, SEARCH, SUMMER_DUTY, section


@pytest.fixture(scope="module")
def indexes():
    return HeldOutIndexes(PASSAGES, FakeEmbedder(), SEARCH, SyllableCounts({}, {}))


def test_every_entry_finds_itself_by_its_own_questions(indexes):
    run = retrieve_themselves(indexes, Collection.FAQ)
    assert share_right(run.own) == 1.0


def test_each_sample_question_is_asked_with_and_without_diacritics_while_it_is_left_out(indexes):
    run = retrieve_themselves(indexes, Collection.FAQ)
    assert {one.question for one in run.held_out} == {
        q for p in (LOST_CARD, LOST_BOOK) for typed in p.questions for q in spellings(typed)
    }


def test_a_question_left_out_does_not_find_itself_by_its_own_words():
    only_here = section("9", "Nội dung khác hẳn.", questions=("zzz yyy xxx",))
    other = section("8", "Chuyện zzz.", questions=("zzz yyy",))
    indexes = HeldOutIndexes((only_here, other), FakeEmbedder(), SEARCH, SyllableCounts({}, {}))
    run = retrieve_themselves(indexes, Collection.DIRECTIVES)
    found = {one.question: one.found.id for one in run.held_out if one.expected is only_here}
    assert found["zzz yyy xxx"] == other.id
    assert share_right(run.own) == 1.0


def test_each_wording_is_counted_once_in_either_spelling(indexes):
    run = retrieve_themselves(indexes, Collection.FAQ)
    typed = [question for one in (LOST_CARD, LOST_BOOK) for question in one.questions]
    assert sorted(one.question for one in as_typed(run.held_out)) == sorted(typed)
    assert {one.typed for one in without_diacritics(run.held_out)} == set(typed)


def test_the_place_of_the_own_entry_decides():
    hits = (Hit(LOST_BOOK, 0.9, 1), Hit(LOST_CARD, 0.4, 2))
    asked = Asked("mất thẻ", LOST_CARD, hits, "mất thẻ")
    assert [asked.is_within(places) for places in (1, 2, 3)] == [False, True, True]
    assert (share_right([asked]), share_right([asked], 3)) == (0.0, 1.0)


def test_wordings_that_another_entry_answers_better_come_with_the_clearest_first():
    def asked(question, own_score, typed=None):
        own = (Hit(LOST_CARD, own_score, 2),) if own_score else ()
        return Asked(question, LOST_CARD, (Hit(LOST_BOOK, 0.8, 1), *own), typed or question)

    right = Asked("thẻ", LOST_CARD, (Hit(LOST_CARD, 0.9, 1),), "thẻ")
    found = confusions([right, asked("gần", 0.7), asked("mất hẳn", 0.0), asked("mat han", 0.0, "mất hẳn")])
    assert [(one.question, one.own_rank) for one in found] == [("mất hẳn", 0), ("gần", 2)]
    assert (found[0].entry, found[0].winner) == (LOST_CARD.document, LOST_BOOK.document)


def test_progress_is_told_up_to_the_end(indexes):
    seen = []
    retrieve_themselves(indexes, Collection.FAQ, lambda done, total: seen.append((done, total)))
    assert seen == [(0, 2), (1, 2), (2, 2)]


def test_a_collection_without_questions_asks_nothing(indexes):
    run = retrieve_themselves(indexes, Collection.DIRECTIVES)
    assert run.held_out == ()
    assert share_right(run.held_out) == 0.0


def test_the_title_of_a_section_is_no_question():
    assert own_questions(SUMMER_DUTY) == ()
    assert own_questions(LOST_CARD)[0] == LOST_CARD.title


def test_leaving_out_more_than_there_are_changes_nothing():
    assert without(LOST_CARD, 7) == LOST_CARD


def test_a_text_is_embedded_once():
    class Counting(FakeEmbedder):
        calls = 0

        def embed_queries(self, texts):
            self.calls += len(texts)
            return super().embed_queries(texts)

    counting = Counting()
    embedder = RememberingEmbedder(counting)
    assert np.array_equal(embedder.embed_queries(["thẻ", "sổ"]), embedder.embed_queries(["thẻ", "sổ"]))
    assert counting.calls == 2


def test_examples_hold_questions_that_nothing_answers(indexes):
    examples = collect_examples(indexes, SEARCH.fusion, lambda done, total: None)
    assert {example.is_right for example in examples} == {True, False}


def test_what_cannot_be_answered_with_is_never_an_example():
    indexes = HeldOutIndexes((RECIPIENTS,), FakeEmbedder(), SEARCH, SyllableCounts({}, {}))
    assert collect_examples(indexes, SEARCH.fusion, lambda done, total: None) == []


def test_the_fit_tells_right_hits_from_wrong_ones():
    def example(number, is_right):
        shift = 0.5 if is_right else 0.0
        return Example(Features(number / 100 + shift, number / 200, shift, 0.1, 2.0), is_right)

    examples = [example(number, is_right) for number in range(50) for is_right in (True, False)]
    weights = fit(examples)
    right, wrong = (
        np.mean([probability(one.features, weights) for one in examples if one.is_right is kind])
        for kind in (True, False)
    )
    assert right > 0.9 > 0.1 > wrong
