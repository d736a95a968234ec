"""Sums of money and percentages in a text, and sentences that promise somebody a sum. Pure but for its table."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from settings.yaml_text import load_yaml
from vietnamese.sentences import split_sentences

_FILE = Path(__file__).with_name("figures.yml")
_BRACES = re.compile(r"\{[^{}]*\}")
_FILLED = "\N{CURRENCY SIGN}"
"""Stands for a figure of the table while the others are looked for."""
_NUMBER = r"(?<![\d/.,])\d+(?:\.\d{3})*(?:,\d+)?"
_BIG = r"(?<![\d/.,])\d{1,3}(?:\.\d{3}){2,}(?![\d.,]*\d)"
"""Two groups of thousands: nothing but money is counted in millions here."""


@dataclass(frozen=True)
class Figure:
    """`text` as written ("4–6 triệu"), `number` of it without its unit; empty where it is written in words."""

    text: str
    number: str


@dataclass(frozen=True)
class _Patterns:
    figure: re.Pattern[str]
    words: re.Pattern[str]
    promise: re.Pattern[str]
    estimate: re.Pattern[str]


def figures_in(text: str) -> tuple[Figure, ...]:
    """Every sum of money and percentage, in order; both ends of a range ("4–6 triệu") stand for themselves."""
    patterns = _patterns()
    found = [(match.start(), figure) for match in patterns.figure.finditer(text) for figure in _figures(match)]
    found += [(match.start(), Figure(match.group(), "")) for match in patterns.words.finditer(text)]
    return tuple(figure for _, figure in sorted(found, key=lambda pair: pair[0]))


def literal_figures(raw: str) -> tuple[Figure, ...]:
    """Those of an answer as filed that no placeholder stands for."""
    return figures_in(_BRACES.sub(_FILLED, raw))


def promised_sums(answer: str) -> Iterator[str]:
    """Sentences of a filled answer that tell a person what sum they get, or estimate one."""
    patterns = _patterns()
    for sentence in split_sentences(answer):
        if patterns.promise.search(sentence) or patterns.estimate.search(sentence):
            yield sentence


def _figures(match: re.Match[str]) -> Iterator[Figure]:
    numbers = [match[name] for name in ("first", "second", "big", "only") if match[name]]
    return (Figure(match.group().strip(), number) for number in numbers)


@cache
def _patterns() -> _Patterns:
    words: dict[str, list[str]] = load_yaml(_FILE.read_text(encoding="utf-8"))
    money, percent = _any(words["money"]), _any(words["percent"])
    no_money, no_person = _any(words["not_money"]), _any(words["not_persons"])
    unit = rf"(?:\s*(?:{money})(?![^\W\d_])(?!\s+(?:{no_money})(?![^\W\d_]))|\s*(?:{percent})(?![^\W\d_]))"
    to = rf"\s*(?:{_any(words['ranges'])})\s*"
    figure = (
        rf"(?P<first>{_NUMBER}){unit}?{to}(?:(?P<second>{_NUMBER}){unit}|{_FILLED})"
        rf"|(?P<only>{_NUMBER}){unit}|(?P<big>{_BIG})"
    )
    counted = rf"(?<![^\W\d_])(?:(?:{_any(words['number_words'])})\s+)+(?:{_any(words['number_word_units'])})"
    spelled = rf"{counted}(?![^\W\d_])(?!\s+(?:{no_money})(?![^\W\d_]))"
    sum_of_money = rf"{_NUMBER}\s*(?:{money})(?![^\W\d_])(?!\s+(?:{no_money})(?![^\W\d_]))"
    person = rf"(?<![^\W\d_])(?:{_any(words['persons'])})(?![^\W\d_])(?!\s+(?:{no_person})(?![^\W\d_]))"
    gets = rf"(?<![^\W\d_])(?:{_any(words['getting'])})(?![^\W\d_])"
    amounts = rf"(?<![^\W\d_]){words['of']}\s+{person}.*?(?:{_any(words['amounting'])})(?![^\W\d_])"
    about = rf"(?<![^\W\d_])(?:{_any(words['estimates'])})\s+"
    return _Patterns(
        re.compile(figure, re.IGNORECASE),
        re.compile(spelled, re.IGNORECASE),
        re.compile(rf"(?:{person}.*?{gets}|{amounts}).*?{sum_of_money}", re.IGNORECASE),
        re.compile(rf"{about}{sum_of_money}", re.IGNORECASE),
    )


def _any(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
