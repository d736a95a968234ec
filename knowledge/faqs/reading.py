"""From one YAML file to FAQ entries as filed (placeholders not filled yet), with a line for every field."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from knowledge.faqs.entry import (
    MAX_ENTRIES_IN_FILE,
    MAX_QUESTION_CHARACTERS,
    Audience,
    Confidence,
    Scope,
    Source,
    Status,
)
from knowledge.faqs.fields import Fields, Located
from knowledge.faqs.marked_yaml import Node, parse_marked_yaml, read_text
from knowledge.faqs.next_steps import NO_STEPS, NextSteps
from knowledge.faqs.problem import ContentError, Finding, ProblemKind

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*", re.ASCII)
_MAX_LABEL = 200
MAX_STEP_CHARACTERS = 300
KEPT_FILES = 1_024
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
    live_from: date | None = None
    """First day on which it is served; an id may stand twice with days that do not meet."""
    live_to: date | None = None
    next_steps: NextSteps = NO_STEPS
    next_steps_line: int = 0
    """0 when the entry has none."""
    lens: str = ""
    scope: str = Scope.OURS.value

    @property
    def is_live(self) -> bool:
        return self.status == Status.LIVE

    @property
    def is_ours(self) -> bool:
        return self.scope == Scope.OURS


def read_faq_file(path: Path) -> tuple[tuple[FiledEntry, ...], tuple[Finding, ...]]:
    """The entries of one file and what is wrong with their form; an unreadable file gives no entries."""
    try:
        return _read_topic(read_text(path), path.name)
    except ContentError as error:
        return (), error.findings


@lru_cache(maxsize=KEPT_FILES)
def _read_topic(text: str, name: str) -> tuple[tuple[FiledEntry, ...], tuple[Finding, ...]]:
    """Pure. Snapshots that follow each other differ in few files: a process reads the others once."""
    findings: list[Finding] = []
    root = Fields(parse_marked_yaml(text, name), name, findings)
    topic = root.text("topic", _MAX_LABEL).text
    nodes = root.nodes("entries")
    root.close()
    if len(nodes) > MAX_ENTRIES_IN_FILE:
        root.note(ProblemKind.TOO_MANY_ENTRIES, nodes[MAX_ENTRIES_IN_FILE].line, limit=str(MAX_ENTRIES_IN_FILE))
    entries = tuple(read_entry(node, name, topic, findings) for node in nodes)
    return entries, tuple(findings)


def read_entry(node: Node, file: str, topic: str, findings: list[Finding]) -> FiledEntry:
    """One entry; what is wrong with its form is added to `findings`."""
    fields = Fields(node, file, findings)
    identifier = fields.text("id", _MAX_LABEL)
    fields.entry = identifier.text[:_MAX_LABEL]
    if identifier.text and not _ID.fullmatch(identifier.text):
        fields.note(ProblemKind.ID_FORM, identifier.line, value=identifier.text[:60])
    steps, steps_line = _read_next_steps(fields, findings)
    entry = FiledEntry(
        file=file,
        topic=topic,
        id=identifier,
        question=fields.text("question", MAX_QUESTION_CHARACTERS),
        alternates=fields.texts("alternates", MAX_QUESTION_CHARACTERS),
        answer=fields.text("answer", _MAX_RAW_ANSWER),
        legal_basis=_read_bases(fields, findings),
        audience=fields.choices("audience", tuple(Audience)),
        confidence=fields.choice("confidence", tuple(Confidence)),
        source=fields.choice("source", tuple(Source)),
        status=fields.choice("status", tuple(Status)),
        review_by=fields.day("review_by"),
        facts=tuple(fact.text for fact in fields.texts("facts", _MAX_LABEL, required=False)),
        related=fields.texts("related", _MAX_LABEL, required=False),
        live_from=_optional_day(fields, "live_from"),
        live_to=_optional_day(fields, "live_to"),
        next_steps=steps,
        next_steps_line=steps_line,
        lens=_read_lens(fields),
        scope=fields.choice("scope", tuple(Scope)) if fields.has("scope") else Scope.OURS.value,
    )
    if entry.live_from and entry.live_to and entry.live_to < entry.live_from:
        fields.note(ProblemKind.DATES_REVERSED, identifier.line)
    fields.close()
    return entry


def _optional_day(fields: Fields, key: str) -> date | None:
    return fields.day(key, nullable=True) if fields.has(key) else None


def _read_lens(fields: Fields) -> str:
    lens = fields.optional_text("lens", _MAX_LABEL)
    if lens.text and not _ID.fullmatch(lens.text):
        fields.note(ProblemKind.ID_FORM, lens.line, value=lens.text[:60])
    return lens.text


def _read_next_steps(parent: Fields, findings: list[Finding]) -> tuple[NextSteps, int]:
    """With the line on which they stand."""
    node = parent.node("next_steps", required=False)
    if node is None:
        return NO_STEPS, 0
    fields = Fields(node, parent.file, findings, parent.entry)
    where = fields.optional_text("where", MAX_STEP_CHARACTERS).text
    papers = tuple(paper.text for paper in fields.texts("papers", MAX_STEP_CHARACTERS, required=False))
    deadline = fields.optional_text("deadline", MAX_STEP_CHARACTERS).text
    fields.close()
    return NextSteps(where, papers, deadline), node.line


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
