"""Cuts a text into messages that a channel takes. Pure, and linear in the length of the text."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import regex

from connectors.plain_text import is_seen, plain_text
from vietnamese.sentences import split_sentences

Length = Callable[[str], int]
"""The sum of 1 or 2 for each code point."""

# A space with a mark on it is a letter to the reader; a no-break space is there to hold words together.
_GAP = regex.compile(r"[^\S\u00a0\u2007\u202f]+(?![\p{M}\u200d])")
_GRAPHEME = regex.compile(r"\X")
_ADDRESS = regex.compile(r"https?://", regex.IGNORECASE)
_LOOK_AHEAD = 10
"""What a sentence's end needs to be told from an abbreviation's."""


@dataclass(frozen=True)
class _Gap:
    """White space in which a text may be cut, by where it begins."""

    position: int
    line_ends: int


def utf16_units(text: str) -> int:
    """Length as Telegram counts it: an emoji is two."""
    return len(text) + sum(character > "\uffff" for character in text)


def split(text: str, limit: int, length: Length = len) -> tuple[str, ...]:
    """The text as chunks within the limit, each NFC and none blank; only white space is lost between them.

    A cut is made at the end of a paragraph or line, else of a sentence, else of a word, else between two graphemes;
    a grapheme is cut only when it alone exceeds the limit. Empty for a text in which nothing is seen.
    Raises ValueError for a limit below 2: one code point may need as much.
    """
    if limit < 2:
        raise ValueError(f"limit {limit}: a chunk must hold at least 2")
    whole = plain_text(text)
    chunks = []
    start = _after_gap(whole, 0)
    while start < len(whole):
        end = _cut(whole, start, limit, length)
        chunks.append(whole[start:end].rstrip())
        start = _after_gap(whole, end)
    return tuple(chunk for chunk in chunks if is_seen(chunk))


def first_graphemes(text: str, limit: int, length: Length = len) -> str:
    """As much of the beginning as fits without breaking a grapheme, or nothing."""
    end = _reach(text, 0, limit, length)
    return text if end == len(text) else text[: _last_boundary(text, 0, end)]


def _cut(text: str, start: int, limit: int, length: Length) -> int:
    end = _reach(text, start, limit, length)
    if end == len(text):
        return end
    gaps = tuple(_gaps(text, start, end))
    at_end_of_words = _cut_at_line(gaps, start, end) or _cut_at_sentence(text, gaps, start, end) or _cut_at_word(gaps)
    return at_end_of_words or _cut_in_word(text, start, end)


def _reach(text: str, start: int, limit: int, length: Length) -> int:
    """The furthest end that fits; `start` itself where not even one code point does."""
    window = text[start : start + limit]
    if length(window) <= limit:
        return start + len(window)
    return start + bisect_right(range(len(window)), limit, key=lambda count: length(window[:count])) - 1


def _gaps(text: str, start: int, end: int) -> Iterator[_Gap]:
    """Those at which a chunk from `start` may end; the look-ahead of the pattern needs two characters more."""
    for match in _GAP.finditer(text, start, end + 2):
        if start < match.start() <= end:
            yield _Gap(match.start(), match.group().count("\n"))


def _cut_at_line(gaps: tuple[_Gap, ...], start: int, end: int) -> int | None:
    """Not in the first half: many short messages read worse than one line that goes on in the next."""
    late = [gap for gap in gaps if gap.line_ends and gap.position >= (start + end) // 2]
    paragraphs = [gap for gap in late if gap.line_ends > 1]
    return (paragraphs or late)[-1].position if late else None


def _cut_at_sentence(text: str, gaps: tuple[_Gap, ...], start: int, end: int) -> int | None:
    """Not in the first quarter."""
    ends = set(_sentence_ends(text[start : end + _LOOK_AHEAD]))
    late = (gap.position for gap in reversed(gaps) if gap.position >= start + (end - start) // 4)
    return next((position for position in late if position - start in ends), None)


def _sentence_ends(window: str) -> Iterator[int]:
    """The last sentence may go on behind the window."""
    position = 0
    for sentence in split_sentences(window)[:-1]:
        position = window.index(sentence, position) + len(sentence)
        yield position


def _cut_at_word(gaps: tuple[_Gap, ...]) -> int | None:
    return gaps[-1].position if gaps else None


def _cut_in_word(text: str, start: int, end: int) -> int:
    """Before a web address that would be cut, else between graphemes, else wherever the limit is."""
    addresses = [match.start() for match in _ADDRESS.finditer(text, start + 1, end)]
    return addresses[-1] if addresses else _last_boundary(text, start, end) or end


def _last_boundary(text: str, start: int, end: int) -> int:
    """The last place up to `end` where a grapheme begins; 0 where there is none behind `start`.

    A rule about graphemes looks at one code point behind the boundary, so one more is read. The slice keeps the
    pattern from looking back over a whole row of flags again and again.
    """
    begins = [match.start() for match in _GRAPHEME.finditer(text[start : end + 1])]
    return start + begins[-1] if len(begins) > 1 else 0


def _after_gap(text: str, position: int) -> int:
    match = _GAP.match(text, position)
    return match.end() if match else position
