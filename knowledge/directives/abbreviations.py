"""Short forms that a document explains where it first uses them: `bảo hiểm thất nghiệp (BHTN)`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from vietnamese.accents import strip_accents

_INITIALS = re.compile(r"([^()\n.;:]{4,90}?)\s\(([^\W\d_]{2,8})\)")
_NAMED = re.compile(r"([^()\n]{4,120})\s\(((?:[^\W\d_]+\s){1,3})([^\W\d_]{2,6})\)")


def read_abbreviations(texts: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """Pairs (short, long), in the order of the document; the first explanation of a short form counts."""
    found: dict[str, str] = {}
    for text in texts:
        for match in _INITIALS.finditer(text):
            words = match[1].split()[-len(match[2]) :]
            if match[2].isupper() and _initials(words) == strip_accents(match[2]):
                found.setdefault(match[2], " ".join(words))
        for match in _NAMED.finditer(text):
            start = match[1].rfind(match[2].strip())
            if match[3].isupper() and start != -1:
                found.setdefault(match[3], match[1][start:])
    return tuple(found.items())


def _initials(words: Iterable[str]) -> str:
    return "".join(strip_accents(word)[0].upper() for word in words)


def expand(text: str, abbreviations: Mapping[str, str]) -> str:
    """Writes out every short form of the mapping that stands as a word of its own."""
    if not abbreviations:
        return text
    short = "|".join(re.escape(word) for word in sorted(abbreviations, key=len, reverse=True))
    return re.sub(rf"(?<![\w/-])(?:{short})(?![\w-])", lambda match: abbreviations[match[0]], text)
