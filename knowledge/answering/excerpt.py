"""The part of a long passage that answers a question. Pure."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise

from vietnamese.keys import plain_key
from vietnamese.sentences import split_sentences

_CLAUSE_END = re.compile(r"(?<=[;])\s+")
LONG_SENTENCE_CHARACTERS = 240


@dataclass(frozen=True)
class Excerpt:
    """`text` is verbatim but for " … " where clauses between two kept ones were left out."""

    text: str
    complete: bool


def excerpt(text: str, question: str, limit: int) -> Excerpt:
    """The whole text when it fits into `limit` characters, else its clauses nearest the question, in their order."""
    if len(text) <= limit:
        return Excerpt(text, complete=True)
    clauses = _clauses(text)
    kept = _fill(clauses, _scores(clauses, question), limit)
    return Excerpt(_join(clauses, kept), complete=False)


def _clauses(text: str) -> list[str]:
    clauses: list[str] = []
    for sentence in split_sentences(text):
        parts = _CLAUSE_END.split(sentence) if len(sentence) > LONG_SENTENCE_CHARACTERS else [sentence]
        clauses += [part.strip() for part in parts if part.strip()]
    return clauses


def _scores(clauses: list[str], question: str) -> list[float]:
    """Share of the question's syllable pairs and syllables in each clause; rare ones in this text weigh more."""
    asked = _terms(question)
    in_clauses = [_terms(clause) for clause in clauses]
    frequency = Counter(term for terms in in_clauses for term in terms)
    return [sum((2.0 if " " in term else 1.0) / frequency[term] for term in asked & terms) for terms in in_clauses]


def _terms(text: str) -> set[str]:
    syllables = plain_key(text).split()
    return set(syllables) | {f"{first} {second}" for first, second in pairwise(syllables)}


def _fill(clauses: list[str], scores: list[float], limit: int) -> list[int]:
    """Grows around the best clause: its neighbours explain it better than a far clause does."""
    best = max(range(len(clauses)), key=lambda place: (scores[place], -place))
    kept = {best}
    room = limit - len(clauses[best])
    order = sorted(
        (place for place in range(len(clauses)) if place != best),
        key=lambda place: (-scores[place] if scores[place] > 0 else 0.0, abs(place - best)),
    )
    for place in order:
        cost = len(clauses[place]) + len(" … ")
        if cost <= room:
            kept.add(place)
            room -= cost
    return sorted(kept)


def _join(clauses: list[str], kept: list[int]) -> str:
    text = clauses[kept[0]]
    for before, place in pairwise(kept):
        text += (" " if place == before + 1 else " … ") + clauses[place]
    return text
