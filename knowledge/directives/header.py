"""The head of a document: issuer, number, date, subject, addressees, each found wherever the layout put it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.directives.blocks import fits_on
from knowledge.directives.directive import Paragraph, Role
from knowledge.directives.forms import Forms, is_furniture, starts_with_any
from knowledge.directives.joining import join_all
from knowledge.directives.markers import read_marker
from knowledge.directives.source import Line

MAX_BROKEN_LINES = 3
"""A date or a motto is broken over at most this many lines."""
_PLACE_AND_DATE = re.compile(r"^[^.;:]{2,40},\s*")
_GROWING = frozenset({Role.ISSUER, Role.SUBJECT, Role.AUTHORITY})


@dataclass(frozen=True)
class Header:
    """`body_start` is the place of the first line after the head."""

    paragraphs: tuple[Paragraph, ...]
    body_start: int


def read_header(lines: Sequence[Line], width: int | None, forms: Forms) -> Header:
    """Never fails: what is not found is simply missing, and the body then starts early."""
    return _HeaderReader(lines, width, forms).read()


class _HeaderReader:
    def __init__(self, lines: Sequence[Line], width: int | None, forms: Forms) -> None:
        self._lines = lines
        self._width = width
        self._forms = forms
        self._parts: list[Paragraph] = []
        self._roles: set[Role] = set()

    def read(self) -> Header:
        place = 0
        while place < len(self._lines):
            role, count = self._recognise(place)
            if role is None:
                break
            self._add(role, self._lines[place : place + count])
            place += count
            if role is Role.ADDRESSEES:
                place = self._read_addressees(place)
                break
        return Header(tuple(self._parts), place)

    def _recognise(self, place: int) -> tuple[Role | None, int]:
        """The role of what begins here and how many lines it takes; None where the body begins."""
        for count in range(1, MAX_BROKEN_LINES + 1):
            lines = self._lines[place : place + count]
            text = join_all(line.text for line in lines)
            role = self._role_of_whole(text)
            if role is not None:
                return role, self._with_indented(place, len(lines))
        text = self._lines[place].text
        if starts_with_any(text, self._forms.subject_words) and Role.SUBJECT not in self._roles:
            return Role.SUBJECT, self._with_indented(place, 1)
        if text.rstrip(":") in self._forms.kinds and Role.KIND not in self._roles:
            return Role.KIND, 1
        return self._role_by_place(place), self._with_indented(place, 1)

    def _role_of_whole(self, text: str) -> Role | None:
        forms = self._forms
        if is_furniture(text, forms):
            return Role.FURNITURE
        if forms.number_pattern.match(text):
            return Role.NUMBER
        date = forms.date_pattern.search(text)
        if date and date.end() == len(text) and re.fullmatch(_PLACE_AND_DATE, text[: date.start()] or " , "):
            return Role.DATE
        if re.match(rf"{forms.addressees_words}\b", text, re.IGNORECASE):
            return Role.ADDRESSEES
        return None

    def _role_by_place(self, place: int) -> Role | None:
        """The role of a line that says nothing about itself: it continues, or it is the issuer, or the body begins."""
        line = self._lines[place]
        last = self._parts[-1].role if self._parts else Role.ISSUER
        if Role.NUMBER not in self._roles and Role.KIND not in self._roles:
            return Role.ISSUER if line.text.isupper() or line.indented else None
        if read_marker(line.text, self._forms) or self._opens_preamble(place):
            return None
        if line.text.isupper() and Role.KIND in self._roles and last in (Role.KIND, Role.SUBJECT, Role.AUTHORITY):
            is_authority = last is Role.AUTHORITY or starts_with_any(line.text, self._forms.authority_titles)
            return Role.AUTHORITY if is_authority else Role.SUBJECT
        if last is Role.KIND:
            return None if line.text.endswith((".", ":", ";")) else Role.SUBJECT
        return Role.SUBJECT if last is Role.SUBJECT and self._goes_on(place) else None

    def _goes_on(self, place: int) -> bool:
        """The line continues the one before: in small letters, or because that one was full."""
        line = self._lines[place]
        if line.after_blank:
            return False
        if line.text[0].islower() or Role.KIND not in self._roles:
            return True
        return self._width is not None and not fits_on(self._lines[place - 1].text, line.text, self._width)

    def _opens_preamble(self, place: int) -> bool:
        text = join_all(line.text for line in self._lines[place : place + 2])
        return starts_with_any(text, self._forms.preamble_openers)

    def _with_indented(self, place: int, count: int) -> int:
        while place + count < len(self._lines) and self._lines[place + count].indented:
            count += 1
        return count

    def _add(self, role: Role, lines: Sequence[Line]) -> None:
        text = join_all(line.text for line in lines)
        last = self._parts[-1] if self._parts else None
        if last and last.role is role and role in _GROWING and not self._begins_own(role, text):
            self._parts[-1] = Paragraph(join_all((last.text, text)), last.first_line, lines[-1].last, role=role)
        else:
            self._parts.append(Paragraph(text, lines[0].first, lines[-1].last, role=role))
        self._roles.add(role)

    def _begins_own(self, role: Role, text: str) -> bool:
        """A second office, not the rest of the first one's broken name."""
        return role is Role.ISSUER and starts_with_any(text, self._forms.organisation_words)

    def _read_addressees(self, place: int) -> int:
        items = bool(re.search(r":\s*\S", self._parts[-1].text))
        while place < len(self._lines) and (not items or self._is_addressee(place)):
            count = self._with_indented(place, 1)
            lines = self._lines[place : place + count]
            text = join_all(line.text for line in lines)
            self._add_addressee(text, lines, continues=items and self._wraps(place))
            items = True
            place += count
        return place

    def _is_addressee(self, place: int) -> bool:
        before, line = self._lines[place - 1], self._lines[place]
        marker = read_marker(line.text, self._forms)
        if marker is not None:
            return marker.sign == "-" == self._parts[-1].marker and not self._parts[-1].text.endswith(".")
        if line.after_blank or before.text.endswith("."):
            return False
        return before.text.endswith((";", ",")) or self._wraps(place)

    def _wraps(self, place: int) -> bool:
        """The line continues the one before, which was full."""
        before, line = self._lines[place - 1], self._lines[place]
        if line.text[0].islower():
            return True
        if self._width is None or before.text.endswith((";", ",")) or read_marker(line.text, self._forms):
            return False
        return not fits_on(before.text, line.text, self._width)

    def _add_addressee(self, text: str, lines: Sequence[Line], *, continues: bool) -> None:
        last = self._parts[-1]
        if continues:
            text = join_all((last.text, text))
            self._parts[-1] = Paragraph(text, last.first_line, lines[-1].last, last.marker, Role.ADDRESSEES)
            return
        marker = read_marker(text, self._forms)
        sign, rest = (marker.sign, marker.rest) if marker else ("", text)
        self._parts.append(Paragraph(rest, lines[0].first, lines[-1].last, sign, Role.ADDRESSEES))
