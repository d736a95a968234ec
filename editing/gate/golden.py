"""Reads `golden.yml`: questions as people type them, each with the document that has to answer."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import yaml

from editing.gate.question import ABSTAIN, ASK_BACK, GateQuestion, Origin
from knowledge.errors import KnowledgeError
from knowledge.library import Documents

MOST_QUESTIONS = 5_000
QUESTION_CHARACTERS = 1_000
_KINDS = ("faq/", "directive/")


def load_golden(path: Path) -> tuple[GateQuestion, ...]:
    """Empty when there is no such file. Raises KnowledgeError naming the file and the place that is wrong."""
    if not path.exists():
        return ()
    try:
        document = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise KnowledgeError(f"{path}: not valid YAML: {error}") from error
    if not isinstance(document, dict) or document.keys() != {"questions"}:
        raise KnowledgeError(f"{path}: expected one key, questions")
    rows = document["questions"] or []
    if not isinstance(rows, list) or len(rows) > MOST_QUESTIONS:
        raise KnowledgeError(f"{path}: expected a list of at most {MOST_QUESTIONS} questions")
    questions = tuple(_question(path, place, row) for place, row in enumerate(rows, 1))
    if len({question.text for question in questions}) != len(questions):
        raise KnowledgeError(f"{path}: a question stands there twice")
    return questions


def unknown_documents(questions: Iterable[GateQuestion], documents: Documents) -> tuple[str, ...]:
    """Names that are expected somewhere and not filed, in order."""
    filed = {f"faq/{one.id}" for one in documents.templates} | {f"directive/{one.slug}" for one in documents.directives}
    return tuple(sorted({name for one in questions for name in one.expected if "/" in name} - filed))


def _question(path: Path, place: int, row: object) -> GateQuestion:
    if not isinstance(row, dict) or row.keys() != {"question", "expected"}:
        raise KnowledgeError(f"{path}: item {place}: expected the keys question and expected")
    text, expected = row["question"], row["expected"]
    names = [expected] if isinstance(expected, str) else expected
    if not isinstance(text, str) or not text.strip() or len(text) > QUESTION_CHARACTERS:
        raise KnowledgeError(f"{path}: item {place}: question has 1 to {QUESTION_CHARACTERS} characters")
    if not isinstance(names, list) or not names or not all(map(_is_expectation, names)):
        raise KnowledgeError(
            f"{path}: item {place}: expected is a document like faq/… or directive/…, {ABSTAIN}, {ASK_BACK}, or a list"
        )
    return GateQuestion(text.strip(), Origin.GOLDEN, tuple(names))


def _is_expectation(name: object) -> bool:
    return isinstance(name, str) and (name in (ABSTAIN, ASK_BACK) or (name.startswith(_KINDS) and len(name) > 4))
