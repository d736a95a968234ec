"""Puts corrections on the lines that they speak of."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import replace

from knowledge.directives.correction import Correction, Reading
from knowledge.directives.errors import DirectiveError, DirectiveFault
from knowledge.directives.source import Line


def apply_corrections(lines: Sequence[Line], corrections: Iterable[Correction]) -> tuple[Line, ...]:
    """Lines cut, left out and marked. Raises DirectiveError where no such line, or no such words, stand in the text."""
    corrected = list(lines)
    for correction in corrections:
        place = _place(corrected, correction)
        end = place + 1
        if correction.reading is Reading.LEFT_OUT and not correction.at:
            while end < len(corrected) and corrected[end].first == correction.line:
                end += 1
        corrected[place:end] = _pieces(corrected[place], correction)
    return tuple(corrected)


def first_marked(lines: Sequence[Line], start: int = 0) -> int:
    """Place of the first line from `start` on of which a person has said what it is; their number without one."""
    return next((place for place in range(start, len(lines)) if lines[place].mark is not None), len(lines))


def _place(lines: Sequence[Line], correction: Correction) -> int:
    for place in range(bisect_left(lines, correction.line, key=lambda line: line.last), len(lines)):
        line = lines[place]
        if line.first > correction.line:
            break
        if correction.at in line.text:
            return place
    words = f" with {correction.at!r}" if correction.at else ""
    said = f"corrections: there is no line {correction.line}{words}"
    raise DirectiveError(said, DirectiveFault.LINE_MISSING, line=correction.line)


def _pieces(line: Line, correction: Correction) -> list[Line]:
    mark = None if correction.reading is Reading.SPLIT else correction
    if not correction.at:
        return [] if correction.reading is Reading.LEFT_OUT else [replace(line, mark=mark)]
    start = line.text.index(correction.at)
    before, after = line.text[:start].rstrip(), line.text[start:]
    pieces = [replace(line, text=before)] if before else []
    if correction.reading is not Reading.LEFT_OUT:
        # A blank line between them: the piece is not the wrapped end of what stands before it.
        pieces.append(replace(line, text=after, indented=False, after_blank=bool(before), mark=mark))
    return pieces
