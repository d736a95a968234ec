"""Finds entries that rest on the same place of the law and yet say another figure. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from vietnamese.accents import strip_accents
from vietnamese.keys import plain_key

# A number with its unit and the two words before it: "toi da 75%" and "toi da 70%" speak of the same thing.
_FIGURE = re.compile(
    r"(?P<before>[^\W\d_]+ [^\W\d_]+) (?P<number>\d[\d.,]*\d|\d) ?(?P<unit>%|dong|thang|ngay|nam|tuoi|lan)(?![^\W\d_])"
)
_SPACES = re.compile(r"\s+")
Place = tuple[str, str]


@dataclass(frozen=True)
class Stated:
    """What an entry says to a citizen: `bases` are pairs of document and article."""

    document: str
    """As editing.document.Document.name."""
    title: str
    text: str
    bases: tuple[Place, ...]


@dataclass(frozen=True)
class FigureConflict:
    """`unit` without diacritics: %, dong, thang, ngay, nam, tuoi, lan; `basis` is the place that both name."""

    document: str
    title: str
    mine: str
    other: str
    unit: str
    basis: str


def conflicts(mine: Stated, others: Iterable[Stated]) -> Iterator[FigureConflict]:
    """Each other entry at most once. A basis without an article says too little to compare."""
    own_places, own_figures = _places(mine), _figures(mine.text)
    for other in others:
        shared = own_places.keys() & _places(other).keys()
        if other.document == mine.document or not shared or not own_figures:
            continue
        theirs = _figures(other.text)
        differing = sorted(
            key for key in own_figures.keys() & theirs.keys() if own_figures[key].isdisjoint(theirs[key])
        )
        if differing:
            about, basis = differing[0], own_places[min(shared)]
            said, else_said = (" / ".join(sorted(figures[about])) for figures in (own_figures, theirs))
            yield FigureConflict(other.document, other.title, said, else_said, about[1], basis)


def _places(stated: Stated) -> Mapping[Place, str]:
    return {
        (plain_key(document), plain_key(article)): f"{article} {document}"
        for document, article in stated.bases
        if document and article
    }


def _figures(text: str) -> Mapping[tuple[str, str], frozenset[str]]:
    found: dict[tuple[str, str], set[str]] = {}
    for match in _FIGURE.finditer(_SPACES.sub(" ", strip_accents(text).lower())):
        found.setdefault((match["before"], match["unit"]), set()).add(match["number"].rstrip(".,"))
    return {key: frozenset(numbers) for key, numbers in found.items()}
