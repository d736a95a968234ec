"""Which passages become hits, in which order, and which are turned away. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from knowledge.passage import Collection, Passage

MAX_ALIKE = 2
"""A passage and one near-duplicate may both be hits (body and annex); a third one only takes another's place."""


@dataclass(frozen=True)
class Wanted:
    """Which passages may be hits: of a collection (None: of all), served on a day (None: on any)."""

    collection: Collection | None = None
    day: date | None = None

    def holds(self, passage: Passage) -> bool:
        """Whether it may be a hit."""
        in_collection = self.collection is None or passage.collection is self.collection
        return passage.answerable and in_collection and (self.day is None or passage.is_served(self.day))


@dataclass(frozen=True)
class Ranking:
    """Numbers of passages, best first."""

    hits: tuple[int, ...]
    rejected: tuple[int, ...]


def rank(passages: Sequence[Passage], fused: NDArray[np.float32], wanted: Wanted, limit: int) -> Ranking:
    """At most `limit` of each; equal scores keep the order of the snapshot."""
    hits: list[int] = []
    rejected: list[int] = []
    for number in np.argsort(-fused, kind="stable").tolist():
        if len(hits) == limit:
            break
        is_hit = wanted.holds(passages[number]) and _alike(passages, hits, number) < MAX_ALIKE
        (hits if is_hit else rejected).append(number)
    return Ranking(tuple(hits), tuple(rejected[:limit]))


def says_the_same(one: Passage, other: Passage) -> bool:
    """Parts of one section, or marked as near-duplicates."""
    return (one.document, one.section) == (other.document, other.section) or (
        other.id in one.near_duplicates or one.id in other.near_duplicates
    )


def margins(passages: Sequence[Passage], fused: NDArray[np.float32], hits: Sequence[int]) -> tuple[float, ...]:
    """For each hit its lead over the best other hit that says something else; negative when it is behind."""
    return tuple(_margin(passages, fused, hits, number) for number in hits)


def _margin(passages: Sequence[Passage], fused: NDArray[np.float32], hits: Sequence[int], number: int) -> float:
    others = [float(fused[other]) for other in hits if not says_the_same(passages[number], passages[other])]
    return float(fused[number]) - max(others) if others else 0.0


def _alike(passages: Sequence[Passage], hits: Sequence[int], number: int) -> int:
    return sum(says_the_same(passages[number], passages[hit]) for hit in hits)
