"""Sample questions for the sections of directives: how people ask for what stands in them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

import yaml

from knowledge.directives.directive import Directive
from knowledge.errors import KnowledgeError

SampleQuestions = Mapping[str, tuple[str, ...]]
"""Section label → questions."""


def load_sample_questions(path: Path, directives: Iterable[Directive]) -> dict[str, SampleQuestions]:
    """By file of the directive; empty when there is no such file.

    Raises `KnowledgeError` for a slug or section that no directive has, and for anything but lists of texts.
    """
    if not path.exists():
        return {}
    try:
        document = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader) or {}
    except yaml.YAMLError as error:
        raise KnowledgeError(f"{path}: not valid YAML: {error}") from error
    if not isinstance(document, dict):
        raise KnowledgeError(f"{path}: expected directives and their sections")
    sections = {directive.file: {section.label for section in directive.sections} for directive in directives}
    return {str(slug): _of_directive(path, str(slug), rows, sections) for slug, rows in document.items()}


def _of_directive(path: Path, slug: str, rows: object, sections: Mapping[str, set[str]]) -> SampleQuestions:
    if slug not in sections:
        raise KnowledgeError(f"{path}: no directive {slug}; there are: {', '.join(sorted(sections))}")
    if not isinstance(rows, dict):
        raise KnowledgeError(f"{path}: {slug}: expected sections and their questions")
    questions = {str(label): _questions(path, f"{slug}: {label}", listed) for label, listed in rows.items()}
    unknown = sorted(questions.keys() - sections[slug])
    if unknown:
        raise KnowledgeError(f"{path}: {slug} has no section {', '.join(unknown)}")
    return questions


def _questions(path: Path, where: str, listed: object) -> tuple[str, ...]:
    if not isinstance(listed, list) or not all(isinstance(one, str) and one.strip() for one in listed):
        raise KnowledgeError(f"{path}: {where}: expected a list of questions")
    return tuple(listed)
