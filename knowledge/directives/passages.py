"""A directive → the passages that are indexed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from knowledge.directives.abbreviations import expand
from knowledge.directives.directive import Directive, Role, Section, SectionKind
from knowledge.directives.duplicates import near_duplicates
from knowledge.directives.gist import gist, shorten
from knowledge.directives.labels import DirectiveLabels, load_labels
from knowledge.directives.parts import PartKind, SectionPart, section_parts
from knowledge.passage import Collection, Passage, later_period

TITLE_HEADING_CHARACTERS = 50
TITLE_GIST_CHARACTERS = 70
CONTEXT_HEADING_CHARACTERS = 140
"""The long headings of an annex are the same for many rows; whole, they would drown the row."""


def directive_passages(directive: Directive, labels: DirectiveLabels | None = None) -> tuple[Passage, ...]:
    """In reading order. Furniture is in no passage; recipients are in one that is not answerable."""
    maker = _PassageMaker(directive, labels or load_labels())
    return tuple(passage for section in directive.sections for passage in maker.passages(section))


def passage_id(directive: Directive, part: SectionPart) -> str:
    """`288-BHXH-VP/1.e`, `24-QD-BHXH/phu-luc-V.6`, `24-QD-BHXH/I.2~2`, `24-QD-BHXH/I.2@2027-01-01`."""
    return later_period(f"{directive.slug}/{part.id}", directive.live_from if directive.is_later else None)


@dataclass(frozen=True)
class _Wording:
    """What stands around the text of the passages of one section."""

    title: str
    context: str


class _PassageMaker:
    def __init__(self, directive: Directive, labels: DirectiveLabels) -> None:
        self._directive = directive
        self._labels = labels
        self._abbreviations = dict(directive.abbreviations) | dict(labels.abbreviations)
        self._own = {s: long for s, long in directive.abbreviations if s not in labels.abbreviations}
        self._alike = near_duplicates(directive.sections)
        # A section may hold furniture alone: a file of one line, without a number or a letter.
        parts = ((section.label, section_parts(section)) for section in directive.sections)
        self._first_ids = {label: passage_id(directive, found[0]) for label, found in parts if found}

    def passages(self, section: Section) -> list[Passage]:
        return [self._passage(section, part) for part in section_parts(section)]

    def _passage(self, section: Section, part: SectionPart) -> Passage:
        return Passage(
            id=passage_id(self._directive, part),
            collection=Collection.DIRECTIVES,
            document=self._directive.number,
            section=section.label,
            title=self._title(section, part),
            text=part.text,
            context=self._context(section, part),
            questions=self._questions(part.kind),
            answerable=part.kind is not PartKind.RECIPIENTS,
            near_duplicates=tuple(
                self._first_ids[label] for label in self._alike[section.label] if label in self._first_ids
            ),
            version=self._directive.version,
            valid_from=self._directive.live_from,
            valid_to=self._directive.live_to,
        )

    def _title(self, section: Section, part: SectionPart) -> str:
        separator = self._labels.titles["separator"]
        above = section.headings
        if section.row is not None:
            above = (section.row.group_heading,) if section.row.group_heading else above
        path = [shorten(heading, TITLE_HEADING_CHARACTERS) for heading in above]
        return separator.join([*path, self._own_title(section, part)])

    def _own_title(self, section: Section, part: SectionPart) -> str:
        titles = self._labels.titles
        if part.kind is not PartKind.CONTENT:
            return titles[part.kind.value]
        if section.kind in (SectionKind.PREAMBLE, SectionKind.CLOSING):
            return titles[section.kind.value]
        if section.kind is SectionKind.FOOTNOTE:
            return titles["footnote"].format(value=section.paragraphs[0].marker)
        if section.heading:
            return shorten(section.heading, TITLE_GIST_CHARACTERS)
        words = section.row.task if section.row else _first_words(section)
        return gist(words, TITLE_GIST_CHARACTERS)

    def _context(self, section: Section, part: SectionPart) -> str:
        directive = self._directive
        document = self._labels.context["document"].format(
            kind=directive.kind,
            number=directive.number,
            date=f"{directive.issued_on:%d/%m/%Y}",
            issuer=directive.issuer,
            subject=directive.subject,
        )
        path = [shorten(heading, CONTEXT_HEADING_CHARACTERS) for heading in self._headings(section, part)]
        explained = [
            self._labels.context["abbreviation"].format(short=short, long=long)
            for short, long in self._own.items()
            if re.search(rf"\b{re.escape(short)}\b", part.text) and long not in part.text
        ]
        expanded = expand(". ".join([document, *path]).replace("…. ", "… "), self._abbreviations)
        return ". ".join([expanded, *explained])

    def _headings(self, section: Section, part: SectionPart) -> list[str]:
        """The way to the part. The title of an annex is left out: it repeats the subject of its document."""
        if part.kind is not PartKind.CONTENT:
            return [self._labels.titles[part.kind.value]]
        row = section.row
        above = section.headings if row is None else (row.group_heading, row.subgroup_heading)
        return [heading for heading in (section.attachment, *above, section.heading) if heading]

    def _questions(self, kind: PartKind) -> tuple[str, ...]:
        directive = self._directive
        return tuple(
            question.format(kind=directive.kind.lower(), number=directive.number, subject=directive.subject)
            for question in self._labels.questions.get(kind.value, ())
        )


def _first_words(section: Section) -> str:
    texts: Iterable[str] = (part.text for part in section.paragraphs if part.role is Role.TEXT)
    return next(iter(texts), section.label)
