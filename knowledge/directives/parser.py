"""A text as obtained and its front matter → Directive. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from knowledge.directives.abbreviations import read_abbreviations
from knowledge.directives.annex_table import TableReader, table_start
from knowledge.directives.attachments import Attachment, Footnote, cut_footnotes, footnote_text, split_attachments
from knowledge.directives.blocks import read_blocks
from knowledge.directives.correcting import apply_corrections, first_marked
from knowledge.directives.directive import Directive, Paragraph, Role, Section, SectionKind, Validity
from knowledge.directives.errors import DirectiveError, DirectiveFault
from knowledge.directives.forms import Forms, load_forms
from knowledge.directives.front_matter import FrontMatter
from knowledge.directives.header import Header, read_header
from knowledge.directives.joining import mend_split_letters
from knowledge.directives.outline import Names, Outline
from knowledge.directives.source import Line, read_source
from knowledge.directives.tail import Tail, read_tail
from vietnamese.accents import strip_accents


def parse_directive(text: str, slug: str, front: FrontMatter | None = None, forms: Forms | None = None) -> Directive:
    """Raises DirectiveError when neither the text nor the front matter tells the number and the date."""
    front, forms = front or FrontMatter(), forms or load_forms()
    source = read_source(text, forms)
    width = None if front.wrapped is False else source.width
    lines = apply_corrections(mend_split_letters(source.lines, front.split_letters), front.corrections)
    header = read_header(lines[: first_marked(lines)], width, forms)
    lines, notes = cut_footnotes(lines, header.body_start)
    tail = read_tail(lines, header.body_start, forms)
    parts = _Parts(forms, width, Names(forms))
    body = parts.running_text(lines[header.body_start : tail.start])
    attachments = split_attachments(lines[tail.end :], forms)
    sections = [parts.form(header, tail, attachments), *body]
    for attachment in attachments:
        sections += parts.attached(attachment)
    sections += [_footnote(note, forms, sections) for note in notes]
    return _directive(slug, front, _Facts(header.paragraphs, tail.paragraphs, forms), tuple(sections))


@dataclass(frozen=True)
class _Parts:
    """Reads the parts of one document, which share their names."""

    forms: Forms
    width: int | None
    names: Names

    def running_text(self, lines: Sequence[Line], attachment: Attachment | None = None) -> list[Section]:
        prefix, name = (attachment.prefix, attachment.name) if attachment else ("", "")
        headings = (attachment.heading,) if attachment and attachment.prefix else ()
        outline = Outline(self.names, prefix, name, headings)
        return outline.sections(read_blocks(lines, self.width, self.forms))

    def attached(self, attachment: Attachment) -> list[Section]:
        """Running text up to the table, if there is one, then its rows, until a person says what a line is."""
        lines = attachment.lines
        start = table_start(lines, self.forms)
        if start is None:
            return self.running_text(lines, attachment)
        end = first_marked(lines, start)
        prefix = attachment.prefix or self.forms.labels["table"]
        reader = TableReader(self.forms, self.names, prefix, attachment.name, (attachment.heading,))
        around = [self.running_text(part, attachment) for part in (lines[:start], lines[end:])]
        return around[0] + reader.read(lines[start:end]) + around[1]

    def form(self, header: Header, tail: Tail, attachments: Iterable[Attachment]) -> Section:
        """Head, foot, and the titles of what is attached (an annex is titled in the headings of its rows)."""
        titles = (part for attachment in attachments if not attachment.prefix for part in attachment.title)
        paragraphs = (*header.paragraphs, *tail.paragraphs, *titles)
        return Section(self.names.plain(self.forms.labels["header"]), SectionKind.HEADER, paragraphs)


def _footnote(note: Footnote, forms: Forms, sections: Iterable[Section]) -> Section:
    """A note stands under the headings of the section that refers to it."""
    mark = f"[{note.number}]"
    referring = next((section for section in sections if mark in section.text), None)
    headings = tuple(filter(None, (*referring.headings, referring.heading))) if referring else ()
    paragraph = Paragraph(footnote_text(note), note.lines[0].first, note.lines[-1].last, note.number, Role.NOTE)
    label = f"{forms.labels['footnote']} {note.number}"
    attachment = referring.attachment if referring else ""
    return Section(label, SectionKind.FOOTNOTE, (paragraph,), headings=headings, attachment=attachment)


@dataclass(frozen=True)
class _Facts:
    """What head and foot say about the document; empty strings for what they do not say."""

    head: tuple[Paragraph, ...]
    foot: tuple[Paragraph, ...]
    forms: Forms

    def text(self, role: Role, parts: Sequence[Paragraph] | None = None) -> str:
        found = [part.text for part in (self.head if parts is None else parts) if part.role is role]
        return found[-1] if found else ""

    @property
    def number(self) -> str:
        match = self.forms.number_pattern.match(self.text(Role.NUMBER))
        return re.sub(r"\s", "", match[1]) if match else ""

    @property
    def issued_on(self) -> date | None:
        match = self.forms.date_pattern.search(self.text(Role.DATE))
        return date(int(match[3]), int(match[2]), int(match[1])) if match else None

    @property
    def kind(self) -> str:
        kinds = self.forms.kinds
        title = self.text(Role.KIND).rstrip(":")
        if title in kinds:
            return kinds[title].name
        suffixes = {kind.suffix: kind.name for kind in kinds.values()}
        return suffixes.get(self.number.partition("/")[2].split("-")[0], self.forms.letter_kind)

    @property
    def subject(self) -> str:
        words = "|".join(re.escape(word) for word in self.forms.subject_words)
        return re.sub(rf"^(?:{words})\s*:?\s*", "", self.text(Role.SUBJECT))

    @property
    def addressees(self) -> tuple[str, ...]:
        lead = re.compile(rf"^{self.forms.addressees_words}\s*:?\s*", re.IGNORECASE)
        texts = (lead.sub("", part.text) for part in self.head if part.role is Role.ADDRESSEES)
        return tuple(text.rstrip(";.") for text in texts if text)

    @property
    def signer_title(self) -> str:
        titles = ", ".join(part.text for part in self.foot if part.role is Role.SIGNATURE)
        for name in self.forms.authority_words:
            titles = titles.replace(name.upper(), name)
        return titles


def _directive(slug: str, front: FrontMatter, facts: _Facts, sections: tuple[Section, ...]) -> Directive:
    number, issued_on = front.number or facts.number, front.issued_on or facts.issued_on
    if not number or issued_on is None:
        fault = DirectiveFault.NO_DATE if number else DirectiveFault.NO_NUMBER
        raise DirectiveError(f"{slug}: no {'date' if number else 'number'} found; name it in {slug}.yml", fault)
    return Directive(
        slug=slug,
        number=number,
        issued_on=issued_on,
        kind=front.kind or facts.kind,
        subject=front.subject or facts.subject,
        issuer=front.issuer or facts.text(Role.ISSUER),
        signer=front.signer or facts.text(Role.SIGNER, facts.foot),
        signer_title=front.signer_title or facts.signer_title,
        addressees=front.addressees or facts.addressees,
        validity=front.validity or Validity(issued_on),
        sections=sections,
        occasion=front.occasion,
        changed_by=front.changed_by,
        live_from=front.live_from,
        live_to=front.live_to,
        abbreviations=read_abbreviations(section.text for section in sections),
    )


def slug_of(number: str) -> str:
    """`24/QĐ-BHXH` → `24-QD-BHXH`: the name of the files of a document."""
    return re.sub(r"[^A-Za-z0-9]+", "-", strip_accents(number)).strip("-")
