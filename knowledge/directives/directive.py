"""A directive (letter, decision, programme) as filed: who, when, what about, and its sections in order."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property

from knowledge.directives.legal_change import LegalChange
from knowledge.passage import later_period


class Role(StrEnum):
    """What a paragraph is in its document."""

    HEADING = "heading"
    TEXT = "text"
    NOTE = "note"
    ISSUER = "issuer"
    NUMBER = "number"
    DATE = "date"
    KIND = "kind"
    SUBJECT = "subject"
    AUTHORITY = "authority"
    ADDRESSEES = "addressees"
    RECIPIENTS = "recipients"
    SIGNATURE = "signature"
    SIGNER = "signer"
    ATTACHMENT = "attachment"
    FURNITURE = "furniture"
    """Motto, rules: on the page of every document, never an answer."""


class Level(StrEnum):
    """How a point is numbered, outermost first."""

    CHAPTER = "chapter"
    ARTICLE = "article"
    CAPITAL = "capital"
    ROMAN = "roman"
    NUMBER = "number"
    DECIMAL = "decimal"
    LETTER = "letter"
    DASH = "dash"
    ROW = "row"
    PARAGRAPH = "paragraph"


class SectionKind(StrEnum):
    """What kind of place a section is."""

    HEADER = "header"
    PREAMBLE = "preamble"
    POINT = "point"
    CLOSING = "closing"
    ANNEX_ROW = "annex_row"
    FOOTNOTE = "footnote"


@dataclass(frozen=True)
class Paragraph:
    """`first_line` and `last_line` are 1-based lines of the source; `marker` (`1.`, `a)`, `-`) is not in `text`."""

    text: str
    first_line: int
    last_line: int
    marker: str = ""
    role: Role = Role.TEXT

    @property
    def full_text(self) -> str:
        """Marker and text as they are read."""
        return f"{self.marker} {self.text}".strip()


@dataclass(frozen=True)
class Step:
    """One step of the way to a point. `occurrence` is 2 for the second `III` of a misnumbered document."""

    level: Level
    value: str
    occurrence: int = 1


@dataclass(frozen=True)
class AnnexCell:
    """`name` is the column's heading, `lines` what stands below it: one entry for each unit in a cell of units."""

    name: str
    lines: tuple[str, ...]

    @property
    def text(self) -> str:
        """The cell on one line."""
        return " ".join(self.lines)


@dataclass(frozen=True)
class AnnexRow:
    """One task of an annex table. Units are single names; a missing cell is an empty tuple or string."""

    number: str
    task: str
    lead_units: tuple[str, ...]
    coordinating_units: tuple[str, ...]
    deadline: str
    cells: tuple[AnnexCell, ...]
    """All columns but the row number, in the order of the source, with the exact words of the cells."""
    group: str = ""
    group_heading: str = ""
    subgroup: str = ""
    subgroup_heading: str = ""


@dataclass(frozen=True)
class Section:
    """The smallest place that can be cited. `headings` of what it stands in, outermost first, without markers."""

    label: str
    kind: SectionKind
    paragraphs: tuple[Paragraph, ...]
    steps: tuple[Step, ...] = ()
    headings: tuple[str, ...] = ()
    heading: str = ""
    """Its own heading, if it has one."""
    attachment: str = ""
    """Name of the attachment it stands in (`Chương trình hành động`), empty for the document itself."""
    row: AnnexRow | None = None

    @cached_property
    def lines(self) -> tuple[int, ...]:
        """Source lines, ascending."""
        spans = (range(part.first_line, part.last_line + 1) for part in self.paragraphs)
        return tuple(sorted({line for span in spans for line in span}))

    @property
    def text(self) -> str:
        """The repaired text with its markers, one paragraph a line."""
        return "\n".join(part.full_text for part in self.paragraphs)


@dataclass(frozen=True)
class Validity:
    """`effective_to` is None when no end is known; `note` is a sentence for citizens, possibly empty."""

    effective_from: date
    effective_to: date | None = None
    note: str = ""


@dataclass(frozen=True)
class Directive:
    """`slug` is the file name without suffix and the first part of every passage id."""

    slug: str
    number: str
    issued_on: date
    kind: str
    subject: str
    issuer: str
    signer: str
    signer_title: str
    addressees: tuple[str, ...]
    validity: Validity
    sections: tuple[Section, ...]
    occasion: str | None = None
    """What the document was written for, when that has passed or will pass (`Tết Nguyên đán Giáp Thìn 2024`)."""
    changed_by: tuple[LegalChange, ...] = ()
    abbreviations: tuple[tuple[str, str], ...] = ()
    """Short forms that the document itself explains, with the long form."""
    version: str = ""
    """See `Passage.version`."""
    live_from: date | None = None
    """First day on which it is served; None for no beginning."""
    live_to: date | None = None
    is_later: bool = False
    """Another one of the same slug is served before `live_from`."""

    @property
    def file(self) -> str:
        """Name of its files without suffix: the slug, and for a later period its first day."""
        return later_period(self.slug, self.live_from if self.is_later else None)

    def section(self, label: str) -> Section:
        """Raises KeyError when the document has no such section."""
        for section in self.sections:
            if section.label == label:
                return section
        raise KeyError(f"{self.number} has no section {label!r}")
