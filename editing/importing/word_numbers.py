"""The numbers that Word counts by itself (`1.`, `a)`, `Điều 2.`) and does not write into the text."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from docx.oxml.ns import qn

_PLACE = re.compile(r"%([1-9])")
_ROMAN = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
BULLET = "-"
LEVELS = 9


@dataclass(frozen=True)
class ListLevel:
    """How one level is counted; `text` holds `%1` for the number of the first level and so on."""

    kind: str = "decimal"
    text: str = "%1."
    start: int = 1


@dataclass
class ListNumbers:
    """Counts through one document. `numbering` is Word's part of that name, None when there is none."""

    numbering: Any | None
    _levels: dict[str, dict[int, ListLevel]] = field(default_factory=dict)
    _counts: dict[str, dict[int, int]] = field(default_factory=dict)

    def mark(self, list_id: str, level: int) -> str:
        """What Word shows before the next paragraph of that list and level; empty when it shows nothing."""
        levels = self._levels_of(list_id)
        if level not in levels:
            return ""
        counts = self._counts.setdefault(list_id, {})
        counts[level] = counts.get(level, levels[level].start - 1) + 1
        for deeper in [other for other in counts if other > level]:
            del counts[deeper]
        return self._shown(levels, counts, level)

    @staticmethod
    def _shown(levels: dict[int, ListLevel], counts: dict[int, int], level: int) -> str:
        if levels[level].kind == "bullet":
            return BULLET
        if levels[level].kind == "none":
            return ""

        def number(match: re.Match[str]) -> str:
            place = int(match[1]) - 1
            form = levels.get(place, ListLevel())
            return counted(counts.get(place, form.start), form.kind)

        return _PLACE.sub(number, levels[level].text).strip()

    def _levels_of(self, list_id: str) -> dict[int, ListLevel]:
        if list_id not in self._levels:
            self._levels[list_id] = self._read(list_id)
        return self._levels[list_id]

    def _read(self, list_id: str) -> dict[int, ListLevel]:
        if self.numbering is None:
            return {}
        concrete = _named(self.numbering, "w:num", "w:numId", list_id)
        found = None if concrete is None else concrete.find(qn("w:abstractNumId"))
        if concrete is None or found is None:
            return {}
        abstract = _named(self.numbering, "w:abstractNum", "w:abstractNumId", found.get(qn("w:val")))
        levels = {} if abstract is None else {_place(each): _level(each) for each in abstract.findall(qn("w:lvl"))}
        for each in concrete.findall(qn("w:lvlOverride")):
            own = each.find(qn("w:lvl"))
            if own is not None:
                levels[_place(each)] = _level(own)
        return levels


def counted(number: int, kind: str) -> str:
    """3 → `3`, `c`, `iii` … by Word's names of kinds; unknown kinds count in figures."""
    if kind in ("lowerLetter", "upperLetter"):
        letter = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letter.upper() if kind == "upperLetter" else letter
    if kind in ("lowerRoman", "upperRoman"):
        return roman(number).upper() if kind == "upperRoman" else roman(number)
    return f"{number:02d}" if kind == "decimalZero" else str(number)


def roman(number: int) -> str:
    """Small letters; figures for what nobody counts in Roman numerals."""
    if not 0 < number < 40:
        return str(number)
    written = ""
    for value, sign in _ROMAN:
        written += sign * (number // value)
        number %= value
    return written


def _named(part: Any, tag: str, attribute: str, value: str | None) -> Any | None:
    return next((each for each in part.findall(qn(tag)) if each.get(qn(attribute)) == value), None)


def _place(element: Any) -> int:
    value = element.get(qn("w:ilvl"), "0")
    return int(value) if value.isdecimal() and int(value) < LEVELS else 0


def _level(element: Any) -> ListLevel:
    def value(tag: str, default: str) -> str:
        found = element.find(qn(tag))
        return default if found is None else str(found.get(qn("w:val"), default))

    start = value("w:start", "1")
    number = int(start) if start.isdecimal() and len(start) < 6 else 1
    return ListLevel(value("w:numFmt", "decimal"), value("w:lvlText", ""), number)
