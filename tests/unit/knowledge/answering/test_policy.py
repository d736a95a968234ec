import pytest

from knowledge.answering.policy import Band, choose_band, choose_options
from knowledge.search_result import Hit, SearchResult
from tests.unit.knowledge.answering.conftest import directive, faq, found

ONE, OTHER = directive("1"), directive("2")


@pytest.mark.parametrize(
    ("scored", "band"),
    [
        ([], Band.NOTHING),
        ([(ONE, 0.29)], Band.ABSTAIN),
        ([(ONE, 0.30)], Band.CLARIFY),
        ([(ONE, 0.49)], Band.CLARIFY),
        ([(ONE, 0.50)], Band.ANSWER),
        ([(ONE, 0.60), (OTHER, 0.56)], Band.CLARIFY),
        ([(ONE, 0.60), (OTHER, 0.54)], Band.ANSWER),
        ([(ONE, 0.80), (OTHER, 0.80)], Band.ANSWER),
    ],
)
def test_the_band_follows_the_thresholds_and_the_distance_to_the_rival(settings, scored, band):
    assert choose_band(found(*scored), settings) is band


def test_a_near_duplicate_is_no_rival(settings):
    best = directive("1", near_duplicates=(OTHER.id,))
    assert choose_band(found((best, 0.60), (OTHER, 0.59)), settings) is Band.ANSWER


def test_a_second_part_of_the_same_section_is_no_rival(settings):
    assert choose_band(found((ONE, 0.60), (directive("1", text="Phần sau."), 0.59)), settings) is Band.ANSWER


class TestABareSubject:
    """Of the conftest: asked back from 0.3, which up to four syllables reach with all options together."""

    @staticmethod
    def result(*hits, syllables=2):
        found = (Hit(passage, score, 1, lexical_score=held) for passage, score, held in hits)
        return SearchResult(tuple(found), syllables=syllables)

    @pytest.mark.parametrize(
        ("hits", "syllables", "band"),
        [
            ([(faq("a"), 0.2, 1.0), (faq("b"), 0.2, 1.0)], 2, Band.CLARIFY),
            ([(faq("a"), 0.2, 1.0), (faq("b"), 0.2, 1.0)], 4, Band.CLARIFY),
            ([(faq("a"), 0.2, 1.0), (faq("b"), 0.2, 1.0)], 5, Band.ABSTAIN),  # longer: it says what is wanted
            ([(faq("a"), 0.2, 1.0), (faq("b"), 0.2, 1.0)], 0, Band.ABSTAIN),  # nothing was searched
            ([(faq("a"), 0.14, 1.0), (faq("b"), 0.14, 1.0)], 2, Band.ABSTAIN),  # too unlikely even together
            ([(faq("a"), 0.14, 1.0), (faq("b"), 0.14, 1.0), (faq("c"), 0.04, 1.0)], 2, Band.CLARIFY),
            ([(faq("a"), 0.29, 1.0), (faq("b"), 0.09, 1.0)], 2, Band.ABSTAIN),  # one leads by far
            ([(faq("a"), 0.2, 1.0), (faq("b"), 0.2, 0.5)], 2, Band.ABSTAIN),  # one entry is no subject
            ([(faq("a"), 0.2, 1.0)], 2, Band.ABSTAIN),
            ([(faq("a"), 0.2, 1.0), (directive(), 0.2, 1.0)], 2, Band.ABSTAIN),
        ],
    )
    def test_it_is_asked_back_about(self, settings, hits, syllables, band):
        assert choose_band(self.result(*hits, syllables=syllables), settings) is band


def test_at_most_three_different_readings_are_offered():
    hits = found((faq("a"), 0.4), (faq("b"), 0.4), (faq("c"), 0.4), (faq("d"), 0.4)).hits
    assert [hit.passage.document for hit in choose_options(hits)] == ["a", "b", "c"]
