"""From the signals of a hit to the chance, 0 to 1, that it answers the question. Pure."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, fields

from knowledge.settings import CalibrationWeights


@dataclass(frozen=True)
class Features:
    """Of one hit; names as in `CalibrationWeights`."""

    topic: float
    margin: float
    coverage: float
    pair_coverage: float
    length: float


def probability(features: Features, weights: CalibrationWeights) -> float:
    """Logistic regression."""
    logit = weights.intercept + sum(
        getattr(weights, field.name) * getattr(features, field.name) for field in fields(features)
    )
    return 1 / (1 + math.exp(-max(min(logit, 50.0), -50.0)))


def never_rising(scores: Sequence[float]) -> tuple[float, ...]:
    """Each score at most the one before it, so that the order of hits and of their scores agree."""
    lowest, result = 1.0, []
    for score in scores:
        lowest = min(lowest, score)
        result.append(lowest)
    return tuple(result)
