"""One thing that the law or the agency says, in our own words, with where it stands and how sure we are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from knowledge.faqs.entry import Confidence


class Origin(StrEnum):
    """`primary`: the text itself was read; `secondary`: somebody's account; `memory`: nobody has seen a text."""

    PRIMARY = "primary"
    SECONDARY = "secondary"
    MEMORY = "memory"


@dataclass(frozen=True)
class Fact:
    """`law` and `doubt` are empty where there is none; unusable fields are empty, the findings say so."""

    id: str
    topic: str
    says: str
    law: str
    effective_from: date | None
    effective_to: date | None
    confidence: str
    origin: str
    doubt: str
    """What a lawyer should confirm."""
    unused_because: str
    file: str
    line: int

    @property
    def may_be_served(self) -> bool:
        """Nothing from memory and nothing that is held for unsure reaches a citizen."""
        return self.origin != Origin.MEMORY and self.confidence != Confidence.LOW


@dataclass(frozen=True)
class Ledger:
    """All facts, in the order of files and places."""

    facts: tuple[Fact, ...]

    def get(self, fact_id: str) -> Fact | None:
        """None where the ledger does not know it; the first of two with one id."""
        return next((fact for fact in self.facts if fact.id == fact_id), None)

    def of(self, fact_ids: tuple[str, ...]) -> tuple[Fact, ...]:
        """Those of the ids that the ledger knows."""
        return tuple(fact for fact_id in fact_ids if (fact := self.get(fact_id)))
