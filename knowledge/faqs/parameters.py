"""Dated amounts and rates that FAQ answers are filled with, so that a change of law is one edit in one file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from itertools import pairwise
from pathlib import Path

from knowledge.faqs.fields import Fields
from knowledge.faqs.marked_yaml import Node, read_marked_yaml
from knowledge.faqs.problem import WARNINGS, ContentError, Finding, ProblemKind

_NAME = re.compile(r"[a-z][a-z0-9_]*", re.ASCII)
_MAX_LABEL = 200


class Unit(StrEnum):
    """What a value counts; `percent` values are written as people say them (8 for 8 %)."""

    DONG = "dong"
    PERCENT = "percent"
    NUMBER = "number"


@dataclass(frozen=True)
class ParameterValue:
    """One value and the time it is in force; both days included, None is open-ended."""

    value: Decimal
    effective_from: date
    effective_to: date | None
    document: str
    """Legal source as cited, `Nghị định số 161/2026/NĐ-CP`; empty for an ended value whose source is not filed."""
    article: str

    def is_in_force(self, day: date) -> bool:
        return self.effective_from <= day and (self.effective_to is None or day <= self.effective_to)


@dataclass(frozen=True)
class Parameter:
    """`values` are ordered, the oldest first."""

    name: str
    title: str
    unit: Unit
    values: tuple[ParameterValue, ...]
    facts: tuple[str, ...] = ()
    note: str = ""
    line: int = 0
    group: str = ""
    """Heading that it stands below where people read the table."""

    def on(self, day: date) -> ParameterValue | None:
        """The value in force on `day`, None outside of all periods."""
        return next((value for value in self.values if value.is_in_force(day)), None)

    def before(self, day: date) -> ParameterValue | None:
        """The value that the one in force on `day` replaced, None when it is not filed."""
        current = self.on(day)
        earlier = [value for value in self.values if current and value.effective_from < current.effective_from]
        return earlier[-1] if earlier else None


class Parameters:
    """The table: look-up by name; `money_word` stands behind amounts of money."""

    def __init__(self, parameters: tuple[Parameter, ...], money_word: str) -> None:
        self.money_word = money_word
        self._by_name = {parameter.name: parameter for parameter in parameters}

    def __iter__(self) -> Iterator[Parameter]:
        return iter(self._by_name.values())

    def get(self, name: str) -> Parameter | None:
        """The parameter of that name, None when there is none."""
        return self._by_name.get(name)


def load_parameters(path: Path) -> Parameters:
    """Reads `parameters.yml`. `ContentError` with every error when it is wrong; warnings do not stop it."""
    parameters, findings = read_parameters(path)
    errors = tuple(finding for finding in findings if finding.kind not in WARNINGS)
    if errors:
        raise ContentError(errors)
    return parameters


def read_parameters(path: Path) -> tuple[Parameters, tuple[Finding, ...]]:
    """The readable part of the table and all findings about it."""
    findings: list[Finding] = []
    try:
        root = Fields(read_marked_yaml(path), path.name, findings)
    except ContentError as error:
        return Parameters((), ""), error.findings
    money_word = root.text("money_word", _MAX_LABEL).text
    found = [read_parameter(node, path.name, findings) for node in root.nodes("parameters")]
    root.close()
    seen: set[str] = set()
    for parameter in found:
        if parameter.name and parameter.name in seen:
            findings.append(Finding(ProblemKind.DUPLICATE_ID, path.name, parameter.line, parameter.name))
        seen.add(parameter.name)
    return Parameters(tuple(parameter for parameter in found if parameter.name), money_word), tuple(findings)


def read_parameter(node: Node, file: str, findings: list[Finding]) -> Parameter:
    """One parameter; what is wrong with it is added to `findings`."""
    fields = Fields(node, file, findings)
    name = fields.text("name", _MAX_LABEL)
    fields.entry = name.text
    if name.text and not _NAME.fullmatch(name.text):
        fields.note(ProblemKind.ID_FORM, name.line, value=name.text[:60])
    title = fields.text("title", _MAX_LABEL).text
    unit = Unit(fields.choice("unit", tuple(Unit)) or Unit.NUMBER)
    values = [_read_value(item, file, findings, name.text) for item in fields.nodes("values")]
    if not values:
        fields.note(ProblemKind.EMPTY_LIST, fields.line, key="values")
    facts = tuple(fact.text for fact in fields.texts("facts", _MAX_LABEL, required=False))
    note, group = fields.optional_text("note", 500).text, fields.optional_text("group", _MAX_LABEL).text
    fields.close()
    ordered = tuple(sorted((value for value in values if value), key=lambda value: value.effective_from))
    _check_periods(fields, ordered)
    return Parameter(name.text, title, unit, ordered, facts, note, name.line, group)


def _read_value(node: Node, file: str, findings: list[Finding], name: str) -> ParameterValue | None:
    fields = Fields(node, file, findings, name)
    value = fields.number("value")
    start, end = fields.day("effective_from"), fields.day("effective_to", nullable=True)
    document, article = fields.optional_text("document", _MAX_LABEL), fields.optional_text("article", _MAX_LABEL)
    fields.close()
    if start and end and end < start:
        fields.note(ProblemKind.DATES_REVERSED, fields.line)
    if end is None and not document.text:
        fields.note(ProblemKind.MISSING_KEY, fields.line, key="document")
    return ParameterValue(value, start, end, document.text, article.text) if start else None


def _check_periods(fields: Fields, values: tuple[ParameterValue, ...]) -> None:
    for earlier, later in pairwise(values):
        start = later.effective_from.isoformat()
        if earlier.effective_to is None or earlier.effective_to >= later.effective_from:
            fields.note(ProblemKind.PARAMETER_PERIODS_OVERLAP, fields.line, start=start)
        elif earlier.effective_to + timedelta(days=1) < later.effective_from:
            fields.note(ProblemKind.PARAMETER_PERIODS_GAP, fields.line, start=start)
