"""The signals of one search, and how they become one fused score. Pure."""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from knowledge.settings import FusionWeights

Scores = NDArray[np.float32]


@dataclass(frozen=True)
class Signals:
    """One number for each passage, in the order of the snapshot; names as in `FusionWeights`."""

    whole: Scores
    questions: Scores
    dense_text: Scores
    dense_questions: Scores
    topic: Scores
    named_document: Scores
    coverage: Scores
    """Not fused: how much of the question a passage holds, syllables and pairs, tells only whether to trust it."""
    pair_coverage: Scores

    def fused(self, weights: FusionWeights) -> Scores:
        """Weighted sum."""
        total = sum(getattr(weights, field.name) * getattr(self, field.name) for field in fields(weights))
        return np.asarray(total, dtype=np.float32)
