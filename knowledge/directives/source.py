"""The lines of a document as obtained, without what the web site put around them."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace

from knowledge.directives.correction import Correction
from knowledge.directives.forms import Forms

_INVISIBLE = re.compile("[\u200b-\u200f\u2060\ufeff\u00ad\x00-\x08\x0b-\x1f\x7f]")
_ODD_SPACES = re.compile("[\u00a0\u2000-\u200a\u202f\u3000]")
_COLUMN_GAP = re.compile(r"\s*(?:\t|(?<=\s)\|(?=\s)|^\||\|$)\s*")
"""Columns side by side in one line (header, table); each becomes a line of its own, as most sources have it."""
MAX_WRAPPED_CHARACTERS = 130
"""Text whose longest line is longer than this was not wrapped by hand: a line is a paragraph."""


@dataclass(frozen=True)
class Line:
    """`first` and `last` differ once a split word has been put together again; `mark` is what a person says of it."""

    first: int
    last: int
    text: str
    indented: bool = False
    after_blank: bool = False
    mark: Correction | None = None


@dataclass(frozen=True)
class Source:
    """`width` is where the lines were wrapped; None when they were not."""

    lines: tuple[Line, ...]
    width: int | None


def read_source(text: str, forms: Forms) -> Source:
    """Blank lines and site chrome are dropped; numbers are those of the file, from 1."""
    lines: list[Line] = []
    after_blank = False
    for number, raw in enumerate(re.split(r"\r\n|\n|\r", text), start=1):
        found = [line for line in _columns(number, _tidy(raw)) if line.text not in forms.chrome]
        if found:
            lines += [replace(found[0], after_blank=after_blank), *found[1:]]
        after_blank = not raw.strip() or (after_blank and not found)
    longest = max((len(line.text) for line in lines), default=0)
    return Source(tuple(lines), longest if longest <= MAX_WRAPPED_CHARACTERS else None)


def _columns(number: int, tidy: str) -> list[Line]:
    cells = [" ".join(cell.split()) for cell in _COLUMN_GAP.split(tidy)]
    indented = tidy.startswith("  ")
    return [Line(number, number, cell, indented) for cell in cells if cell]


def _tidy(raw: str) -> str:
    return unicodedata.normalize("NFC", _INVISIBLE.sub("", _ODD_SPACES.sub(" ", raw)))
