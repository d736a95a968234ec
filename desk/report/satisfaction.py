"""Satisfaction of a month, kept apart by what the citizen had: the assistant, a person, or only the waiting. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from desk.report.measures import Share
from desk.satisfaction import HIGHEST, LOWEST, SATISFIED_FROM, About, Rating


@dataclass(frozen=True)
class Verdict:
    """`satisfied` is a share of those who answered, `answered` of those who were asked."""

    answered: Share
    satisfied: Share
    mean: float | None
    scores: tuple[int, ...]
    """How many gave each score, from the lowest to the highest."""


@dataclass(frozen=True)
class SatisfactionFigures:
    """Every `About` is there."""

    overall: Verdict
    by_about: Mapping[About, Verdict]


def satisfaction_figures(ratings: Iterable[Rating]) -> SatisfactionFigures:
    """Of the questions asked in the month, whenever they were answered."""
    found = tuple(ratings)
    parts = {about: _verdict([each for each in found if each.about is about]) for about in About}
    return SatisfactionFigures(_verdict(found), parts)


def _verdict(ratings: Iterable[Rating]) -> Verdict:
    asked = tuple(ratings)
    scores = [rating.score for rating in asked if rating.score is not None]
    counts = Counter(scores)
    return Verdict(
        answered=Share(len(scores), len(asked)),
        satisfied=Share(sum(score >= SATISFIED_FROM for score in scores), len(scores)),
        mean=sum(scores) / len(scores) if scores else None,
        scores=tuple(counts[score] for score in range(LOWEST, HIGHEST + 1)),
    )
