from datetime import date
from pathlib import Path

import pytest

from knowledge.errors import KnowledgeError
from knowledge.library import load_library, load_passages
from knowledge.passage import MAX_PASSAGE_CHARACTERS, Collection
from knowledge.sample_questions import load_sample_questions

CONTENT = Path(__file__).resolve().parents[3] / "knowledge" / "content"
TODAY = date(2026, 12, 1)


@pytest.fixture(scope="module")
def library():
    return load_library(CONTENT, TODAY)


def questions_file(tmp_path, text):
    path = tmp_path / "questions.yml"
    path.write_text(text, encoding="utf-8")
    return path


def test_directives_and_faq_entries_stand_side_by_side(library):
    assert {passage.collection for passage in library.passages} == set(Collection)


def test_ids_are_unique_and_no_passage_is_too_long(library):
    assert len({passage.id for passage in library.passages}) == len(library.passages)
    assert max(len(passage.text) for passage in library.passages) <= MAX_PASSAGE_CHARACTERS


def test_the_passages_are_those_of_the_library(library):
    assert load_passages(CONTENT, TODAY) == library.passages


def test_sample_questions_reach_the_passages_of_their_section(library):
    questions = load_sample_questions(CONTENT / "directives" / "questions.yml", library.directives)
    with_questions = {(p.document, p.section): p.questions for p in library.passages if p.questions}
    directive = library.directives[0]
    assert questions[directive.slug]
    for label, asked in questions[directive.slug].items():
        assert set(asked) <= set(with_questions[directive.number, label])


def test_without_a_file_there_are_no_sample_questions(tmp_path):
    assert load_sample_questions(tmp_path / "none.yml", ()) == {}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("nope: {}", "no directive nope"),
        ("288-BHXH-VP: {'99.z': [hỏi gì]}", "no section 99.z"),
        ("288-BHXH-VP: {'1.a': hỏi gì}", "expected a list of questions"),
        ("288-BHXH-VP: {'1.a': ['']}", "expected a list of questions"),
        ("288-BHXH-VP: [hỏi]", "expected sections"),
        ("- hỏi", "expected directives"),
        ("a: [", "not valid YAML"),
    ],
)
def test_what_is_wrong_with_the_file_is_named(library, tmp_path, text, said):
    with pytest.raises(KnowledgeError, match=said):
        load_sample_questions(questions_file(tmp_path, text), library.directives)
