"""A question asked in an entry's very words is that entry's, however often others repeat the words. Pure.

The signals weigh whole entries: one that says a word ten times may come before the one whose question it is.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from knowledge.passage import Passage, without_period
from knowledge.search.terms import plain_keys
from knowledge.search_result import Hit
from vietnamese.expansion import expand

OWN_WORDING = 0.99
"""Chance of being right. Below 1: editors may have filed a wording in the wrong place."""


def keys_of(text: str) -> frozenset[str]:
    """Of a text as it stands and of each of its readings, without diacritics and signs."""
    return plain_keys((text, *expand(text).readings))


class OwnWordings:
    """The titles and sample questions of passages as keys, made when first asked for. Safe to share between threads."""

    def __init__(self) -> None:
        self._keys: dict[str, frozenset[str]] = {}

    def first(self, hits: Sequence[Hit], asked: Collection[str]) -> tuple[Hit, ...]:
        """The hit whose wording was asked comes first and is clear; as they were, where none or several have it."""
        owners = [hit for hit in hits if not self._of(hit.passage).isdisjoint(asked)]
        if len({without_period(hit.passage.id) for hit in owners}) != 1:
            return tuple(hits)
        own = replace(owners[0], score=max(owners[0].score, OWN_WORDING))
        ordered = (own, *(hit for hit in hits if hit is not owners[0]))
        return tuple(replace(hit, rank=place) for place, hit in enumerate(ordered, 1))

    def _of(self, passage: Passage) -> frozenset[str]:
        found = self._keys.get(passage.id)
        if found is None:
            found = frozenset().union(*map(keys_of, (passage.title, *passage.questions))) - {""}
            self._keys[passage.id] = found
        return found
