"""Reads how a point is numbered: `Điều 2.`, `III.`, `4.`, `1.2.`, `a)`, `- `."""

from __future__ import annotations

from dataclasses import dataclass

from knowledge.directives.directive import Level
from knowledge.directives.forms import Forms

_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50}


@dataclass(frozen=True)
class Marker:
    """`sign` as printed (`a)`), `value` without punctuation (`a`), `rest` of the line after it."""

    level: Level
    sign: str
    value: str
    rest: str


def read_marker(text: str, forms: Forms) -> Marker | None:
    """The marker that the line may begin with; whether it is one depends on its neighbours."""
    for level, pattern in forms.marker_patterns:
        match = pattern.match(text)
        if match is not None:
            return Marker(level, match["sign"].strip(), match["value"], match["rest"].strip())
    return None


def order(level: Level, value: str, forms: Forms) -> tuple[int, ...]:
    """Places that the value may have among its siblings (two for a letter: with and without `đ`); empty for a dash."""
    if level is Level.LETTER:
        alphabets = (forms.point_letters, forms.latin_letters)
        return tuple(alphabet.index(value) + 1 for alphabet in alphabets if value in alphabet)
    if level in (Level.ROMAN, Level.CHAPTER) and not value.isdigit():
        return (roman_number(value),)
    if level is Level.DECIMAL:
        return (int(value.rsplit(".", 1)[1]),)
    if level is Level.CAPITAL:
        return (ord(value) - ord("A") + 1,)
    return (int(value),) if value.isdigit() else ()


def roman_number(numeral: str) -> int:
    """`IV` → 4; 0 for what is no numeral."""
    total = 0
    values = [_ROMAN_VALUES.get(letter, 0) for letter in numeral]
    for value, following in zip(values, [*values[1:], 0], strict=False):
        total += -value if value < following else value
    return total
