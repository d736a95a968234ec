"""The live base with one version in it that is not live, in memory only."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from editing.bodies.body import body_from_json
from editing.document import Document, DocumentKind
from editing.files.filed import FiledDocument
from editing.files.writing import write_files, write_versions
from editing.version import Version
from editing.workshop.base import Base
from knowledge.assistants import AssistantMaker
from knowledge.directives.library import load_directives
from knowledge.faqs.parameters import Parameter, Parameters, load_parameters
from knowledge.faqs.template import FaqTemplate, load_templates
from knowledge.library import (
    DIRECTIVES_FOLDER,
    FAQS_FOLDER,
    PARAMETERS_FILE,
    QUESTIONS_FILE,
    Documents,
)
from knowledge.sample_questions import load_sample_questions
from knowledge.search.builder import no_progress
from knowledge.search.expansions import Expansions
from knowledge.search.snapshot import assemble
from knowledge.search.syllable_table import LAW_TABLE, read_counts
from knowledge.search.vectors import embed_rows, rows_of
from knowledge.versions import VERSIONS_FILE, read_versions


def overlaid(base: Base, maker: AssistantMaker, document: Document, version: Version) -> Base:
    """As if this version alone were published today, whatever days it is meant for; one that withdraws takes out.

    Embeds only its texts. Raises KnowledgeError or ContentError for a draft that cannot be read yet.
    """
    documents = with_version(base.documents, document, version, maker.today())
    passages = documents.passages(maker.today())
    vectors, _ = embed_rows(rows_of(passages), maker.embedder, base.known, no_progress)
    name = f"{base.id}+{document.name}.{version.number}"
    expansions = Expansions(base.expanded)
    snapshot = assemble(name, maker.embedder.name, passages, vectors, read_counts(LAW_TABLE), expansions)
    return Base(snapshot, documents, maker.of(snapshot, documents), base.known, base.expanded)


def with_version(documents: Documents, document: Document, version: Version, today: date) -> Documents:
    """Read through the readable files, as a release would be: so a trial shows what publishing would give."""
    if version.withdraws:
        return _without(documents, document)
    body = body_from_json(document.kind, version.body)
    place = (document.kind, document.key, document.file, 1, document.topic)
    filed = FiledDocument(*place, body, number=version.number)
    with TemporaryDirectory(prefix="bhxh-try-") as name:
        folder = Path(name)
        write_files((filed,), folder)
        write_versions((filed,), folder)
        return _with_files(_without(documents, document), document.kind, folder, today)


def _with_files(documents: Documents, kind: DocumentKind, folder: Path, today: date) -> Documents:
    versions = read_versions(folder / VERSIONS_FILE)
    if kind is DocumentKind.FAQ:
        templates = load_templates(folder / FAQS_FOLDER, documents.parameters, versions, today)
        return replace(documents, templates=(*documents.templates, *templates))
    if kind is DocumentKind.PARAMETER:
        return _with_parameters(documents, (*documents.parameters, *load_parameters(folder / PARAMETERS_FILE)))
    directives = load_directives(folder / DIRECTIVES_FOLDER)
    numbered = [replace(one, version=versions.of(f"directive/{one.slug}", None)) for one in directives]
    questions = load_sample_questions(folder / DIRECTIVES_FOLDER / QUESTIONS_FILE, directives)
    together = (*documents.directives, *numbered)
    return replace(documents, directives=together, questions={**documents.questions, **questions})


def _without(documents: Documents, document: Document) -> Documents:
    if document.kind is DocumentKind.FAQ:
        return replace(documents, templates=tuple(one for one in documents.templates if one.id != document.key))
    if document.kind is DocumentKind.PARAMETER:
        return _with_parameters(documents, (one for one in documents.parameters if one.name != document.key))
    directives = tuple(one for one in documents.directives if one.slug != document.key)
    files = {one.file for one in directives}
    questions = {file: sections for file, sections in documents.questions.items() if file in files}
    return replace(documents, directives=directives, questions=questions)


def _with_parameters(documents: Documents, parameters: Iterable[Parameter]) -> Documents:
    table = Parameters(tuple(parameters), documents.parameters.money_word)
    templates: tuple[FaqTemplate, ...] = tuple(replace(one, parameters=table) for one in documents.templates)
    return replace(documents, parameters=table, templates=templates)
