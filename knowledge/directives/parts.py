"""The parts of a section that become passages, and which of its paragraphs each shows."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from knowledge.directives.directive import AnnexRow, Level, Paragraph, Role, Section, SectionKind
from knowledge.directives.splitting import split_pieces
from knowledge.passage import MAX_PASSAGE_CHARACTERS
from vietnamese.accents import strip_accents

MAX_REPEATED_HEADING_CHARACTERS = 100
"""A heading longer than this is not repeated before each of its points."""
_LONE_LETTER = re.compile(r"(?<!\w)[^\W\d_](?!\w)")
_KEPT_MARKERS = (")", "-", "–", "•", "+", "*")
"""Letters and dashes are kept; numbers and `Điều 1.` are said by the citation."""


class PartKind(StrEnum):
    """What a part of the form of a document tells; CONTENT for all other parts."""

    CONTENT = "content"
    IDENTIFICATION = "identification"
    ADDRESSEES = "addressees"
    SIGNATURE = "signature"
    ATTACHMENTS = "attachments"
    RECIPIENTS = "recipients"


_FORM_PARTS = {
    PartKind.IDENTIFICATION: {Role.ISSUER, Role.NUMBER, Role.DATE, Role.KIND, Role.SUBJECT, Role.AUTHORITY},
    PartKind.ADDRESSEES: {Role.ADDRESSEES},
    PartKind.SIGNATURE: {Role.SIGNATURE, Role.SIGNER},
    PartKind.ATTACHMENTS: {Role.ATTACHMENT},
    PartKind.RECIPIENTS: {Role.RECIPIENTS},
}


@dataclass(frozen=True)
class SectionPart:
    """`id` is the section's anchor, with `~2` and so on from the second part on."""

    id: str
    kind: PartKind
    text: str
    paragraphs: tuple[Paragraph, ...]


def anchor(label: str) -> str:
    """A label in letters that are safe in addresses: `Phụ lục V.6` → `phu-luc-V.6`; point đ becomes `dd`, not d."""
    first, *rest = strip_accents(_LONE_LETTER.sub(_doubled_when_marked, label)).split()
    return "-".join([first.lower() if rest else first, *rest])


def _doubled_when_marked(match: re.Match[str]) -> str:
    """Without its mark the letter would be that of another point."""
    letter = match[0]
    return letter if letter.isascii() else strip_accents(letter) * 2


def section_parts(section: Section) -> tuple[SectionPart, ...]:
    """In reading order; every paragraph but furniture is in a part."""
    if section.kind is SectionKind.HEADER:
        parts = [part for kind, roles in _FORM_PARTS.items() for part in _form_parts(section, kind, roles)]
    elif section.row is not None:
        parts = _split(section.paragraphs, row_lines(section.row), lambda first, last: section.paragraphs)
    else:
        parts = _running_text(section)
    base = anchor(section.label)
    return tuple(replace(part, id=base if n == 1 else f"{base}~{n}") for n, part in enumerate(parts, start=1))


def _form_parts(section: Section, kind: PartKind, roles: set[Role]) -> list[SectionPart]:
    paragraphs = tuple(part for part in section.paragraphs if part.role in roles)
    pieces = [part.full_text for part in paragraphs]
    return _split(paragraphs, pieces, lambda first, last: paragraphs[first : last + 1], kind)


def _running_text(section: Section) -> list[SectionPart]:
    paragraphs = section.paragraphs
    heading = _heading_above(section)
    pieces = [_shown(part) for part in paragraphs]
    limit = MAX_PASSAGE_CHARACTERS - len(heading) - 1
    parts = _split(paragraphs, pieces, lambda first, last: paragraphs[first : last + 1], limit=limit)
    own = f"{section.heading}:" if 0 < len(section.heading) <= MAX_REPEATED_HEADING_CHARACTERS else ""
    return [
        replace(part, text="\n".join(filter(None, (heading or (own if number else ""), part.text))))
        for number, part in enumerate(parts)
    ]


def _heading_above(section: Section) -> str:
    """The heading that a lettered or dashed point needs to be understood alone; empty where it is printed anyway."""
    if not section.headings or section.paragraphs[0].role is Role.HEADING:
        return ""
    nested = len(section.steps) > 1 and section.steps[-1].level in (Level.LETTER, Level.DASH)
    heading = section.headings[-1]
    return f"{heading}:" if nested and len(heading) <= MAX_REPEATED_HEADING_CHARACTERS else ""


def _split(
    paragraphs: Iterable[Paragraph],
    pieces: list[str],
    shown: Callable[[int, int], tuple[Paragraph, ...]],
    kind: PartKind = PartKind.CONTENT,
    limit: int = MAX_PASSAGE_CHARACTERS,
) -> list[SectionPart]:
    return [SectionPart("", kind, part.text, shown(part.first, part.last)) for part in split_pieces(pieces, limit)]


def _shown(paragraph: Paragraph) -> str:
    if paragraph.marker.endswith(_KEPT_MARKERS) and not paragraph.marker[0].isdigit():
        return paragraph.full_text
    return paragraph.text


def row_lines(row: AnnexRow) -> list[str]:
    """`Đơn vị chủ trì: …`, one line a cell; several units stand below each other. Empty cells are left out."""
    lines: list[str] = []
    for cell in row.cells:
        if len(cell.lines) > 1:
            lines += [f"{cell.name}:", *cell.lines]
        elif cell.lines:
            lines.append(f"{cell.name}: {cell.text}")
    return lines
