"""Cells of a row, as people fill them in."""

from datetime import date

import pytest

from editing.bodies.faq import FaqBasis
from editing.importing.faq_row import read_day, read_row

TODAY = date(2026, 11, 22)
GOOD = {
    "question": "Hỏi thử?",
    "answer": "Đáp thử.",
    "topic": "Thử",
    "documents": "Luật thử số 1\nNghị định thử số 2",
    "articles": "Điều 5",
    "effective_from": "01/07/2025\n2026-01-01",
    "effective_to": "\n31/12/2026",
    "audience": "người lao động; Người dân",
    "review_by": "30.06.2027",
    "alternates": "- một\n- hai\nba\nbốn\nnăm\nsáu\nbảy\ntám\ntám",
}
AUDIENCES = {"employee": "Người lao động", "citizen": "Người dân"}


def read(**changed):
    return read_row(2, {**GOOD, **changed}, (), AUDIENCES, TODAY)


def kinds(**changed):
    return {problem.kind for problem in read(**changed).problems}


def test_a_row_that_is_filled_in_well_has_nothing_wrong():
    found = read()
    assert found.problems == ()
    assert found.body.legal_basis == (
        FaqBasis("Luật thử số 1", "Điều 5", date(2025, 7, 1), None),
        FaqBasis("Nghị định thử số 2", "", date(2026, 1, 1), date(2026, 12, 31)),
    )
    assert found.body.audience == ("employee", "citizen")
    assert found.body.alternates == ("một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám")


@pytest.mark.parametrize(
    ("changed", "kind"),
    [
        ({"question": ""}, "question_missing"),
        ({"question": "x" * 301}, "question_long"),
        ({"answer": ""}, "answer_missing"),
        ({"answer": "x" * 701}, "answer_long"),
        ({"answer": "x" * 5_001}, "answer_far_too_long"),
        ({"alternates": "một"}, "alternates_few"),
        ({"alternates": "\n".join(map(str, range(201)))}, "alternates_many"),
        ({"documents": ""}, "basis_unequal"),
        ({"effective_from": "32/13/2026"}, "day_invalid"),
        ({"effective_to": "01/01/2020"}, "days_reversed"),
        ({"audience": "người ngoài hành tinh"}, "audience_unknown"),
        ({"audience": ""}, "audience_missing"),
        ({"review_by": ""}, "review_missing"),
        ({"review_by": "01/01/2020"}, "review_past"),
        ({"key": "Mã Có Dấu"}, "key_invalid"),
        ({"topic": "x" * 201}, "topic_long"),
        ({"answer": "Số định danh của ông là 001099012345."}, "identifier"),
    ],
)
def test_each_fault_has_its_name(changed, kind):
    assert kind in kinds(**changed)


def test_a_formula_without_a_value_is_a_fault_until_something_stands_there():
    bare = read_row(2, {"question": "Hỏi?"}, ("answer", "question"), AUDIENCES, TODAY)
    assert [problem.field for problem in bare.problems if problem.kind == "fault"] == ["answer"]


@pytest.mark.parametrize("text", ["1/7/2026", "01-07-2026", "2026-07-01", "2026-07-01 00:00:00", " 01.07.2026 "])
def test_days_as_people_write_them(text):
    assert read_day(text) == date(2026, 7, 1)
