"""Puts diacritics back on a question typed without them, for the embedding model only: nobody is ever shown the result.

The model embeds "thai san" and "thai sản" far apart. A Viterbi search over pairs of neighbouring syllables, counted in
the knowledge base itself and in laws, finds the likeliest spelling; a wrong guess costs a little rank, never an answer.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from vietnamese.accents import strip_accents
from vietnamese.tones import fold_tones

MAX_CANDIDATES = 15
PAIR_WEIGHT = 0.8
"""Share of the pair's probability against that of the syllable alone."""
PAIR_PRIOR = 2.0
"""Imaginary pairs added after each syllable, so that one seen once does not look certain."""
UNSEEN_COUNT = 0.1
_WORD = re.compile(r"[^\W_]+")
_Ways = dict[str, tuple[float, tuple[str, ...]]]
"""Last spelling → the likeliest way to it: log probability and all spellings."""


@dataclass(frozen=True)
class SyllableCounts:
    """How often each syllable, and each pair of neighbours, was seen."""

    single: Mapping[str, int]
    pairs: Mapping[tuple[str, str], int]


@dataclass
class SyllableCounter:
    """Collects counts from texts; `weight` lets a small telling text outweigh a large general one."""

    single: Counter[str] = field(default_factory=Counter)
    pairs: Counter[tuple[str, str]] = field(default_factory=Counter)

    def add_counts(self, counts: SyllableCounts) -> None:
        """Counts made earlier, such as the table of laws."""
        self.single.update(counts.single)
        self.pairs.update(counts.pairs)

    def add_texts(self, texts: Iterable[str], weight: int = 1) -> None:
        """Texts with diacritics."""
        for text in texts:
            syllables = split_syllables(text)
            for syllable in syllables:
                self.single[syllable] += weight
            for pair in pairwise(syllables):
                self.pairs[pair] += weight

    def counts(self, min_count: int = 1) -> SyllableCounts:
        """What was seen at least `min_count` times."""
        return SyllableCounts(
            {syllable: count for syllable, count in self.single.items() if count >= min_count},
            {pair: count for pair, count in self.pairs.items() if count >= min_count},
        )


class DiacriticRestorer:
    """Pure once made: the same text always gives the same result."""

    def __init__(self, counts: SyllableCounts) -> None:
        self._counts = counts
        self._total = sum(counts.single.values()) or 1
        self._after: Counter[str] = Counter()
        for (left, _), count in counts.pairs.items():
            self._after[left] += count
        self._spellings: dict[str, list[str]] = defaultdict(list)
        for syllable in sorted(counts.single, key=lambda s: (-counts.single[s], s)):
            self._spellings[strip_accents(syllable)].append(syllable)

    def restore(self, text: str) -> str:
        """Lower case, syllables and numbers only; a syllable that has diacritics already keeps them."""
        return self._restore(text)[1]

    def likeliest(self, readings: Sequence[str]) -> str:
        """The reading that makes the likeliest sentence, restored; the first of equals."""
        return max((self._restore(reading) for reading in readings), key=lambda scored: scored[0])[1]

    def _restore(self, text: str) -> tuple[float, str]:
        """Mean log probability of a syllable, and the text."""
        syllables = split_syllables(text)
        if not syllables:
            return -math.inf, text
        best: _Ways = {
            spelling: (self._log_single(spelling), (spelling,)) for spelling in self._candidates(syllables[0])
        }
        for syllable in syllables[1:]:
            best = {spelling: self._best_way(best, spelling) for spelling in self._candidates(syllable)}
        score, path = max(best.values())
        return score / len(path), " ".join(path)

    def _candidates(self, syllable: str) -> list[str]:
        if strip_accents(syllable) != syllable:
            return [syllable]
        return self._spellings.get(syllable, [syllable])[:MAX_CANDIDATES]

    def _best_way(self, best: _Ways, spelling: str) -> tuple[float, tuple[str, ...]]:
        return max((score + self._log_pair(left, spelling), (*path, spelling)) for left, (score, path) in best.items())

    def _log_pair(self, left: str, right: str) -> float:
        pair = self._counts.pairs.get((left, right), 0) / (self._after[left] + PAIR_PRIOR)
        return math.log(PAIR_WEIGHT * pair + (1 - PAIR_WEIGHT) * self._probability(right))

    def _log_single(self, syllable: str) -> float:
        return math.log(self._probability(syllable))

    def _probability(self, syllable: str) -> float:
        return (self._counts.single.get(syllable, 0) + UNSEEN_COUNT) / self._total


def split_syllables(text: str) -> list[str]:
    """Lower case, tone marks in one place."""
    return _WORD.findall(fold_tones(unicodedata.normalize("NFC", text)).lower())
