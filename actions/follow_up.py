"""Makes a short follow-up stand on its own: "and for employees?" means the last question, for employees. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from actions.follow_up_words import (
    ASKED,
    ASPECTS,
    CASE_ENDS,
    CASE_STARTS,
    CONNECTIVES,
    INSURANCES,
    PARTICLES,
    PEOPLE,
)
from vietnamese.accents import has_accents, strip_accents
from vietnamese.asked_time import at_time, split_time
from vietnamese.expansion import expand

MAX_WORDS = 12
"""A longer message tells its subject itself."""
MAX_BARE_CASE_WORDS = 4
"""Without its closing words such a message is a follow-up only when it is this short."""

_EDGE_PUNCTUATION = re.compile(r"^[^\w%]+|[^\w%]+$")


@dataclass(frozen=True)
class Word:
    """`plain` has no accents."""

    text: str
    plain: str


def follow_up_questions(text: str, last_question: str) -> tuple[str, ...]:
    """Whole questions that the text may mean, likeliest first, none when it stands alone.

    Written out in lower case, but for the earlier question asked for another time: that stays as it was typed.
    """
    words = _words(text)
    if not last_question or not words or len(words) > MAX_WORDS:
        return ()
    time, rest = split_time(text)
    if time and _asks_nothing_new(_words(rest)):
        return (at_time(last_question, time),)
    earlier = _words(last_question)
    case = _case(words, child=has_accents(text))
    if case:
        return _distinct(_swap(earlier, case), [*earlier, *case], case)
    body = _without_particles(_without_connectives(words))
    if _only_aspects(body):
        return _distinct([*_subject(earlier), *body], [*earlier, *body])
    return ()


def _distinct(*questions: Sequence[Word]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(" ".join(word.text for word in question) for question in questions))


def _words(text: str) -> list[Word]:
    texts = (_EDGE_PUNCTUATION.sub("", word) for word in expand(text).text.split())
    return [Word(word, strip_accents(word)) for word in texts if word]


def _without_connectives(words: Sequence[Word]) -> list[Word]:
    start = 0
    while start < len(words) - 1 and words[start].plain in CONNECTIVES:
        start += 1
    return list(words[start:])


def _without_particles(words: Sequence[Word]) -> list[Word]:
    end = len(words)
    while end > 1 and words[end - 1].plain in PARTICLES and not _ends_with(words[:end], ("the", "nao")):
        end -= 1
    return list(words[:end])


def _case(words: Sequence[Word], *, child: bool) -> list[Word]:
    """What stands between "what about" and its end; empty when the message is not of that shape.

    `child` says that the text has accents: then a bare "con" is somebody's child.
    """
    lead = 0
    while lead < len(words) and words[lead].plain in CONNECTIVES - {"con"}:
        lead += 1
    rest = _without_particles(words[lead:])
    start = next((shape for shape in CASE_STARTS if _starts_with(rest, shape)), None)
    if start is None or (child and start == ("con",) and rest[0].text == "con"):
        return []
    body = rest[len(start) :]
    end = next((shape for shape in CASE_ENDS if _ends_with(body, shape)), None)
    if end is not None:
        return body[: -len(end)]
    return body if start == ("con",) and len(body) <= MAX_BARE_CASE_WORDS else []


def _only_aspects(words: Sequence[Word]) -> bool:
    """Whether nothing is left once all aspects are taken out."""
    left = f" {' '.join(word.plain for word in words)} "
    for phrase in ASPECTS:
        left = left.replace(f" {phrase} ", "  ").replace(f" {phrase} ", "  ")
    return bool(words) and not left.strip()


def _asks_nothing_new(words: Sequence[Word]) -> bool:
    """Whether only ties and tones are left ("what about", "then"), or aspects of what was asked before."""
    left = [word for word in words if word.plain not in CONNECTIVES | PARTICLES]
    return not left or _only_aspects(left)


def _swap(earlier: list[Word], case: list[Word]) -> list[Word]:
    """Puts the case in the place of what it replaces (a person for a person), else at the end."""
    for kinds in (PEOPLE, INSURANCES):
        if _find(case, kinds) is not None:
            place = _find(earlier, kinds)
            if place is not None:
                return [*earlier[: place[0]], *case, *earlier[place[1] :]]
    return [*earlier, *case]


def _find(words: Sequence[Word], phrases: Sequence[str]) -> tuple[int, int] | None:
    """Start and end of the first phrase of the list that occurs."""
    for phrase in phrases:
        parts = phrase.split()
        for start in range(len(words) - len(parts) + 1):
            if _is_phrase(words[start : start + len(parts)], parts):
                return start, start + len(parts)
    return None


def _is_phrase(words: Sequence[Word], parts: Sequence[str]) -> bool:
    """A single syllable must be typed as in the list: with accents, a year is spelt otherwise than a man."""
    if len(parts) == 1 and words[0].plain in {"nam", "con", "bo", "vo"}:
        return words[0].text == parts[0]
    return [word.plain for word in words] == list(parts)


def _subject(earlier: list[Word]) -> list[Word]:
    """The earlier question without what it asked of its subject; all of it when nothing would be left."""
    rest = earlier
    for phrase in sorted(ASKED, key=len, reverse=True):
        place = _find(rest, (phrase,))
        if place is not None:
            rest = [*rest[: place[0]], *rest[place[1] :]]
    return rest or earlier


def _starts_with(words: Sequence[Word], shape: Sequence[str]) -> bool:
    return [word.plain for word in words[: len(shape)]] == list(shape)


def _ends_with(words: Sequence[Word], shape: Sequence[str]) -> bool:
    return len(words) > len(shape) and [word.plain for word in words[-len(shape) :]] == list(shape)
