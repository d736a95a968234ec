"""Questions in vain: the same words once, identifiers masked, nobody recognisable."""

from desk.report.traffic import AskedQuestion
from desk.report.unanswered import MOST_GROUPS, SHOWN_CHARACTERS, group_unanswered


def asked(text, who="an", times=1):
    return AskedQuestion(text, who, times)


def test_case_marks_and_abbreviations_do_not_make_another_question():
    figures = group_unanswered(
        [
            asked("Rút BHXH 1 lần được không?", "an"),
            asked("rut bhxh 1 lan duoc khong", "binh"),
            asked("rút BHXH 1 lần đc k", "chi"),
        ]
    )
    (group,) = figures.groups
    assert (group.people, group.times) == (3, 3)


def test_the_most_frequent_wording_is_shown():
    figures = group_unanswered([asked("rut bao hiem", "an"), asked("Rút bảo hiểm", "binh", 2)])
    assert figures.groups[0].text == "Rút bảo hiểm"


def test_what_one_person_asked_is_only_counted():
    figures = group_unanswered([asked("Câu của riêng tôi", "an", 7)])
    assert (figures.groups, figures.times, figures.alone) == ((), 7, 1)


def test_one_person_who_repeats_is_one_person():
    figures = group_unanswered([asked("Một câu", "an", 3), asked("một câu", "an", 2)])
    assert figures.groups == ()
    assert figures.times == 5


def test_identifiers_are_masked_and_do_not_tell_questions_apart():
    figures = group_unanswered(
        [asked("Tra cứu số 0912345678 cho tôi", "an"), asked("tra cứu số 0987654321 cho tôi", "binh")]
    )
    (group,) = figures.groups
    assert "0912345678" not in group.text
    assert "[số điện thoại]" in group.text


def test_people_come_before_repetitions_and_ties_go_by_the_words():
    figures = group_unanswered(
        [asked("hai người", "an", 9), asked("hai người", "binh", 9), asked("ba người", "an"), asked("ba người", "binh"),
         asked("ba người", "chi"), asked("a hai", "an", 9), asked("a hai", "binh", 9)]
    )  # fmt: skip
    assert [group.text for group in figures.groups] == ["ba người", "a hai", "hai người"]


def test_only_the_most_asked_are_listed_and_the_rest_is_counted():
    many = [asked(f"hỏi về điều {n + 11}", who) for n in range(MOST_GROUPS + 5) for who in ("an", "binh")]
    figures = group_unanswered(many)
    assert (len(figures.groups), figures.further) == (MOST_GROUPS, 5)


def test_a_long_question_is_cut():
    text = "dài " * 100
    figures = group_unanswered([asked(text, "an"), asked(text, "binh")])
    assert len(figures.groups[0].text) <= SHOWN_CHARACTERS
    assert figures.groups[0].text.endswith("…")


def test_what_has_no_letters_is_no_question():
    assert group_unanswered([asked("??? 🙂", "an"), asked("…", "binh")]).times == 0
