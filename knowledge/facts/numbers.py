"""Numbers that an entry writes out and none of its facts holds: the trace of a slip, or of a fact that is not named."""

from __future__ import annotations

import re
from collections.abc import Iterable

from knowledge.facts.fact import Fact

_BRACES = re.compile(r"\{[^{}]*\}")
_NUMBER = re.compile(r"(?<![\d/.,])\d+(?:[.,/]\d+)*")
_DIGITS = re.compile(r"\d+")
_HOTLINE = re.compile(r"1900[ .]?9068")


def numbers_without_fact(texts: Iterable[str], facts: Iterable[Fact]) -> tuple[str, ...]:
    """Each once, as written, of texts as filed: what placeholders stand for comes from the table and is left out.

    A date or grouped number is held when each part of it is; leading zeros do not count.
    """
    held = {_bare(part) for fact in facts for text in _texts_of(fact) for part in _DIGITS.findall(text)}
    written = [match for text in texts for match in _NUMBER.findall(_HOTLINE.sub(" ", _BRACES.sub(" ", text)))]
    missing = (one for one in written if not {_bare(part) for part in _DIGITS.findall(one)} <= held)
    return tuple(dict.fromkeys(missing))


def _texts_of(fact: Fact) -> tuple[str, ...]:
    days = tuple(day.strftime("%d/%m/%Y") for day in (fact.effective_from, fact.effective_to) if day)
    return (fact.says, fact.law, *days)


def _bare(digits: str) -> str:
    return digits.lstrip("0")
