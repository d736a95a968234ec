"""What a person says about a line that the parser reads otherwise; kept in the front matter."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from knowledge.directives.directive import Level
from knowledge.directives.errors import DirectiveError, DirectiveFault

MOST_CORRECTIONS = 2_000
_LABELS: Mapping[Level, re.Pattern[str]] = {
    Level.CHAPTER: re.compile(r"[IVXL]{1,7}|\d{1,3}", re.ASCII),
    Level.ARTICLE: re.compile(r"\d{1,3}", re.ASCII),
    Level.CAPITAL: re.compile(r"[A-Z]", re.ASCII),
    Level.ROMAN: re.compile(r"[IVXL]{1,7}", re.ASCII),
    Level.NUMBER: re.compile(r"\d{1,3}", re.ASCII),
    Level.DECIMAL: re.compile(r"\d{1,3}(?:\.\d{1,3}){1,2}", re.ASCII),
    Level.LETTER: re.compile(r"[^\W\d_A-Z]"),
    Level.DASH: re.compile(r"-?"),
}
LEVELS = tuple(_LABELS)
"""Levels that a person may give; rows and paragraphs are counted by the parser."""


class Reading(StrEnum):
    """What the line is."""

    POINT = "point"
    HEADING = "heading"
    """A point whose words are its heading."""
    TEXT = "text"
    """A paragraph of the point before it."""
    JOINED = "joined"
    """The paragraph before goes on."""
    CLOSING = "closing"
    """Here the words begin that end the document."""
    LEFT_OUT = "left_out"
    """No part of the document."""
    SPLIT = "split"
    """Only cut at `at`; the parser reads both pieces as lines."""


@dataclass(frozen=True)
class Correction:
    """`line` is the number of the line in the text, from 1; with `at` only the piece that begins with these words.

    `level` and `label` are for points and headings without a printed number, or with a wrong one; None and empty
    where the printed one is right.
    """

    line: int
    reading: Reading
    at: str = ""
    level: Level | None = None
    label: str = ""


def read_corrections(data: Sequence[Mapping[str, Any]] | None) -> tuple[Correction, ...]:
    """From the front matter. Raises DirectiveError naming the line and what is wrong with it."""
    listed = data or ()
    if len(listed) > MOST_CORRECTIONS:
        said = f"corrections: more than {MOST_CORRECTIONS}"
        raise DirectiveError(said, DirectiveFault.CORRECTIONS_MANY, limit=MOST_CORRECTIONS)
    return tuple(_correction(entry) for entry in listed)


def write_correction(correction: Correction) -> dict[str, Any]:
    """As it stands in the front matter."""
    entry: dict[str, Any] = {"line": correction.line, "as": correction.reading.value}
    if correction.at:
        entry["at"] = correction.at
    if correction.level is not None:
        entry["level"] = correction.level.value
    if correction.label:
        entry["label"] = correction.label
    return entry


def _correction(entry: Mapping[str, Any]) -> Correction:
    unknown = set(entry) - {"line", "as", "at", "level", "label"}
    line = entry.get("line")
    if unknown or not isinstance(line, int) or line < 1:
        raise DirectiveError(f"corrections: wrong entry {dict(entry)!r}", DirectiveFault.CORRECTION)
    try:
        reading = Reading(entry.get("as", ""))
        level = Level(entry["level"]) if entry.get("level") else None
    except ValueError as error:
        raise DirectiveError(f"corrections: line {line}: {error}", DirectiveFault.CORRECTION) from error
    correction = Correction(line, reading, str(entry.get("at") or ""), level, str(entry.get("label") or ""))
    _check(correction)
    return correction


def _check(correction: Correction) -> None:
    name, level, line = f"corrections: line {correction.line}", correction.level, correction.line
    if correction.reading is Reading.SPLIT and not correction.at:
        raise DirectiveError(f"{name}: say at which words it is split", DirectiveFault.WORDS_MISSING, line=line)
    if level is None:
        if correction.label:
            raise DirectiveError(
                f"{name}: a label needs a level", DirectiveFault.LABEL, line=line, label=correction.label
            )
        return
    pattern = _LABELS.get(level)
    if pattern is None or not pattern.fullmatch(correction.label):
        said = f"{name}: {correction.label!r} cannot be the label of a {level.value}"
        raise DirectiveError(said, DirectiveFault.LABEL, line=line, label=correction.label)
