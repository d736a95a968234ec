"""A report as tables and charts, before it becomes a page or a workbook: both show the same cells."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from desk.report.measures import Share


class Kind(StrEnum):
    """How a cell is written."""

    TEXT = "text"
    COUNT = "count"
    PERCENT = "percent"  # a fraction from 0 to 1
    DURATION = "duration"  # seconds
    DAYS = "days"
    SCORE = "score"
    CHANGE_PERCENT = "change_percent"  # a fraction, with its sign
    CHANGE_POINTS = "change_points"  # a difference of two fractions
    CHANGE_DURATION = "change_duration"  # seconds, with their sign
    BLANK = "blank"  # nothing belongs here


@dataclass(frozen=True)
class Cell:
    """A `value` of None was not measured, and is said so; but for BLANK. `link` leads to a page of ours."""

    kind: Kind
    value: str | int | float | None
    link: str = ""


@dataclass(frozen=True)
class Row:
    """`is_total` for the last one of a sum."""

    cells: tuple[Cell, ...]
    is_total: bool = False


@dataclass(frozen=True)
class Table:
    """`note` says how its figures are counted."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    note: str = ""


@dataclass(frozen=True)
class Series:
    """One bar for each category; None where nothing was measured."""

    name: str
    values: tuple[float | None, ...]


@dataclass(frozen=True)
class Chart:
    """Horizontal bars. `goal` is a value on the axis; a chart of `is_percent` has fractions and an axis up to 1."""

    key: str
    title: str
    description: str
    axis: str
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    is_percent: bool = False
    goal: float | None = None
    goal_name: str = ""


@dataclass(frozen=True)
class Sheet:
    """`key` names it in addresses; `title` on the tab of the workbook."""

    key: str
    title: str
    tables: tuple[Table, ...]
    charts: tuple[Chart, ...] = ()


BLANK = Cell(Kind.BLANK, None)


def text(value: str, link: str = "") -> Cell:
    """As it is."""
    return Cell(Kind.TEXT, value, link)


def count(value: int) -> Cell:
    """0 is a measurement too."""
    return Cell(Kind.COUNT, value)


def percent(share: Share) -> Cell:
    """Not without `share.of` in a cell of the same row."""
    return Cell(Kind.PERCENT, share.value)


def duration(seconds: float | None) -> Cell:
    """In seconds."""
    return Cell(Kind.DURATION, seconds)


def change(now: int, before: int) -> Cell:
    """Of counts, as a fraction of the earlier one; cannot be told from nothing."""
    return Cell(Kind.CHANGE_PERCENT, (now - before) / before if before else None)


def change_in_points(now: Share, before: Share) -> Cell:
    """Of shares."""
    both = now.value is not None and before.value is not None
    return Cell(Kind.CHANGE_POINTS, (now.value or 0.0) - (before.value or 0.0) if both else None)


def change_of_duration(now: float | None, before: float | None) -> Cell:
    """In seconds."""
    return Cell(Kind.CHANGE_DURATION, None if now is None or before is None else now - before)
