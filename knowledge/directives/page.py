"""One whole document as blocks in reading order, so that a page can show it and mark one passage."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from knowledge.directives.directive import AnnexCell, Directive, Paragraph, Role, Section
from knowledge.directives.parts import anchor, section_parts
from knowledge.directives.passages import passage_id


class BlockKind(StrEnum):
    """How a block is set."""

    FORM = "form"
    """Head, foot, signature."""
    TITLE = "title"
    """Title of an attachment."""
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ROW = "row"
    NOTE = "note"
    """Footnote."""


_FORM_ROLES = frozenset(Role) - {Role.TEXT, Role.HEADING, Role.NOTE, Role.ATTACHMENT}


@dataclass(frozen=True)
class PageBlock:
    """`text` without `marker`. Mark all blocks whose `passage_ids` hold the cited passage, and go to the first."""

    kind: BlockKind
    text: str
    anchor: str
    """Unique in the page, safe as an HTML id; that of a section's first block is `parts.anchor(section)`."""
    marker: str = ""
    level: int = 0
    """Depth of the point in its part of the document, 0 for none; for indenting."""
    role: Role = Role.TEXT
    section: str = ""
    """Label of the section that it belongs to; empty for group headings of a table."""
    passage_ids: tuple[str, ...] = ()
    cells: tuple[AnnexCell, ...] = ()
    """Of a row: the named cells, without the row number, which is `marker`."""


def page_blocks(directive: Directive) -> tuple[PageBlock, ...]:
    """In the order of the source; rules such as `-----` are left out."""
    placed = [
        (paragraph.first_line, block)
        for section in directive.sections
        for paragraph, block in _blocks(directive, section)
    ]
    ordered = [block for _, block in sorted(placed, key=lambda pair: pair[0])]
    return tuple(_with_group_headings(ordered, directive))


def _blocks(directive: Directive, section: Section) -> Iterator[tuple[Paragraph, PageBlock]]:
    parts = section_parts(section)
    base = anchor(section.label)
    shown = [paragraph for paragraph in section.paragraphs if any(letter.isalnum() for letter in paragraph.text)]
    levels = _levels(section)
    for number, paragraph in enumerate(shown, start=1):
        yield (
            paragraph,
            PageBlock(
                kind=_kind(section, paragraph),
                text=paragraph.text,
                anchor=base if number == 1 else f"{base}--{number}",
                marker=paragraph.marker,
                level=levels.get(paragraph, len(section.steps)),
                role=paragraph.role,
                section=section.label,
                passage_ids=tuple(passage_id(directive, part) for part in parts if paragraph in part.paragraphs),
                cells=section.row.cells if section.row else (),
            ),
        )


def _levels(section: Section) -> dict[Paragraph, int]:
    """Depths of the headings printed in a section: those above it that came without text, then its own."""
    headings = [paragraph for paragraph in section.paragraphs if paragraph.role is Role.HEADING]
    above = len(headings) - bool(section.heading)
    return {heading: len(section.steps) - above + place for place, heading in enumerate(headings)}


def _kind(section: Section, paragraph: Paragraph) -> BlockKind:
    if section.row is not None:
        return BlockKind.ROW
    if paragraph.role in _FORM_ROLES:
        return BlockKind.FORM
    kinds = {Role.ATTACHMENT: BlockKind.TITLE, Role.HEADING: BlockKind.HEADING, Role.NOTE: BlockKind.NOTE}
    return kinds.get(paragraph.role, BlockKind.PARAGRAPH)


def _with_group_headings(blocks: Iterable[PageBlock], directive: Directive) -> Iterator[PageBlock]:
    """Puts the annex title and the headings of groups before the first row that they stand over."""
    sections = {section.label: section for section in directive.sections}
    above: tuple[tuple[str, str], ...] = ()
    for block in blocks:
        section = sections[block.section]
        if section.row is not None:
            headings = _row_headings(section)
            changed = next((i for i, pair in enumerate(headings) if i >= len(above) or above[i] != pair), len(headings))
            for depth, (marker, text) in enumerate(headings[changed:], start=changed):
                kind = BlockKind.TITLE if depth == 0 else BlockKind.HEADING
                yield PageBlock(kind, text, f"{block.anchor}--heading-{depth}", marker, depth, Role.HEADING)
            above = headings
        yield block


def _row_headings(section: Section) -> tuple[tuple[str, str], ...]:
    row = section.row
    assert row is not None  # only rows have these headings
    headings = [("", section.headings[0] if section.headings else section.attachment)]
    if row.group:
        headings.append((f"{row.group}.", row.group_heading))
    if row.subgroup:
        headings.append((f"{row.subgroup})", row.subgroup_heading))
    return tuple(headings)
