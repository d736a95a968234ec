"""Which of the three bands a search falls into: answer, ask back, abstain. Pure."""

from __future__ import annotations

from enum import StrEnum

from knowledge.search_result import Hit, SearchResult
from knowledge.settings import AnsweringSettings

MAX_OPTIONS = 3


class Band(StrEnum):
    """What to do with the hits of one search."""

    ANSWER = "answer"
    CLARIFY = "clarify"
    ABSTAIN = "abstain"
    NOTHING = "nothing"
    """No hit at all."""


class Strength(StrEnum):
    """How far a single hit is to be trusted, on the same thresholds as the bands."""

    SURE = "sure"
    LIKELY = "likely"
    WEAK = "weak"


def strength_of(score: float, settings: AnsweringSettings) -> Strength:
    """Of a calibrated score."""
    if score >= settings.certain_threshold:
        return Strength.SURE
    return Strength.LIKELY if score >= settings.answer_threshold else Strength.WEAK


def choose_band(result: SearchResult, settings: AnsweringSettings, same: frozenset[str] = frozenset()) -> Band:
    """A near-duplicate of the best hit is no rival: it says the same. Nor is a passage of `same`, by its id."""
    if not result.hits:
        return Band.NOTHING
    best = result.hits[0]
    if best.score >= settings.certain_threshold:
        return Band.ANSWER
    if best.score < settings.clarify_threshold:
        return Band.ABSTAIN
    if best.score < settings.answer_threshold:
        return Band.CLARIFY
    rival = next((hit for hit in rivals(result.hits) if hit.passage.id not in same), None)
    if rival is not None and best.score - rival.score < settings.ambiguity_margin:
        return Band.CLARIFY
    return Band.ANSWER


def is_clear(result: SearchResult, settings: AnsweringSettings, same: frozenset[str] = frozenset()) -> bool:
    """Whether the best hit may be told as a rule beside somebody's own case: likely, and far before any other."""
    if not result.hits or result.hits[0].score < settings.own_case_threshold:
        return False
    best = result.hits[0]
    rival = next((hit for hit in rivals(result.hits) if hit.passage.id not in same), None)
    return rival is None or best.score - rival.score >= settings.own_case_margin


def rivals(hits: tuple[Hit, ...]) -> list[Hit]:
    """Hits after the first that say something else than it, best first."""
    best = hits[0].passage
    return [
        hit
        for hit in hits[1:]
        if hit.passage.id not in best.near_duplicates
        and (hit.passage.document, hit.passage.section) != (best.document, best.section)
    ]


def choose_options(hits: tuple[Hit, ...]) -> tuple[Hit, ...]:
    """At most three different readings to offer, best first."""
    return (hits[0], *rivals(hits)[: MAX_OPTIONS - 1])
