from pathlib import Path

import pytest

from editing.gate.golden import load_golden, unknown_documents
from editing.gate.question import GateQuestion, Origin
from knowledge.errors import KnowledgeError
from knowledge.library import load_documents
from tests.small_content import TODAY

CONTENT = Path(__file__).resolve().parents[4] / "knowledge" / "content"


def written(tmp_path, text):
    path = tmp_path / "golden.yml"
    path.write_text(text, encoding="utf-8")
    return path


def test_questions_are_read_with_one_or_several_expected_documents(tmp_path):
    text = (
        "questions:\n"
        "  - {question: mat the, expected: faq/mat-the}\n"
        "  - {question: giá vàng, expected: abstain}\n"
        "  - {question: mất sổ, expected: [faq/mat-so, ask_back]}\n"
    )
    assert load_golden(written(tmp_path, text)) == (
        GateQuestion("mat the", Origin.GOLDEN, ("faq/mat-the",)),
        GateQuestion("giá vàng", Origin.GOLDEN, ("abstain",)),
        GateQuestion("mất sổ", Origin.GOLDEN, ("faq/mat-so", "ask_back")),
    )


def test_without_a_file_there_are_none(tmp_path):
    assert load_golden(tmp_path / "golden.yml") == ()


WRONG = {
    "no yaml": "questions: [",
    "a list": "- question: x",
    "another key": "questions: []\nmore: 1",
    "no list": "questions: x",
    "no expectation": "questions:\n  - {question: x}",
    "an unknown word": "questions:\n  - {question: x, expected: maybe}",
    "an empty list": "questions:\n  - {question: x, expected: []}",
    "a number": "questions:\n  - {question: 7, expected: abstain}",
    "no words": "questions:\n  - {question: ' ', expected: abstain}",
    "too long": f"questions:\n  - {{question: {'x' * 1001}, expected: abstain}}",
    "a name without its key": "questions:\n  - {question: x, expected: faq/}",
    "twice": "questions:\n  - {question: x, expected: abstain}\n  - {question: x, expected: abstain}",
}


@pytest.mark.parametrize("text", WRONG.values(), ids=WRONG)
def test_what_is_wrong_is_named_with_its_file(tmp_path, text):
    with pytest.raises(KnowledgeError, match=r"golden\.yml"):
        load_golden(written(tmp_path, text))


def test_the_golden_questions_of_the_project_expect_documents_that_are_there():
    questions = load_golden(CONTENT / "golden.yml")
    documents = load_documents(CONTENT, TODAY)
    assert len(questions) >= 60
    assert unknown_documents(questions, documents) == ()
    assert unknown_documents((GateQuestion("x", Origin.GOLDEN, ("faq/khong-co", "abstain")),), documents) == (
        "faq/khong-co",
    )


def test_no_golden_question_stands_in_the_base_already():
    documents = load_documents(CONTENT, TODAY)
    known = {
        wording.text.lower() for one in documents.templates for wording in (one.filed.question, *one.filed.alternates)
    }
    assert [one.text for one in load_golden(CONTENT / "golden.yml") if one.text.lower() in known] == []
