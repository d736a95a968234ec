"""How easily answers are read: length, long sentences, words of lawyers. Pure but for its table of words."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from statistics import fmean, median

from knowledge.faqs.entry import FaqEntry, Status
from settings.yaml_text import load_yaml
from vietnamese.sentences import split_sentences

_FILE = Path(__file__).with_name("rare_words.yml")
LONG_SENTENCE = 25
"""Words (syllables); what a pupil of a secondary school reads at once."""


@dataclass(frozen=True)
class Reading:
    """Of one answer as citizens read it; lengths of sentences in words (syllables)."""

    entry: str
    characters: int
    longest: int
    mean: float
    long_share: float
    """Share of sentences longer than `LONG_SENTENCE`."""
    rare: tuple[str, ...]
    """Words of lawyers, each once."""


@dataclass(frozen=True)
class Totals:
    """Over all answers; `rare` counts answers that hold such a word."""

    answers: int
    mean_characters: float
    median_characters: float
    mean_sentence: float
    long_share: float
    with_long: int
    rare: int


def readings(entries: Iterable[FaqEntry]) -> tuple[Reading, ...]:
    """Of live entries, the hardest first: by long sentences, then by rare words, then by length."""
    found = [reading_of(entry.id, entry.answer) for entry in entries if entry.status == Status.LIVE]
    return tuple(sorted(found, key=lambda one: (-one.long_share, -one.longest, -len(one.rare), -one.characters)))


def reading_of(entry: str, answer: str) -> Reading:
    """An empty answer reads as zeros."""
    lengths = [len(sentence.split()) for sentence in split_sentences(answer)] or [0]
    long_share = sum(length > LONG_SENTENCE for length in lengths) / len(lengths)
    rare = tuple(dict.fromkeys(match.lower() for match in _rare_words().findall(answer)))
    return Reading(entry, len(answer), max(lengths), fmean(lengths), long_share, rare)


def totals(found: tuple[Reading, ...]) -> Totals:
    """Zeros for no answers."""
    if not found:
        return Totals(0, 0.0, 0.0, 0.0, 0.0, 0, 0)
    lengths = [one.characters for one in found]
    return Totals(
        len(found),
        fmean(lengths),
        median(lengths),
        fmean(one.mean for one in found),
        fmean(one.long_share for one in found),
        sum(one.long_share > 0 for one in found),
        sum(bool(one.rare) for one in found),
    )


@cache
def _rare_words() -> re.Pattern[str]:
    words: dict[str, str] = load_yaml(_FILE.read_text(encoding="utf-8"))
    either = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    return re.compile(rf"(?<![^\W\d_])(?:{either})(?![^\W\d_])", re.IGNORECASE)
