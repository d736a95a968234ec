"""What a question becomes before it is searched for. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from knowledge.search.diacritics import DiacriticRestorer
from knowledge.search.terms import accented_terms, plain_keys, plain_syllables, plain_terms
from vietnamese.accents import has_accents
from vietnamese.expansion import expand
from vietnamese.normalise import clean

MAX_CHARACTERS = 1_000
"""The embedding model reads 512 word pieces; of a longer text the beginning says what it is about."""
_DOCUMENT_KINDS = r"(?:cong van|quyet dinh|van ban|chi thi|thong bao|ke hoach|so)"
_NAMED_NUMBER = re.compile(rf"\b{_DOCUMENT_KINDS}(?: so)? (\d{{1,5}})\b")


@dataclass(frozen=True)
class Query:
    """`dense_text` may hold guessed diacritics: it is for the embedding model alone."""

    dense_text: str
    plain: tuple[str, ...]
    """Terms of the best reading, without diacritics."""
    plain_readings: tuple[tuple[str, ...], ...]
    """Terms without diacritics, one tuple for each reading of the question; never empty."""
    accented: tuple[str, ...]
    key: str
    """The question without diacritics, as documents' numbers are looked for in it."""
    keys: frozenset[str]
    """The same of each reading, as entries' own wordings are compared with it."""


def understand(question: str, restorer: DiacriticRestorer) -> Query:
    """Abbreviations written out, all readings kept, diacritics restored where none were typed."""
    question = clean(question[:MAX_CHARACTERS])
    readings = expand(question).readings
    best = readings[0] if has_accents(question) else restorer.likeliest(readings)
    as_typed = question.lower()
    return Query(
        dense_text=best,
        plain=plain_terms(best),
        plain_readings=tuple(dict.fromkeys(plain_terms(reading) for reading in (*readings, as_typed))),
        accented=accented_terms(best),
        key=" ".join(plain_syllables(best)),
        keys=plain_keys((*readings, as_typed)),
    )


def named_documents(key: str, documents: Iterable[str]) -> frozenset[str]:
    """Documents whose whole number, or first number after a word like "cong van", stands in the question's key."""
    numbers = set(_NAMED_NUMBER.findall(key))
    return frozenset(document for document in documents if _is_named(_number_of(document), key, numbers))


@lru_cache(maxsize=4096)
def _number_of(document: str) -> tuple[str, ...]:
    """The same few thousand documents are looked at for every question."""
    return tuple(plain_syllables(document))


def _is_named(number: Sequence[str], key: str, numbers: set[str]) -> bool:
    if not number or not number[0].isdigit():
        return False
    return number[0].lstrip("0") in {found.lstrip("0") for found in numbers} or f" {' '.join(number)} " in f" {key} "
