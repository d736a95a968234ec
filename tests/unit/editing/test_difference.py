"""Two versions side by side: nothing is lost, nothing is invented."""

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from editing.bodies.directive import DirectiveBody
from editing.difference import Mark, Piece, difference, marked
from tests.fakes.knowledge_base import ONE_OFF, REFERENCE

TEXTS = st.text(alphabet=st.sampled_from("ab c\nđô1"), max_size=60)


def joined(pieces):
    return "".join(piece.text for piece in pieces)


@given(TEXTS, TEXTS)
def test_the_pieces_are_the_texts_again(before, after):
    left, right = marked(before, after)
    assert (joined(left), joined(right)) == (before, after)
    assert {piece.mark for piece in left} <= {Mark.SAME, Mark.REMOVED}
    assert {piece.mark for piece in right} <= {Mark.SAME, Mark.ADDED}


def test_words_that_changed_are_marked():
    _, after = marked("nghỉ đủ 12 tháng", "nghỉ đủ 6 tháng")
    assert Piece(Mark.ADDED, "6") in after


def test_a_long_text_is_compared_by_lines():
    before = "\n".join("một dòng văn bản khá dài" for _ in range(2_000))
    left, right = marked(before, before + "\nthêm")
    assert (joined(left), joined(right)) == (before, before + "\nthêm")


def test_only_what_differs_is_told():
    changed = replace(ONE_OFF, answer="Khác.", review_by=date(2028, 1, 1))
    assert [change.field for change in difference(ONE_OFF, changed)] == ["answer", "review_by"]


def test_equal_bodies_have_no_difference():
    assert difference(REFERENCE, REFERENCE) == ()


def test_of_a_new_document_everything_that_is_filled_in_is_told():
    fields = [change.field for change in difference(None, ONE_OFF)]
    assert "question" in fields
    assert "facts" not in fields


def test_questions_of_a_directive_are_compared_by_section():
    before, after = DirectiveBody("a", {}, {"1": ("hỏi",)}), DirectiveBody("a", {}, {"1": ("hỏi", "hỏi nữa")})
    (change,) = difference(before, after)
    assert change.field == "questions"


def test_nested_facts_of_a_directive_read_as_words():
    after = DirectiveBody("a", {"validity": {"effective_from": "2026-01-01", "note": "hết"}, "occasion": None})
    (front, *_) = difference(DirectiveBody("a"), after)
    assert "".join(piece.text for piece in front.after) == "validity: 2026-01-01, hết"
