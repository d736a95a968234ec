"""A question that an editor tries, and what the assistant would say to it and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

NOT_READY = "not_ready"
"""Status of a trial against a draft that cannot be read yet; its text says what to mend."""
GONE = "gone"
"""Status of a trial against a release or version that is not there any more."""


class WhyNot(StrEnum):
    """Why a passage that was found is not what is said."""

    NOT_ANSWERABLE = "not_answerable"
    """Kept to be read only: recipients, signatures."""
    NOT_ON_DAY = "not_on_day"
    """Its document is not served on the day asked for."""
    NO_VALUE = "no_value"
    """Needs a figure of law that is not in force on that day."""
    SAYS_THE_SAME = "says_the_same"
    """Stands twice among the hits already."""
    LOW_SCORE = "low_score"
    """Below what is offered to anybody."""


@dataclass(frozen=True)
class TriedCitation:
    """As `knowledge.answer.Citation`; `url` is a path on our own pages."""

    label: str
    document: str
    section: str
    date: str
    validity: str
    url: str


@dataclass(frozen=True)
class TriedHit:
    """A passage that the search compared. `band`: `sure`, `likely` or `weak`; `why_not` is empty or a `WhyNot`."""

    passage_id: str
    document: str
    """As `editing.document.Document.name`."""
    section: str
    title: str
    text: str
    version: str
    score: float
    dense_score: float
    lexical_score: float
    band: str
    why_not: str


@dataclass(frozen=True)
class Tried:
    """What the assistant would say. `band` is answer, clarify, abstain, nothing or rule (decided before any search)."""

    status: str
    text: str
    band: str
    citations: tuple[TriedCitation, ...]
    hits: tuple[TriedHit, ...]
    elapsed_ms: float


@dataclass(frozen=True)
class TrySubject:
    """Against what a question is tried: the live base, a built release, or the live base with one version in it."""

    release_id: int | None = None
    version_id: int | None = None
    as_of: date | None = None
    """None is today."""
