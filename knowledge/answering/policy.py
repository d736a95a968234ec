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


def choose_band(result: SearchResult, settings: AnsweringSettings) -> Band:
    """A near-duplicate of the best hit is no rival: it says the same."""
    if not result.hits:
        return Band.NOTHING
    best = result.hits[0]
    if best.score >= settings.certain_threshold:
        return Band.ANSWER
    if best.score < settings.clarify_threshold:
        return Band.ABSTAIN
    if best.score < settings.answer_threshold:
        return Band.CLARIFY
    rival = next(iter(rivals(result.hits)), None)
    if rival is not None and best.score - rival.score < settings.ambiguity_margin:
        return Band.CLARIFY
    return Band.ANSWER


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
