"""What the lexical index counts: syllables and pairs of neighbours, with and without diacritics. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from vietnamese.accents import strip_accents
from vietnamese.tones import fold_i_y, fold_tones

PAIR_MARK = "_"
_WORD = re.compile(r"[^\W_]+")


def plain_terms(expanded: str) -> tuple[str, ...]:
    """Terms without diacritics of a text whose abbreviations are written out."""
    return _with_pairs(plain_syllables(expanded))


def accented_terms(expanded: str) -> tuple[str, ...]:
    """Terms with diacritics of the same."""
    return _with_pairs(_WORD.findall(_folded(expanded)))


def plain_syllables(text: str) -> list[str]:
    """Letters and numbers, each sequence on its own: "288/BHXH-VP" gives 288, bhxh, vp."""
    return _WORD.findall(strip_accents(_folded(text)))


def plain_keys(readings: Iterable[str]) -> frozenset[str]:
    """Each reading without diacritics and signs: texts that share one ask the same."""
    return frozenset(" ".join(plain_syllables(reading)) for reading in readings)


def _folded(text: str) -> str:
    return fold_i_y(fold_tones(text)).lower()


def _with_pairs(syllables: Sequence[str]) -> tuple[str, ...]:
    return (*syllables, *map(PAIR_MARK.join, pairwise(syllables)))
