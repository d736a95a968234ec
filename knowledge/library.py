"""The whole knowledge base of one day: directives, FAQ entries, and the passages that are searched."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from knowledge.directives.directive import Directive
from knowledge.directives.library import load_directives
from knowledge.directives.passages import directive_passages
from knowledge.faqs.entry import FaqEntry
from knowledge.faqs.library import load_faqs
from knowledge.faqs.parameters import load_parameters
from knowledge.faqs.passages import faq_passages
from knowledge.passage import Passage
from knowledge.sample_questions import SampleQuestions, load_sample_questions

DIRECTIVES_FOLDER = "directives"
FAQS_FOLDER = "faqs"
PARAMETERS_FILE = "parameters.yml"
QUESTIONS_FILE = "questions.yml"


@dataclass(frozen=True)
class Library:
    """What one content folder holds."""

    directives: tuple[Directive, ...]
    entries: tuple[FaqEntry, ...]
    passages: tuple[Passage, ...]


def load_library(content_folder: Path, today: date) -> Library:
    """Raises `KnowledgeError` or `ContentError` naming the file that is wrong.

    Without a file of sample questions the sections of directives are found by their text alone.
    """
    folder = content_folder / DIRECTIVES_FOLDER
    directives = load_directives(folder)
    questions = load_sample_questions(folder / QUESTIONS_FILE, directives)
    entries = load_faqs(content_folder / FAQS_FOLDER, load_parameters(content_folder / PARAMETERS_FILE), today)
    of_directives = (passage for directive in directives for passage in with_questions(directive, questions))
    return Library(directives, entries, (*of_directives, *faq_passages(entries)))


def load_passages(content_folder: Path, today: date) -> tuple[Passage, ...]:
    """The passages of `load_library`."""
    return load_library(content_folder, today).passages


def with_questions(directive: Directive, questions: Mapping[str, SampleQuestions]) -> Iterable[Passage]:
    """Every part of a long section gets all questions of the section: its text decides between the parts."""
    of_sections = questions.get(directive.slug, {})
    for passage in directive_passages(directive):
        yield replace(passage, questions=(*passage.questions, *of_sections.get(passage.section, ())))
