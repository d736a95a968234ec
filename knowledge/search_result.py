"""What one search gave: hits best first, what was rejected, how long each step took."""

from __future__ import annotations

from dataclasses import dataclass, field

from knowledge.passage import Passage


@dataclass(frozen=True)
class Hit:
    """`score` is the calibrated one that the bands of the answer policy are set on, 0 to 1."""

    passage: Passage
    score: float
    rank: int
    """1 is the best."""
    dense_score: float = 0.0
    """Cosine of question and passage, or of question and the passage's closest sample question."""
    lexical_score: float = 0.0
    """Share of the question's telling syllables that the passage and its sample questions hold."""


@dataclass(frozen=True)
class SearchResult:
    hits: tuple[Hit, ...]
    rejected: tuple[Hit, ...] = ()
    """Found but not answerable, out of the collection, not served on the day, or below the floor: editors need them."""
    timings: dict[str, float] = field(default_factory=dict)
    """Seconds by step."""
    syllables: int = 0
    """Of the question, its abbreviations written out; 0 where nothing was searched."""
