"""From one YAML file to FAQ entries as filed (placeholders not filled yet), with a line for every field."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from knowledge.faqs.entry import (
    MAX_ENTRIES_IN_FILE,
    MAX_QUESTION_CHARACTERS,
    MIN_ALTERNATES,
    Audience,
    Confidence,
    Source,
    Status,
)
from knowledge.faqs.fields import Fields, Located
from knowledge.faqs.marked_yaml import Node, read_marked_yaml
from knowledge.faqs.problem import ContentError, Finding, ProblemKind

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*", re.ASCII)
_MAX_LABEL = 200
_MAX_RAW_ANSWER = 2_000
"""Before filling in; the real limit is checked on what the citizen reads."""


@dataclass(frozen=True)
class FiledBasis:
    """A legal basis as filed: either a document of its own or the name of a parameter whose source it takes."""

    document: str
    article: str
    effective_from: date | None
    effective_to: date | None
    parameter: str
    line: int


@dataclass(frozen=True)
class FiledEntry:
    """An entry as filed. Unusable fields are empty; the findings say so."""

    file: str
    topic: str
    id: Located
    question: Located
    alternates: tuple[Located, ...]
    answer: Located
    legal_basis: tuple[FiledBasis, ...]
    audience: tuple[str, ...]
    confidence: str
    source: str
    status: str
    review_by: date | None
    facts: tuple[str, ...]
    related: tuple[Located, ...]

    @property
    def is_live(self) -> bool:
        return self.status == Status.LIVE


def read_faq_file(path: Path) -> tuple[tuple[FiledEntry, ...], tuple[Finding, ...]]:
    """The entries of one file and what is wrong with their form; an unreadable file gives no entries."""
    findings: list[Finding] = []
    try:
        root = Fields(read_marked_yaml(path), path.name, findings)
    except ContentError as error:
        return (), error.findings
    topic = root.text("topic", _MAX_LABEL).text
    nodes = root.nodes("entries")
    root.close()
    if len(nodes) > MAX_ENTRIES_IN_FILE:
        root.note(ProblemKind.TOO_MANY_ENTRIES, nodes[MAX_ENTRIES_IN_FILE].line, limit=str(MAX_ENTRIES_IN_FILE))
    entries = tuple(_read_entry(node, path.name, topic, findings) for node in nodes)
    return entries, tuple(findings)


def _read_entry(node: Node, file: str, topic: str, findings: list[Finding]) -> FiledEntry:
    fields = Fields(node, file, findings)
    identifier = fields.text("id", _MAX_LABEL)
    fields.entry = identifier.text[:_MAX_LABEL]
    if identifier.text and not _ID.fullmatch(identifier.text):
        fields.note(ProblemKind.ID_FORM, identifier.line, value=identifier.text[:60])
    entry = FiledEntry(
        file=file,
        topic=topic,
        id=identifier,
        question=fields.text("question", MAX_QUESTION_CHARACTERS),
        alternates=_read_alternates(fields),
        answer=fields.text("answer", _MAX_RAW_ANSWER),
        legal_basis=_read_bases(fields, findings),
        audience=fields.choices("audience", tuple(Audience)),
        confidence=fields.choice("confidence", tuple(Confidence)),
        source=fields.choice("source", tuple(Source)),
        status=fields.choice("status", tuple(Status)),
        review_by=fields.day("review_by"),
        facts=tuple(fact.text for fact in fields.texts("facts", _MAX_LABEL, required=False)),
        related=fields.texts("related", _MAX_LABEL, required=False),
    )
    fields.close()
    return entry


def _read_alternates(fields: Fields) -> tuple[Located, ...]:
    alternates = fields.texts("alternates", MAX_QUESTION_CHARACTERS)
    if len(alternates) < MIN_ALTERNATES:
        line = alternates[0].line if alternates else fields.line
        fields.note(ProblemKind.TOO_FEW_ALTERNATES, line, count=str(len(alternates)), minimum=str(MIN_ALTERNATES))
    return alternates


def _article(fields: Fields) -> str:
    """The key must be there; null or "" says that the document as a whole is meant."""
    if fields.has("article"):
        return fields.optional_text("article", _MAX_LABEL).text
    return fields.text("article", _MAX_LABEL).text


def _read_bases(fields: Fields, findings: list[Finding]) -> tuple[FiledBasis, ...]:
    return tuple(_read_basis(node, fields, findings) for node in fields.nodes("legal_basis"))


def _read_basis(node: Node, parent: Fields, findings: list[Finding]) -> FiledBasis:
    fields = Fields(node, parent.file, findings, parent.entry)
    if fields.has("parameter"):
        basis = FiledBasis("", "", None, None, fields.text("parameter", _MAX_LABEL).text, fields.line)
    else:
        document = fields.text("document", _MAX_LABEL).text
        article = _article(fields)
        start, end = fields.day("effective_from", nullable=True), fields.day("effective_to", nullable=True)
        basis = FiledBasis(document, article, start, end, "", fields.line)
        if start and end and end < start:
            fields.note(ProblemKind.DATES_REVERSED, fields.line)
    fields.close()
    return basis
