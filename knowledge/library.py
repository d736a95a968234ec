"""The whole knowledge base as one content folder holds it: directives, FAQs, and the passages that are searched."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from knowledge.directives.directive import Directive
from knowledge.directives.library import load_directives
from knowledge.directives.passages import directive_passages
from knowledge.faqs.entry import FaqEntry
from knowledge.faqs.parameters import Parameters, load_parameters
from knowledge.faqs.passages import faq_passages
from knowledge.faqs.template import FaqTemplate, load_templates
from knowledge.passage import Passage
from knowledge.sample_questions import SampleQuestions, load_sample_questions
from knowledge.versions import VERSIONS_FILE, Versions, read_versions

DIRECTIVES_FOLDER = "directives"
FAQS_FOLDER = "faqs"
PARAMETERS_FILE = "parameters.yml"
QUESTIONS_FILE = "questions.yml"
GOLDEN_FILE = "golden.yml"
CONTENT_NAMES = (DIRECTIVES_FOLDER, FAQS_FOLDER, PARAMETERS_FILE, VERSIONS_FILE, GOLDEN_FILE)
"""What a snapshot takes over of a content folder."""


@dataclass(frozen=True)
class Documents:
    """What answers are made from and cite; each directive and template for its own period."""

    directives: tuple[Directive, ...]
    templates: tuple[FaqTemplate, ...]
    parameters: Parameters
    questions: Mapping[str, SampleQuestions]

    def entries(self, day: date) -> tuple[FaqEntry, ...]:
        """Live and draft, filled for the day; without those that need a value which is not in force on it."""
        return tuple(entry for template in self.templates if (entry := template.on(day)) is not None)

    def passages(self, day: date) -> tuple[Passage, ...]:
        """Of all periods; FAQs are searched with the values of `day`, see `faq_passages`."""
        of_directives = (p for directive in self.directives for p in with_questions(directive, self.questions))
        return (*of_directives, *faq_passages(self.templates, day))


@dataclass(frozen=True)
class Library:
    """What one content folder holds, as of one day."""

    documents: Documents
    entries: tuple[FaqEntry, ...]
    passages: tuple[Passage, ...]

    @property
    def directives(self) -> tuple[Directive, ...]:
        """Of all periods."""
        return self.documents.directives


def load_documents(content_folder: Path, today: date) -> Documents:
    """Raises `KnowledgeError` or `ContentError` naming the file that is wrong.

    Without a file of sample questions the sections of directives are found by their text alone.
    """
    folder = content_folder / DIRECTIVES_FOLDER
    versions = read_versions(content_folder / VERSIONS_FILE)
    directives = tuple(_numbered(directive, versions) for directive in load_directives(folder))
    parameters = load_parameters(content_folder / PARAMETERS_FILE)
    templates = load_templates(content_folder / FAQS_FOLDER, parameters, versions, today)
    return Documents(directives, templates, parameters, load_sample_questions(folder / QUESTIONS_FILE, directives))


def load_library(content_folder: Path, today: date) -> Library:
    """The documents with their entries and passages of one day. Raises as `load_documents`."""
    documents = load_documents(content_folder, today)
    return Library(documents, documents.entries(today), documents.passages(today))


def load_passages(content_folder: Path, today: date) -> tuple[Passage, ...]:
    """The passages of `load_library`."""
    return load_documents(content_folder, today).passages(today)


def with_questions(directive: Directive, questions: Mapping[str, SampleQuestions]) -> Iterable[Passage]:
    """Every part of a long section gets all questions of the section: its text decides between the parts."""
    of_sections = questions.get(directive.file, {})
    for passage in directive_passages(directive):
        yield replace(passage, questions=(*passage.questions, *of_sections.get(passage.section, ())))


def _numbered(directive: Directive, versions: Versions) -> Directive:
    return replace(directive, version=versions.of(f"directive/{directive.slug}", directive.live_from))
