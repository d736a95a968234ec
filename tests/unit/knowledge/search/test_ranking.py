import numpy as np
import pytest

from knowledge.passage import Collection
from knowledge.search.calibration import Features, never_rising, probability
from knowledge.search.ranking import Wanted, margins, rank, says_the_same
from tests.small_base import CALIBRATION, LOST_BOOK, LOST_CARD, PASSAGES, SUMMER_DUTY, section


def scores(*values):
    return np.array(values, dtype=np.float32)


def test_best_come_first():
    assert rank(PASSAGES, scores(1, 3, 2, 0, 9), Wanted(), limit=3).hits == (1, 2, 0)


def test_equal_scores_keep_their_order():
    assert rank(PASSAGES, scores(1, 1, 1, 1, 1), Wanted(), limit=4).hits == (0, 1, 2, 3)


def test_what_may_not_be_answered_is_rejected():
    assert rank(PASSAGES, scores(1, 3, 2, 0, 9), Wanted(), limit=3).rejected == (4,)


def test_another_collection_is_rejected():
    ranking = rank(PASSAGES, scores(5, 4, 3, 2, 1), Wanted(Collection.DIRECTIVES), limit=5)
    assert ranking.hits == (2, 3)
    assert ranking.rejected == (0, 1, 4)


def test_no_more_than_two_that_say_the_same_are_hits():
    alike = [section("1", f"Phần {part} của mục 1.") for part in range(1, 4)]
    assert rank((*alike, LOST_CARD), scores(4, 3, 2, 1), Wanted(), limit=4).hits == (0, 1, 3)


def test_parts_of_a_section_say_the_same():
    assert says_the_same(section("1", "Đầu."), section("1", "Cuối."))
    assert not says_the_same(LOST_CARD, LOST_BOOK)


def test_marking_one_of_two_as_a_duplicate_is_enough():
    annex = section("Phụ lục I.1", "Trực hè.", near_duplicates=(SUMMER_DUTY.id,))
    assert says_the_same(SUMMER_DUTY, annex)
    assert says_the_same(annex, SUMMER_DUTY)


def test_the_margin_is_the_lead_over_what_says_something_else():
    twin = section("Phụ lục I.1", "Trực hè.", near_duplicates=(SUMMER_DUTY.id,))
    leads = margins((SUMMER_DUTY, twin, LOST_CARD), scores(5, 4.5, 3), (0, 1, 2))
    assert leads == pytest.approx((2, 1.5, -2))


def test_a_lone_hit_has_no_margin():
    assert margins((LOST_CARD,), scores(5), (0,)) == (0.0,)


def test_more_coverage_makes_a_hit_likelier():
    low, high = (Features(topic=0.5, margin=0.1, coverage=c, pair_coverage=0, length=2) for c in (0.1, 0.9))
    assert 0 < probability(low, CALIBRATION) < probability(high, CALIBRATION) < 1


def test_extreme_features_do_not_overflow():
    assert probability(Features(-1e9, 0, 0, 0, 0), CALIBRATION) == pytest.approx(0)


def test_a_score_never_exceeds_the_one_before():
    assert never_rising((0.9, 0.95, 0.2, 0.3)) == (0.9, 0.9, 0.2, 0.2)
