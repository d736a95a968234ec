"""Cuts a long section into parts at dashes, sentences, clauses; joined again they lose nothing."""

from __future__ import annotations

import math
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from knowledge.passage import MAX_PASSAGE_CHARACTERS
from vietnamese.sentences import split_sentences

TARGET_CHARACTERS = 850
"""A section that must be cut is cut finer than the limit: short parts are found better and read faster."""
MOST_BALANCED = 200
"""Sentences of a section up to which the cuts are balanced, which takes time with their square."""
_CLAUSE_ENDS = (re.compile(r"(?<=;)\s+"), re.compile(r"(?<=,)\s+"), re.compile(r"\s+"))
"""Where a sentence is cut that is too long, the best place first."""


@dataclass(frozen=True)
class Part:
    """`first` and `last` are places of the pieces that it has something of."""

    text: str
    first: int
    last: int


@dataclass(frozen=True)
class _Atom:
    text: str
    piece: int
    begins_piece: bool


def split_pieces(pieces: Sequence[str], limit: int = MAX_PASSAGE_CHARACTERS) -> tuple[Part, ...]:
    """Pieces (paragraphs) stand on lines of their own; one part when all fit into `limit` characters."""
    whole = "\n".join(pieces)
    if not pieces:
        return ()
    if len(whole) <= limit:
        return (Part(whole, 0, len(pieces) - 1),)
    count = math.ceil(len(whole) / min(limit, TARGET_CHARACTERS))
    goal = math.ceil(len(whole) / count)
    atoms = [
        _Atom(text, place, number == 0)
        for place, piece in enumerate(pieces)
        for number, text in enumerate(_sentences(piece, goal))
    ]
    return tuple(_pack(atoms, count, limit) if len(atoms) <= MOST_BALANCED else _fill(atoms, goal))


def _sentences(text: str, limit: int) -> Iterator[str]:
    """Sentences; one longer than the limit is cut at semicolons, at commas, between words, at last anywhere."""
    for sentence in split_sentences(text):
        yield from _clauses(sentence, limit, _CLAUSE_ENDS)


def _clauses(text: str, limit: int, ends: Sequence[re.Pattern[str]]) -> Iterator[str]:
    if len(text) <= limit:
        yield text
        return
    if not ends:
        yield from (text[start : start + limit] for start in range(0, len(text), limit))
        return
    for clause in ends[0].split(text):
        yield from _clauses(clause, limit, ends[1:])


def _pack(atoms: Sequence[_Atom], count: int, limit: int) -> list[Part]:
    """The cuts that give parts of the most equal length; more parts than `count` when the limit asks for it."""
    while True:
        cuts = _best_cuts(atoms, count, limit)
        if cuts is not None:
            return [_part(atoms[start:end]) for start, end in pairwise(cuts)]
        count += 1


def _fill(atoms: Sequence[_Atom], goal: int) -> Iterator[Part]:
    """Parts as full as they get: for texts that nobody would call a section, in time that grows with their length."""
    start = length = 0
    for end, atom in enumerate(atoms):
        if end > start and length + len(atom.text) + 1 > goal:
            yield _part(atoms[start:end])
            start, length = end, 0
        length += len(atom.text) + 1
    yield _part(atoms[start:])


def _best_cuts(atoms: Sequence[_Atom], count: int, limit: int) -> list[int] | None:
    """Places of the cuts, both ends included, with the least sum of squares; None when no cuts keep the limit."""
    best: dict[int, tuple[int, list[int]]] = {0: (0, [0])}
    for _ in range(count):
        longer: dict[int, tuple[int, list[int]]] = {}
        for start, (cost, cuts) in best.items():
            for end in range(start + 1, len(atoms) + 1):
                length = len(_joined(atoms[start:end]))
                if length > limit:
                    break
                longer[end] = min(longer.get(end, (sys.maxsize, [])), (cost + length**2, [*cuts, end]))
        best = longer
    return best[len(atoms)][1] if len(atoms) in best else None


def _part(atoms: Sequence[_Atom]) -> Part:
    return Part(_joined(atoms), atoms[0].piece, atoms[-1].piece)


def _joined(atoms: Sequence[_Atom]) -> str:
    text = atoms[0].text
    for atom in atoms[1:]:
        text += ("\n" if atom.begins_piece else " ") + atom.text
    return text
