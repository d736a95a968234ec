"""Why a lawyer should read an entry before others, and which sentence of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from knowledge.facts.fact import Fact
from knowledge.facts.numbers import numbers_without_fact
from knowledge.facts.page_words import PageWords
from knowledge.faqs.entry import Confidence, FaqEntry, Source
from knowledge.faqs.figures import figures_in
from knowledge.faqs.reading import FiledEntry
from vietnamese.accents import strip_accents
from vietnamese.sentences import split_sentences

_NEAR = timedelta(days=365)
_WORD = re.compile(r"\w+")
_FEWEST_WORDS = 5
_DOUBT_WEIGHT = 2
FIGURES = frozenset({"money", "percent"})
"""Reasons that alone ask for no reading: their values come from the table, which is confirmed as a whole."""


@dataclass(frozen=True)
class Reason:
    """`name` as in `pages.yml`; `sentence` of the answer that it is about."""

    name: str
    detail: str
    sentence: str


@dataclass(frozen=True)
class Risk:
    """`reasons` in the order of `pages.yml`, at least one; `score` is the sum of their points, each name once."""

    entry: FaqEntry
    reasons: tuple[Reason, ...]
    score: int

    @property
    def only_figures(self) -> bool:
        """Nothing but values of the table."""
        return {reason.name for reason in self.reasons} <= FIGURES

    @property
    def sentences(self) -> tuple[str, ...]:
        """What is to be confirmed, each once, in the order of the reasons."""
        return tuple(dict.fromkeys(reason.sentence for reason in self.reasons))


def risk_of(
    entry: FaqEntry, filed: FiledEntry, facts: Sequence[Fact], days: Sequence[date], words: PageWords
) -> Risk | None:
    """None where nothing asks for a lawyer. `days` are those on which values of its parameters begin or end."""
    sentences = split_sentences(entry.answer)
    if not sentences:
        return None
    found = [
        *_doubts(facts, sentences),
        *_unbacked(filed, facts, sentences),
        *_trust(entry, sentences, words.secondary_phrase),
        *_by_words("penalty", words.penalty_words, sentences),
        *_near_days(entry, days, words.as_of, sentences),
        *_figures(sentences),
    ]
    names = dict.fromkeys(reason.name for reason in found)
    score = sum(words.reasons[name].points for name in names)
    return Risk(entry, tuple(found), score) if found else None


def _doubts(facts: Sequence[Fact], sentences: Sequence[str]) -> Iterator[Reason]:
    for fact in facts:
        if fact.doubt:
            yield Reason("doubt", f"{fact.id}: {fact.doubt}", _nearest(fact, sentences))


def _unbacked(filed: FiledEntry, facts: Sequence[Fact], sentences: Sequence[str]) -> Iterator[Reason]:
    """Of an entry with facts: what is another body's business may have none."""
    steps = filed.next_steps
    texts = (filed.answer.text, steps.where, *steps.papers, steps.deadline)
    for number in numbers_without_fact(texts, facts) if facts else ():
        yield Reason("number", number, next((one for one in sentences if number in one), _telling(sentences)))


def _trust(entry: FaqEntry, sentences: Sequence[str], secondary_phrase: str) -> Iterator[Reason]:
    said = next((one for one in sentences if secondary_phrase in one.lower()), _telling(sentences))
    if entry.confidence == Confidence.MEDIUM:
        yield Reason("medium", "", said)
    if entry.source == Source.SECONDARY:
        yield Reason("secondary", "", said)


def _by_words(name: str, listed: Sequence[str], sentences: Sequence[str]) -> Iterator[Reason]:
    pattern = re.compile(rf"(?<![^\W\d_])(?:{'|'.join(map(re.escape, listed))})(?![^\W\d_])", re.IGNORECASE)
    sentence = next((one for one in sentences if pattern.search(one)), None)
    if sentence is not None:
        yield Reason(name, "", sentence)


def _near_days(entry: FaqEntry, days: Sequence[date], as_of: date, sentences: Sequence[str]) -> Iterator[Reason]:
    of_law = [day for basis in entry.legal_basis for day in (basis.effective_from, basis.effective_to) if day]
    near = sorted({day for day in (*of_law, *days) if abs(day - as_of) <= _NEAR})
    if near:
        detail = ", ".join(f"{day:%d/%m/%Y}" for day in near)
        dated = next((one for one in sentences if any(f"{day:%d/%m/%Y}" in one for day in near)), _telling(sentences))
        yield Reason("near", detail, dated)


def _figures(sentences: Sequence[str]) -> Iterator[Reason]:
    """The first sentence with money, else the first with a percentage."""
    percent = None
    for sentence in sentences:
        for figure in figures_in(sentence):
            if not figure.text.endswith("%"):
                yield Reason("money", "", sentence)
                return
            percent = percent or sentence
    if percent:
        yield Reason("percent", "", percent)


def _telling(sentences: Sequence[str]) -> str:
    """The first that says more than yes or no."""
    return next((one for one in sentences if len(one.split()) >= _FEWEST_WORDS), sentences[0])


def _nearest(fact: Fact, sentences: Sequence[str]) -> str:
    """The sentence that shares most words with the doubt, and with the fact, counted by its own length."""
    doubt, says = _words(fact.doubt), _words(fact.says)

    def shared(sentence: str) -> float:
        words = _words(sentence)
        return (_DOUBT_WEIGHT * len(words & doubt) + len(words & says)) / (len(words) + _FEWEST_WORDS)

    return max(sentences, key=shared)


def _words(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(strip_accents(text).lower()))
