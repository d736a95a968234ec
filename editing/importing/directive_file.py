"""What an import of a directive holds: the text as it was read, and what a person said about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from editing.bodies.directive import DirectiveBody, directive_from_json, directive_to_json
from editing.bodies.directive_faults import fault_in_words
from editing.importing.imported import ImportedText
from editing.importing.problem import ImportProblem, error, warning
from knowledge.directives.directive import Directive, SectionKind
from knowledge.directives.errors import DirectiveError, DirectiveFault
from knowledge.directives.parser import parse_directive, slug_of
from knowledge.directives.source import MAX_WRAPPED_CHARACTERS

FIELD = "directive"
_UNKNOWN_NUMBER = "0/X"
_UNKNOWN_DAY = date(1900, 1, 1)


@dataclass(frozen=True)
class DirectiveFile:
    """`slug` is empty until the number is known."""

    slug: str
    body: DirectiveBody


@dataclass(frozen=True)
class ReadDirective:
    """`directive` is None when even the structure cannot be read; a missing number is a problem, not the end."""

    directive: Directive | None
    problems: tuple[ImportProblem, ...] = field(default_factory=tuple)
    detail: str = ""
    """Name of a sentence about a correction that does not fit."""


def first_reading(imported: ImportedText) -> DirectiveFile:
    """Nothing but the text; short lines of a file that breaks none by itself are marked as paragraphs."""
    longest = max((len(line) for line in imported.text.split("\n")), default=0)
    front = {"wrapped": False} if not imported.is_wrapped and longest <= MAX_WRAPPED_CHARACTERS else {}
    return with_slug(DirectiveFile("", DirectiveBody(imported.text, front)))


def with_slug(file: DirectiveFile) -> DirectiveFile:
    """Named after the number that is read now."""
    directive = read_directive(file).directive
    number = directive.number if directive is not None and directive.number != _UNKNOWN_NUMBER else ""
    return replace(file, slug=slug_of(number)[:100] if number else "")


def read_directive(file: DirectiveFile) -> ReadDirective:
    """The structure with its problems, as far as it can be read."""
    body, problems = file.body, []
    try:
        front = body.front_matter(FIELD)
    except DirectiveError as wrong:
        return _broken(wrong)
    try:
        whole = parse_directive(body.text, file.slug or FIELD, front)
        return ReadDirective(whole, _of_structure(whole))
    except DirectiveError:
        known = replace(front, number=front.number or None, issued_on=front.issued_on or _UNKNOWN_DAY)
    try:
        directive = parse_directive(body.text, file.slug or FIELD, known)
    except DirectiveError:
        try:
            known = replace(known, number=_UNKNOWN_NUMBER)
            directive = parse_directive(body.text, file.slug or FIELD, known)
            problems.append(error(FIELD, "no_number"))
        except DirectiveError as wrong:
            return _broken(wrong)
    if directive.issued_on == _UNKNOWN_DAY:
        problems.append(error(FIELD, "no_date"))
    return ReadDirective(directive, (*problems, *_of_structure(directive)))


def file_from_json(data: Mapping[str, Any]) -> DirectiveFile:
    """From `ImportRow.fields`."""
    return DirectiveFile(data["slug"], directive_from_json(data))


def file_to_json(file: DirectiveFile) -> dict[str, Any]:
    """For `ImportRow.fields`."""
    return {"slug": file.slug, **directive_to_json(file.body)}


def shown_number(directive: Directive) -> str:
    """Empty while it is not known."""
    return "" if directive.number == _UNKNOWN_NUMBER else directive.number


def shown_day(directive: Directive) -> date | None:
    """None while it is not known."""
    return None if directive.issued_on == _UNKNOWN_DAY else directive.issued_on


def _of_structure(directive: Directive) -> tuple[ImportProblem, ...]:
    points = (section for section in directive.sections if section.kind in (SectionKind.POINT, SectionKind.ANNEX_ROW))
    numbered = any(step.level.value != "paragraph" for section in points for step in section.steps)
    return () if numbered else (warning(FIELD, "no_points"),)


def _broken(wrong: DirectiveError) -> ReadDirective:
    detail = _CORRECTIONS.get(wrong.fault, "")
    if detail:
        return ReadDirective(None, (error(FIELD, "bad_correction", line=wrong.values["line"]),), detail)
    return ReadDirective(None, (error(FIELD, "bad_front", detail=fault_in_words(wrong)),))


_CORRECTIONS = {
    DirectiveFault.NUMBER_MISSING: "needs_number",
    DirectiveFault.LINE_MISSING: "not_there",
    DirectiveFault.WORDS_MISSING: "at_missing",
    DirectiveFault.LABEL: "bad_label",
}
"""Names of sentences; what is wrong with one line is told where that line is corrected."""
