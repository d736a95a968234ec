"""What can only be seen when entries are read beside each other."""

import pytest

from knowledge.faqs.problem import ProblemKind
from knowledge.faqs.validate import validate_folder

WORDINGS = "abcdefghi"


@pytest.fixture
def two(faqs, faq_text, parameters, today):
    """The kinds of problems of a second entry beside the first; `changes` are pairs of old and new pieces."""

    def check(*changes, first=()):
        head, entry = faq_text.split("entries:\n")
        other = entry.replace("id: muc-dong-thu", "id: muc-khac").replace("Mức đóng là {muc_thu}", "Cần 20 năm")
        lines = other.split("\n")
        other = "\n".join(f"{line} khác" if line.startswith(("      - ", "    question")) and "{" not in line else line
                          for line in lines)  # fmt: skip
        for old, new in changes:
            assert old in other
            other = other.replace(old, new)
        for old, new in first:
            assert old in entry
            entry = entry.replace(old, new)
        (faqs / "thu.yml").write_text(f"{head}entries:\n{entry}{other}", encoding="utf-8")
        return [problem.kind for problem in validate_folder(faqs, parameters, today)]

    return check


def with_lens(audience):
    return ("    audience: [citizen]\n", f"    audience: [{audience}]\n    lens: nhom-thu\n")


def test_two_entries_that_differ_have_no_problem(two):
    assert two() == []


def test_the_same_answer_twice_is_one_entry(two):
    assert two(("Cần 20 năm", "Mức đóng là {muc_thu}")) == [ProblemKind.SAME_ANSWER]


def test_the_same_answer_on_other_days_is_none(two):
    periods = {"first": [("    related", "    live_to: 2026-12-31\n    related")]}
    later = [("    related", "    live_from: 2027-01-01\n    related"), ("Cần 20 năm", "Mức đóng là {muc_thu}")]
    assert two(*later, **periods) == []


def test_a_group_tells_people_apart(two):
    assert two(with_lens("employer"), first=[with_lens("employee")]) == []


def test_a_group_of_one_is_none(two):
    assert two(with_lens("employer")) == [ProblemKind.LENS_ALONE]


def test_two_of_a_group_for_the_same_people_are_refused(two):
    shared = two(with_lens("employer, employee"), first=[with_lens("employee")])
    assert shared == [ProblemKind.LENS_AUDIENCE_SHARED]


def test_one_sentence_of_one_fact_with_another_number_is_a_contradiction(two):
    said = "Trợ cấp mai táng bằng 10 lần mức tham chiếu"
    mine = [("Mức đóng là {muc_thu}/tháng", said)]
    assert two(("Cần 20 năm/tháng", said.replace("10", "12") + " nhé"), first=mine) == [ProblemKind.FIGURES_CONTRADICT]


@pytest.mark.parametrize(
    "other", ["Trợ cấp mai táng bằng 10 lần mức tham chiếu nhé", "Nữ hưởng 12 lần khi sinh con thứ hai trở đi"]
)
def test_the_same_number_or_another_case_is_no_contradiction(two, other):
    said = [("Mức đóng là {muc_thu}/tháng", "Trợ cấp mai táng bằng 10 lần mức tham chiếu")]
    assert two(("Cần 20 năm/tháng", other), first=said) == []


def test_men_and_women_are_different_cases(two):
    said = "{} đóng đủ {} năm được hưởng mức khởi điểm, mỗi năm sau thêm một phần"
    mine = [("Mức đóng là {muc_thu}/tháng", said.format("Nam", 20))]
    assert two(("Cần 20 năm/tháng", said.format("Nữ", 15)), first=mine) == []


def test_entries_of_different_facts_are_not_compared(two):
    said = "Trợ cấp mai táng bằng 10 lần mức tham chiếu"
    mine = [("Mức đóng là {muc_thu}/tháng", said), ("[F00]", "[F01]")]
    assert two(("Cần 20 năm/tháng", said.replace("10", "12")), first=mine) == []
