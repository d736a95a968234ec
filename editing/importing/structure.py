"""A directive's source beside what the parser made of it: each line with the section that it went into. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from knowledge.directives.correction import Correction, Reading, read_corrections, write_correction
from knowledge.directives.directive import Directive, Paragraph, Role, Section
from knowledge.directives.passages import directive_passages

TEXT_CHARACTERS = 1_200
_ENDS = " .:;"


@dataclass(frozen=True)
class SourceLine:
    """`section` is the label, empty for what is in none; `opens` for the line with which its own words begin.

    `is_above`: the heading of a larger part, which is read together with the first section below it.
    `role` is a value of Role, of `skipped` (blank, or around the document) or `left_out` (a person said so).
    """

    number: int
    text: str
    section: str
    role: str
    opens: bool
    depth: int
    corrections: tuple[Correction, ...]
    is_above: bool = False


@dataclass(frozen=True)
class SectionPassages:
    """What will be found and cited of a section; `line` is where it begins in the source."""

    label: str
    title: str
    line: int
    depth: int
    texts: tuple[str, ...]
    is_answerable: bool


def source_lines(text: str, directive: Directive | None, front: Mapping[str, Any]) -> tuple[SourceLine, ...]:
    """Every line of the text, blank ones too; without a directive all are in no section."""
    corrections: dict[int, list[Correction]] = {}
    for correction in read_corrections(front.get("corrections")):
        corrections.setdefault(correction.line, []).append(correction)
    spans = {} if directive is None else _spans(directive)
    found = []
    for number, line in enumerate(text.split("\n"), start=1):
        section, paragraph = spans.get(number, (None, None))
        own = tuple(corrections.get(number, ()))
        found.append(_line(number, line, section, paragraph, own))
    if found and not found[-1].text:
        found.pop()
    return tuple(found)


def section_passages(directive: Directive) -> tuple[SectionPassages, ...]:
    """Sections in reading order, each with the passages that are made of it."""
    by_section: dict[str, list[Any]] = {}
    for passage in directive_passages(directive):
        by_section.setdefault(passage.section, []).append(passage)
    found = []
    for section in directive.sections:
        passages = by_section.get(section.label, [])
        if not passages:
            continue
        texts = tuple(passage.text[:TEXT_CHARACTERS] for passage in passages)
        answerable = any(passage.answerable for passage in passages)
        line = section.lines[0] if section.lines else 1
        found.append(SectionPassages(section.label, passages[0].title, line, len(section.steps), texts, answerable))
    return tuple(found)


def with_correction(front: Mapping[str, Any], correction: Correction | None, line: int, at: str) -> dict[str, Any]:
    """The front matter with one correction of that line (and words) put in place of the former; None takes it away.

    Raises DirectiveError for what can be no correction.
    """
    kept = [one for one in read_corrections(front.get("corrections")) if (one.line, one.at) != (line, at)]
    if correction is not None:
        kept.append(correction)
    # Pieces of a line are cut from its end: the earlier cut must not swallow the later one.
    kept.sort(key=lambda one: (one.line, bool(one.at)))
    written = [write_correction(one) for one in kept]
    read_corrections(written)
    rest = {key: value for key, value in front.items() if key != "corrections"}
    return {**rest, "corrections": written} if written else rest


def _spans(directive: Directive) -> dict[int, tuple[Section, Paragraph]]:
    found: dict[int, tuple[Section, Paragraph]] = {}
    for section in directive.sections:
        for paragraph in section.paragraphs:
            for number in range(paragraph.first_line, paragraph.last_line + 1):
                found.setdefault(number, (section, paragraph))
    return found


def _line(
    number: int, text: str, section: Section | None, paragraph: Paragraph | None, own: tuple[Correction, ...]
) -> SourceLine:
    if section is None or paragraph is None:
        is_out = any(one.reading is Reading.LEFT_OUT and not one.at for one in own)
        return SourceLine(number, text, "", "left_out" if is_out else "skipped", False, 0, own)
    opens = next((one.first_line for one in section.paragraphs if not _is_above(section, one)), None) == number
    role = Role.FURNITURE if paragraph.role is Role.FURNITURE else paragraph.role
    depth = len(section.steps)
    return SourceLine(number, text, section.label, role.value, opens, depth, own, _is_above(section, paragraph))


def _is_above(section: Section, paragraph: Paragraph) -> bool:
    """Headings are kept without the point or colon that may end them in print."""
    words = paragraph.text.rstrip(_ENDS)
    above = {heading.rstrip(_ENDS) for heading in section.headings}
    return paragraph.role is Role.HEADING and words != section.heading.rstrip(_ENDS) and words in above
