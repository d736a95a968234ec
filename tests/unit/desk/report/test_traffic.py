"""Answers by what became of them and by topic."""

from desk.report.traffic import AnswerCount, Family, by_family, by_status, by_topic, family_of


class Topics:
    def name_of(self, passage_id):
        return {"faq/a": "Hưu trí", "faq/b": "Hưu trí", "288-BHXH-VP/1.e": "Công văn 288/BHXH-VP"}.get(passage_id)


ANSWERS = [
    AnswerCount("answered", "faq/a", 3),
    AnswerCount("answered", "faq/b", 2),
    AnswerCount("answered", "288-BHXH-VP/1.e", 5),
    AnswerCount("answered", "faq/gone", 4),
    AnswerCount("answered", "", 1),
    AnswerCount("clarification", "", 2),
    AnswerCount("unanswerable_low_score", "", 2),
    AnswerCount("unanswerable_own_case", "", 1),
    AnswerCount("desk_claimed", "", 9),
]


def test_statuses_belong_to_families_by_their_first_words():
    assert family_of("unanswerable_no_content") is Family.UNANSWERABLE
    assert family_of("answered") is Family.ANSWERED
    assert family_of("answeredness") is None
    assert family_of("no_status") is None


def test_every_family_is_a_share_of_all_questions():
    shares = by_family(ANSWERS)
    assert (shares[Family.ANSWERED].part, shares[Family.ANSWERED].of) == (15, 20)
    assert shares[Family.ERROR].part == 0


def test_of_no_question_there_is_no_share():
    assert by_family([])[Family.ANSWERED].value is None


def test_kinds_of_one_family():
    assert by_status(ANSWERS, Family.UNANSWERABLE) == (("unanswerable_low_score", 2), ("unanswerable_own_case", 1))


def test_topics_add_up_ties_go_by_name_and_the_unknown_comes_last():
    assert by_topic(ANSWERS, Topics()) == (("Công văn 288/BHXH-VP", 5), ("Hưu trí", 5), (None, 5))
