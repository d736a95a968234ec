"""Lines of running text → blocks: one paragraph or point each, whole again."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from knowledge.directives.correction import Correction, Reading
from knowledge.directives.directive import Level, Paragraph, Role
from knowledge.directives.errors import DirectiveError, DirectiveFault
from knowledge.directives.forms import Forms
from knowledge.directives.joining import is_orphan, join
from knowledge.directives.markers import Marker, order, read_marker
from knowledge.directives.source import Line

_TERMINAL = re.compile(r"[.:!?;…/][”\")]*$")
_PARAGRAPH_END = re.compile(r"[.:!?…/][”\")]*$")
_FOOTNOTE_MARK = re.compile(r"\d{1,2}")
_TITLED = frozenset({Level.CHAPTER, Level.ARTICLE, Level.CAPITAL, Level.ROMAN})
"""Levels whose first line may be a title without punctuation."""


@dataclass
class Block:
    """`marker` is None for a paragraph that continues the point before it."""

    marker: Marker | None
    text: str
    first: int
    last: int
    last_line: str
    titled: bool = False
    """The marker and words of a title stand on one line."""
    mark: Correction | None = None
    """What a person says of its first line."""

    def paragraph(self, role: Role = Role.TEXT) -> Paragraph:
        """As part of a section."""
        return Paragraph(self.text, self.first, self.last, self.marker.sign if self.marker else "", role)


def read_blocks(lines: Iterable[Line], width: int | None, forms: Forms) -> list[Block]:
    """`width` as in Source: it tells a line that ends a paragraph from one that was wrapped."""
    reader = _BlockReader(width, forms)
    for line in lines:
        reader.take(line)
    return reader.blocks


def fits_on(line: str, following: str, width: int) -> bool:
    """True when the first word of the following line had room on this one, so that the break was meant."""
    return len(line) + 1 + len(following.split(maxsplit=1)[0]) <= width - 2


def starts_high(text: str) -> bool:
    """True for a first letter in capitals, or a quotation that opens with one."""
    return text.lstrip("“\"'(")[:1].isupper()


def _given_marker(mark: Correction, line: Line, printed: Marker | None) -> Marker:
    if mark.level is None:
        if printed is None:
            said = f"corrections: line {mark.line} has no number; give level and label"
            raise DirectiveError(said, DirectiveFault.NUMBER_MISSING, line=mark.line)
        return printed
    sign, rest = (printed.sign, printed.rest) if printed else ("", line.text)
    return Marker(mark.level, sign, mark.label or "-", rest)


class _BlockReader:
    def __init__(self, width: int | None, forms: Forms) -> None:
        self.blocks: list[Block] = []
        self._width = width
        self._forms = forms
        self._last_places: dict[Level, tuple[int, ...]] = {}

    def take(self, line: Line) -> None:
        marker = read_marker(line.text, self._forms)
        if line.mark is not None:
            self._take_marked(line, line.mark, marker)
        elif marker is not None and self._is_point(marker, line):
            self._last_places[marker.level] = order(marker.level, marker.value, self._forms)
            self.blocks.append(Block(marker, marker.rest, line.first, line.last, line.text, bool(marker.rest)))
        elif self.blocks and self._continues(self.blocks[-1], line):
            self._append(self.blocks[-1], line)
        else:
            self.blocks.append(Block(None, line.text, line.first, line.last, line.text))

    def _take_marked(self, line: Line, mark: Correction, printed: Marker | None) -> None:
        if mark.reading is Reading.JOINED and self.blocks:
            self._append(self.blocks[-1], line)
            return
        marker = _given_marker(mark, line, printed) if mark.reading in (Reading.POINT, Reading.HEADING) else None
        text = line.text if marker is None else marker.rest
        if marker is not None:
            self._last_places[marker.level] = order(marker.level, marker.value, self._forms)
        self.blocks.append(Block(marker, text, line.first, line.last, line.text, bool(text), mark))

    def _append(self, block: Block, line: Line) -> None:
        is_mark = bool(block.text) and _FOOTNOTE_MARK.fullmatch(line.text)
        block.text = join(block.text, f"[{line.text}]" if is_mark else line.text)
        block.last, block.last_line = line.last, line.text

    def _is_point(self, marker: Marker, line: Line) -> bool:
        """A wrapped line may begin like a point (`- xã hội`, `1. Điều 5`): its neighbours decide."""
        if not self.blocks:
            return True
        block = self.blocks[-1]
        ended = not block.text or line.after_blank or _TERMINAL.search(block.text) is not None
        clean = ended or self._width is None or fits_on(block.last_line, line.text, self._width)
        if marker.rest and not starts_high(marker.rest) and not marker.rest[0].isdigit():
            return ended and (marker.level is Level.DASH or self._is_next(marker))
        return clean or self._is_next(marker)

    def _is_next(self, marker: Marker) -> bool:
        places = order(marker.level, marker.value, self._forms)
        last = self._last_places.get(marker.level, ())
        return any(place == 1 or place - 1 in last for place in places)

    def _continues(self, block: Block, line: Line) -> bool:
        if not block.text or line.indented or is_orphan(line.text):
            return True
        if block.mark is not None and block.mark.reading is Reading.HEADING:
            return False
        if line.text[0].islower():
            return True
        if self._width is None or line.after_blank:
            return False
        if not starts_high(line.text) or line.text[0] in '“"':
            return True
        if self._ends_title(block, line):
            return False
        return not (_PARAGRAPH_END.search(block.text) and fits_on(block.last_line, line.text, self._width))

    def _ends_title(self, block: Block, line: Line) -> bool:
        if block.marker is None or block.marker.level not in _TITLED or not block.titled:
            return False
        if block.text.isupper():
            return not line.text.isupper()
        assert self._width is not None  # the caller has returned for text that was not wrapped
        return not _TERMINAL.search(block.text) and fits_on(block.last_line, line.text, self._width)
