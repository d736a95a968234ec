"""Questions that the knowledge base has no answer to: grouped, masked, and only what several people asked. Pure."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from desk.report.traffic import AskedQuestion
from vietnamese.accents import strip_accents
from vietnamese.identifiers import mask_identifiers
from vietnamese.keys import plain_key
from vietnamese.normalise import clean

LEAST_PEOPLE = 2
"""What one person alone asked may tell who that is, and is no trend."""
MOST_GROUPS = 20
SHOWN_CHARACTERS = 200
CUT = "…"
MOST_EXPANDED = 1_000
_WORD = re.compile(r"[a-z0-9]+")
_MAY_IDENTIFY = re.compile(r"[\d@]")


@dataclass(frozen=True)
class QuestionGroup:
    """One question in its most frequent wording, identifiers masked."""

    text: str
    people: int
    times: int


@dataclass(frozen=True)
class UnansweredFigures:
    """`groups` are the most asked; the rest is only counted. `times` is everything, `alone` what one person asked."""

    groups: tuple[QuestionGroup, ...]
    times: int
    alone: int
    further: int


def group_unanswered(asked: Iterable[AskedQuestion]) -> UnansweredFigures:
    """The same words count as one question whatever the case and the marks; of the most frequent, whatever the
    usual abbreviations too. People are told apart by their conversations: who writes on two channels counts twice.
    """
    groups = _merged(_same_words(asked))
    several = [group for group in groups if len(group.people) >= LEAST_PEOPLE]
    several.sort(key=lambda group: (-len(group.people), -group.times, group.text))
    shown = tuple(QuestionGroup(_cut(each.text), len(each.people), each.times) for each in several[:MOST_GROUPS])
    times = sum(group.times for group in groups)
    return UnansweredFigures(shown, times, len(groups) - len(several), len(several) - len(shown))


@dataclass
class _Group:
    wordings: Counter[str] = field(default_factory=Counter)
    people: set[str] = field(default_factory=set)

    @property
    def times(self) -> int:
        return self.wordings.total()

    @property
    def text(self) -> str:
        return min(self.wordings, key=lambda wording: (-self.wordings[wording], wording))


def _same_words(asked: Iterable[AskedQuestion]) -> dict[str, _Group]:
    groups: defaultdict[str, _Group] = defaultdict(_Group)
    for question in asked:
        shown = clean(question.text)
        if _MAY_IDENTIFY.search(shown):
            shown = mask_identifiers(shown)
        key = " ".join(_WORD.findall(strip_accents(shown).lower()))
        if key:
            groups[key].wordings[shown] += question.times
            groups[key].people.add(question.conversation_id)
    return groups


def _merged(groups: dict[str, _Group]) -> list[_Group]:
    """By what the words mean; for the most frequent only, because writing out abbreviations takes its time."""
    often = sorted(groups, key=lambda key: (-groups[key].times, key))
    merged: defaultdict[str, _Group] = defaultdict(_Group)
    for number, key in enumerate(often):
        group = groups[key]
        meaning = plain_key(group.text) if number < MOST_EXPANDED else key
        merged[meaning].wordings += group.wordings
        merged[meaning].people |= group.people
    return list(merged.values())


def _cut(text: str) -> str:
    return text if len(text) <= SHOWN_CHARACTERS else text[: SHOWN_CHARACTERS - 1].rstrip() + CUT
