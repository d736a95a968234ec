"""What a draft must be before somebody else reads it: the same rules as for files, each problem at its field."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from editing import drafting, review
from editing.bodies.directive import DirectiveBody
from editing.bodies.faq import FaqBasis
from editing.bodies.parameter import FiledValue
from editing.drafting import DraftChanges, NewDirective
from editing.errors import InvalidBodyError, WrongStateError
from editing.validation import problems_of_body
from tests.fakes.knowledge_base import BIRTH, ONE_OFF, REFERENCE
from tests.fakes.lifecycle import AN, NOW, TODAY, KnowledgeDesk

CONTENT = Path(__file__).resolve().parents[2] / "knowledge" / "content" / "directives"
LETTER = (CONTENT / "288-BHXH-VP.txt").read_text(encoding="utf-8")


@pytest.fixture
def desk(engine):
    return KnowledgeDesk(engine)


def found(desk, body, name="faq/rut-mot-lan"):
    return {(one.field, one.kind) for one in desk.read(problems_of_body, desk.document(name), body, TODAY)}


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"question": ""}, ("question", "empty_text")),
        ({"question": "x" * 301}, ("question", "text_too_long")),
        ({"answer": "x" * 701}, ("answer", "text_too_long")),
        ({"answer": "{muc_khong_co}"}, ("answer", "unknown_parameter")),
        ({"answer": "{muc_tham_chieu*}"}, ("answer", "placeholder_form")),
        ({"question": "Bao nhiêu {muc_tham_chieu}?"}, ("question", "placeholder_outside_answer")),
        ({"alternates": ONE_OFF.alternates[:2]}, ("alternates", "too_few_alternates")),
        ({"alternates": (*ONE_OFF.alternates, "RUT BHXH 1 LAN!")}, ("alternates.8", "duplicate_question")),
        ({"alternates": (*ONE_OFF.alternates, BIRTH.alternates[0])}, ("alternates.8", "duplicate_question")),
        ({"question": BIRTH.question}, ("question", "duplicate_question")),
        ({"legal_basis": (FaqBasis("", "Điều 1"),)}, ("legal_basis.0", "empty_text")),
        (
            {"legal_basis": (FaqBasis("Luật", "Điều 1", date(2026, 1, 2), date(2026, 1, 1)),)},
            ("legal_basis.0", "dates_reversed"),
        ),
        (
            {"legal_basis": (FaqBasis("Luật", "Điều 1", None, date(2026, 1, 1)),)},
            ("legal_basis.0", "legal_basis_ended"),
        ),
        ({"audience": ()}, ("audience", "empty_list")),
        ({"audience": ("nobody",)}, ("audience", "not_in_list")),
        ({"confidence": "low"}, ("confidence", "low_confidence_live")),
        ({"source": "secondary"}, ("answer", "secondary_not_said")),
        ({"review_by": None}, ("review_by", "date_form")),
        ({"review_by": date(2026, 1, 1)}, ("review_by", "review_overdue")),
        ({"related": ("khong-co",)}, ("related", "unknown_related")),
        ({"related": ("rut-mot-lan",)}, ("related", "unknown_related")),
    ],
)
def test_each_problem_stands_at_its_field(desk, changes, problem):
    assert problem in found(desk, replace(ONE_OFF, **changes))


def test_a_complete_entry_has_none_and_every_problem_has_words(desk):
    assert found(desk, ONE_OFF) == set()
    document = desk.document()
    problems = desk.read(problems_of_body, document, type(ONE_OFF)(), TODAY)
    assert all(one.message and "{" not in one.message for one in problems)


def test_an_overdue_review_is_a_warning_and_stops_nothing(desk):
    draft = desk.draft("faq/sinh-con-tro-cap")
    assert desk.submit(draft).submitted_at is not None


def test_the_values_of_a_parameter_follow_each_other(desk):
    twice = replace(REFERENCE, values=(*REFERENCE.values, FiledValue(Decimal(1), date(2026, 8, 1), None, "Nghị định")))
    assert ("values", "parameter_periods_overlap") in {
        (field.partition(".")[0], kind) for field, kind in found(desk, twice, "parameter/muc_tham_chieu")
    } or ("name", "parameter_periods_overlap") in found(desk, twice, "parameter/muc_tham_chieu")


def test_a_parameter_has_no_days_of_its_own(desk):
    draft = desk.draft("parameter/muc_tham_chieu")
    changes = DraftChanges(REFERENCE, live_from=date(2027, 1, 1))
    saved = desk.write(drafting.save_draft, draft.id, draft.revision, changes, AN, NOW)
    with pytest.raises(InvalidBodyError):
        desk.submit(saved)


def test_days_that_run_backwards_are_not_even_kept(desk):
    draft = desk.draft()
    changes = DraftChanges(ONE_OFF, live_from=date(2027, 1, 2), live_to=date(2027, 1, 1))
    with pytest.raises(InvalidBodyError):
        desk.write(drafting.save_draft, draft.id, draft.revision, changes, AN, NOW)


class TestDirectives:
    def test_one_is_taken_in_and_submitted_with_its_number_as_title(self, desk):
        version = self.new(desk, DirectiveBody(LETTER, {}, {"1.e": ("Ai trực Tết?",)}))
        assert version.title.startswith("288/BHXH-VP: ")
        assert desk.write(review.submit, version.id, 1, AN, NOW).submitted_at is not None

    def test_what_is_no_directive_is_kept_as_a_draft_and_not_submitted(self, desk):
        version = self.new(desk, DirectiveBody("Không phải văn bản."))
        with pytest.raises(InvalidBodyError) as refused:
            desk.write(review.submit, version.id, 1, AN, NOW)
        assert refused.value.problems[0].kind == "directive_unreadable"

    def test_questions_of_a_section_that_is_not_there_are_told(self, desk):
        version = self.new(desk, DirectiveBody(LETTER, {}, {"99.z": ("Hỏi gì?",)}))
        with pytest.raises(InvalidBodyError) as refused:
            desk.write(review.submit, version.id, 1, AN, NOW)
        assert refused.value.problems[0].field == "questions.99.z"

    @pytest.mark.parametrize("slug", ["questions", "../x", "", "a b", "288@2027-01-01"])
    def test_a_slug_that_could_be_no_file_is_refused(self, desk, slug):
        with pytest.raises(WrongStateError):
            self.new(desk, DirectiveBody(LETTER), slug)

    def new(self, desk, body, slug="288-BHXH-VP"):
        return desk.write(drafting.new_directive, NewDirective(slug, body), AN, NOW)
