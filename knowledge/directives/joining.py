"""Puts broken lines together again: wrapped lines, orphaned punctuation, words cut at one letter."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import product

from knowledge.directives.errors import DirectiveError, DirectiveFault
from knowledge.directives.source import Line

_ORPHAN = re.compile(r"^[,.;:!?)\]”]+(?=\s|$|[,.;:)])")
_OPEN_END = re.compile(r"[(\[“]$")


@dataclass(frozen=True)
class SplitLetter:
    """A word that the source cuts at the letter standing alone on `line`; `repaired` must stand there afterwards."""

    line: int
    repaired: str


def is_orphan(text: str) -> bool:
    """True for a line that begins with punctuation which belongs to the line before (`),`, `. Tiếp`)."""
    return _ORPHAN.match(text) is not None


def join(left: str, right: str) -> str:
    """With a space, but not before orphaned punctuation and not after an opening bracket."""
    if not left or not right or is_orphan(right) or _OPEN_END.search(left):
        return left + right
    return f"{left} {right}"


def join_all(texts: Iterable[str]) -> str:
    """All texts in one line."""
    whole = ""
    for text in texts:
        whole = join(whole, text)
    return whole


def mend_split_letters(lines: Sequence[Line], splits: Iterable[SplitLetter]) -> tuple[Line, ...]:
    """Each letter's line becomes one with its neighbours.

    Raises DirectiveError where no way of joining the three gives the repaired text: the list is out of date.
    """
    mended = list(lines)
    for split in splits:
        place = next((i for i, line in enumerate(mended) if line.first == split.line), None)
        if place is None or not 0 < place < len(mended) - 1:
            said = f"split letter: line {split.line} is not inside the text"
            raise DirectiveError(said, DirectiveFault.SPLIT_LETTER, line=split.line)
        before, letter, after = mended[place - 1 : place + 2]
        text = _mend(before.text, letter.text, after.text, split)
        mended[place - 1 : place + 2] = [replace(before, last=after.last, text=text)]
    return tuple(mended)


def _mend(before: str, letter: str, after: str, split: SplitLetter) -> str:
    for left, right in product(("", " "), repeat=2):
        text = f"{before}{left}{letter}{right}{after}"
        start = text.find(split.repaired)
        if start != -1 and start <= len(before) + len(left) < start + len(split.repaired):
            return text
    said = f"split letter: line {split.line} does not become {split.repaired!r}"
    raise DirectiveError(said, DirectiveFault.SPLIT_LETTER, line=split.line)
