"""What the lexical index counts: syllables and pairs of neighbours, with and without diacritics. Pure."""

from __future__ import annotations

import re

from vietnamese.keys import strip_key
from vietnamese.tones import fold_i_y, fold_tones

PAIR_MARK = "_"
_WORD = re.compile(r"[^\W_]+")


def plain_terms(expanded: str) -> tuple[str, ...]:
    """Terms without diacritics of a text whose abbreviations are written out."""
    return _with_pairs(strip_key(fold_i_y(fold_tones(expanded))).split())


def accented_terms(expanded: str) -> tuple[str, ...]:
    """Terms with diacritics of the same."""
    return _with_pairs(_WORD.findall(fold_i_y(fold_tones(expanded)).lower()))


def _with_pairs(syllables: list[str]) -> tuple[str, ...]:
    return (*syllables, *map(PAIR_MARK.join, zip(syllables, syllables[1:], strict=False)))
