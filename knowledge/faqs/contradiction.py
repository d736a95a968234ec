"""Two entries that rest on one fact and say the same sentence with other numbers."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from knowledge.faqs.between_entries import meet
from knowledge.faqs.problem import Finding, ProblemKind
from knowledge.faqs.reading import FiledEntry
from vietnamese.sentences import split_sentences

_FIGURE = re.compile(r"\{[^{}]*\}|\d[\d.,/]*\d|\d")
_WORD = re.compile(r"[^\W\d_]+|[%#]")
_ALIKE = 0.9
"""Share of words that two sentences have in common; below it they speak of different cases (men and women)."""
_FEWEST_WORDS = 6
_SHOWN = 120


@dataclass(frozen=True)
class _Statement:
    """`figures` as written, those of the table by their placeholders."""

    entry: FiledEntry
    text: str
    words: frozenset[str]
    figures: tuple[str, ...]


def contradictions(entries: Sequence[FiledEntry]) -> Iterator[Finding]:
    """Each pair of live entries at most once, at the later one."""
    by_fact: dict[str, list[_Statement]] = defaultdict(list)
    for entry in entries:
        for fact in dict.fromkeys(entry.facts) if entry.is_live else ():
            by_fact[fact] += _statements(entry)
    told: set[tuple[int, int]] = set()
    for statements in by_fact.values():
        for one, other in combinations(statements, 2):
            pair = (id(one.entry), id(other.entry))
            if pair not in told and _contradict(one, other):
                told.add(pair)
                yield _finding(other, one)


def _statements(entry: FiledEntry) -> Iterator[_Statement]:
    for sentence in split_sentences(entry.answer.text):
        figures = tuple(match.lstrip("0") for match in _FIGURE.findall(sentence))
        # With diacritics: "nam" is a man, "năm" a year.
        words = frozenset(_WORD.findall(_FIGURE.sub("#", sentence).lower()))
        if figures and len(words) >= _FEWEST_WORDS:
            yield _Statement(entry, sentence, words, figures)


def _contradict(one: _Statement, other: _Statement) -> bool:
    if one.entry.id.text == other.entry.id.text or not meet(one.entry, other.entry):
        return False
    if len(one.figures) != len(other.figures) or one.figures == other.figures:
        return False
    return len(one.words & other.words) >= _ALIKE * len(one.words | other.words)


def _finding(mine: _Statement, theirs: _Statement) -> Finding:
    entry = mine.entry
    details = {"mine": mine.text[:_SHOWN], "theirs": theirs.text[:_SHOWN], "other": theirs.entry.id.text}
    return Finding(ProblemKind.FIGURES_CONTRADICT, entry.file, entry.answer.line, entry.id.text, tuple(details.items()))
