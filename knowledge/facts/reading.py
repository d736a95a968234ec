"""The ledger of facts: a folder of YAML files, one a topic, read with a line for every finding."""

from __future__ import annotations

import re
from pathlib import Path

from knowledge.facts.fact import Fact, Ledger, Origin
from knowledge.faqs.entry import Confidence
from knowledge.faqs.fields import Fields
from knowledge.faqs.marked_yaml import Node, read_marked_yaml
from knowledge.faqs.problem import ContentError, Finding, ProblemKind

FACTS_FOLDER = "facts"
_ID = re.compile(r"F\d{2,4}", re.ASCII)
_MAX_LABEL = 200
_MAX_LAW = 500
_MAX_SAYS = 4_000


def read_ledger(folder: Path) -> tuple[Ledger, tuple[Finding, ...]]:
    """The readable facts of all `*.yml` files in alphabetical order, and what is wrong with their form."""
    facts: list[Fact] = []
    findings: list[Finding] = []
    for path in sorted(folder.glob("*.yml")):
        try:
            facts += _read_topic(path, findings)
        except ContentError as error:
            findings += error.findings
    findings += _filed_twice(facts)
    return Ledger(tuple(fact for fact in facts if fact.id)), tuple(findings)


def _read_topic(path: Path, findings: list[Finding]) -> list[Fact]:
    root = Fields(read_marked_yaml(path), path.name, findings)
    topic = root.text("topic", _MAX_LABEL).text
    facts = [_read_fact(node, path.name, topic, findings) for node in root.nodes("facts")]
    root.close()
    return facts


def _read_fact(node: Node, file: str, topic: str, findings: list[Finding]) -> Fact:
    fields = Fields(node, file, findings)
    identifier = fields.text("id", _MAX_LABEL)
    fields.entry = identifier.text
    if identifier.text and not _ID.fullmatch(identifier.text):
        fields.note(ProblemKind.FACT_ID_FORM, identifier.line, value=identifier.text[:60])
    says, law = fields.text("says", _MAX_SAYS), fields.optional_text("law", _MAX_LAW)
    start, end = fields.day("effective_from", nullable=True), fields.day("effective_to", nullable=True)
    if start and end and end < start:
        fields.note(ProblemKind.DATES_REVERSED, fields.line)
    confidence = fields.choice("confidence", tuple(Confidence))
    origin = fields.choice("origin", tuple(Origin))
    doubt = fields.optional_text("doubt", _MAX_SAYS).text
    because = fields.optional_text("unused_because", _MAX_LAW).text
    fields.close()
    return Fact(
        identifier.text,
        topic,
        says.text,
        law.text,
        start,
        end,
        confidence,
        origin,
        doubt,
        because,
        file,
        identifier.line,
    )


def _filed_twice(facts: list[Fact]) -> list[Finding]:
    first: dict[str, Fact] = {}
    found = []
    for fact in facts:
        known = first.setdefault(fact.id, fact)
        if known is not fact and fact.id:
            place = (("place", f"{known.file}:{known.line}"),)
            found.append(Finding(ProblemKind.DUPLICATE_ID, fact.file, fact.line, fact.id, place))
    return found
