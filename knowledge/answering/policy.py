"""Which of the three bands a search falls into: answer, ask back, abstain. Pure."""

from __future__ import annotations

from enum import StrEnum

from knowledge.passage import Collection
from knowledge.search_result import Hit, SearchResult
from knowledge.settings import AnsweringSettings

MAX_OPTIONS = 3
LEAD = 3.0
"""So many times as likely as the second reading, the first of a short question is no one of many."""
WHOLLY_HELD = 0.999
"""Share of a question's telling syllables, as 32-bit numbers round it."""


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
        return Band.CLARIFY if names_subject(result, settings) else Band.ABSTAIN
    if best.score < settings.answer_threshold:
        return Band.CLARIFY
    rival = next((hit for hit in rivals(result.hits) if hit.passage.id not in same), None)
    if rival is not None and best.score - rival.score < settings.ambiguity_margin:
        return Band.CLARIFY
    return Band.ANSWER


def names_subject(result: SearchResult, settings: AnsweringSettings) -> bool:
    """Whether the question is a bare subject ("thai sản"): short, and at least two FAQ entries speak of all of it.

    No single hit can be likely then: each of the many entries about it is as good as the next. The options together
    have to reach what a single reading needs; one that leads by far was hit by chance ("không mất tiền").
    """
    if not 0 < result.syllables <= settings.subject_syllables:
        return False
    options = choose_options(result.hits)
    if sum(hit.score for hit in options) < settings.clarify_threshold:
        return False
    first = options[:2]
    return (
        len(first) > 1
        and first[1].score * LEAD >= first[0].score
        and all(hit.passage.collection is Collection.FAQ and hit.lexical_score >= WHOLLY_HELD for hit in first)
    )


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
