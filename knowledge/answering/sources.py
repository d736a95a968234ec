"""What composing an answer needs of the documents; the real one is `knowledge.catalogue.Catalogue`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Protocol

from knowledge.answer import Citation
from knowledge.passage import Passage


@dataclass(frozen=True)
class Facet:
    """One of the entries that answer the same question for different people."""

    passage_id: str
    question: str
    audience: frozenset[str]


@dataclass(frozen=True)
class Figure:
    """One value of a parameter and the time it is in force, both days included; `citation` where it stands."""

    title: str
    value: str
    effective_from: date
    effective_to: date | None
    citation: Citation | None


@dataclass(frozen=True)
class PastFigures:
    """Of one parameter: its values of a past time, oldest first, and the one of today."""

    then: tuple[Figure, ...]
    now: Figure | None


class Sources(Protocol):
    """Knows the documents behind the passages, as of any day."""

    def text_on(self, passage: Passage, day: date) -> str | None:
        """What may be shown of the passage on the day; None when it may not be answered with then."""

    def citations(self, passage: Passage, day: date) -> tuple[Citation, ...]:
        """Where the passage stands, most important first; empty when its document is not filed."""

    def similar(self, passage: Passage, day: date) -> tuple[Citation, ...]:
        """Where the same is said elsewhere (body and annex)."""

    def is_ours(self, passage: Passage) -> bool:
        """False for an entry that only says which other body is responsible."""

    def facets(self, passage: Passage, day: date) -> tuple[Facet, ...]:
        """All entries of the passage's lens that are served on the day, its own among them; empty without a lens."""

    def past_figures(self, passage: Passage, first: date, last: date, today: date) -> tuple[PastFigures, ...]:
        """Of each parameter that the answer uses and that had another value between the days; empty for none."""

    def in_force_since(self, passage: Passage, day: date) -> date | None:
        """The latest day on which one of its legal bases began; None where none is dated."""
