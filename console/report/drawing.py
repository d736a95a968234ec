"""Where the bars, words and lines of a chart stand, in the units of its picture. Pure."""

from __future__ import annotations

import math
from dataclasses import dataclass

from console.report.table import Cell, Chart, Kind
from console.report.texts import Words
from console.report.writing import written, written_count

WIDTH, LABELS, VALUES = 700, 250, 110
TOP, TOP_OF_GOAL, FOOT, GAP = 4, 26, 24, 12
BAR_HEIGHTS = (18, 9)
"""Of this month, and of the one before it below."""
LABEL_CHARACTERS = 36
MOST_TICKS = 5
STEPS = (1, 2, 5)
CUT = "…"


@dataclass(frozen=True)
class Bar:
    """`series` is 0 for this month; `words` are written behind it. Of an unmeasured one `width` is 0."""

    x: float
    y: float
    width: float
    height: float
    series: int
    words: str
    words_x: float
    words_y: float


@dataclass(frozen=True)
class Label:
    """`whole` is the name before it was cut to its place; x is the end of the words."""

    x: float
    y: float
    words: str
    whole: str


@dataclass(frozen=True)
class Tick:
    """A line across the picture, and what it means."""

    x: float
    words: str


@dataclass(frozen=True)
class Drawing:
    """`top` and `bottom` bound the lines; `goal_x` is None without a goal."""

    width: float
    height: float
    top: float
    bottom: float
    labels: tuple[Label, ...]
    bars: tuple[Bar, ...]
    ticks: tuple[Tick, ...]
    goal_x: float | None


def draw(chart: Chart, words: Words) -> Drawing:
    """`words` are those of `values` in texts.yml."""
    ticks = _ticks(chart)
    scale = (WIDTH - LABELS - VALUES) / ticks[-1]
    heights = BAR_HEIGHTS[: len(chart.series)]
    row = sum(heights) + GAP
    top = TOP if chart.goal is None else TOP_OF_GOAL
    bottom = top + row * len(chart.categories)
    labels, bars = [], []
    for number, category in enumerate(chart.categories):
        y = top + number * row + GAP / 2
        labels.append(Label(LABELS - 10, y + heights[0] / 2, _cut(category), category))
        for series, height in enumerate(heights):
            value = chart.series[series].values[number]
            kind = Kind.PERCENT if chart.is_percent else Kind.COUNT
            length = (value or 0.0) * scale
            said = written(Cell(kind, value), words) if series == 0 else ""
            # Behind the whole axis where a line of the goal would run through the words.
            words_x = LABELS + length + 6 if chart.goal is None else WIDTH - VALUES + 8
            bars.append(Bar(LABELS, y, length, height, series, said, words_x, y + height / 2))
            y += height
    marks = tuple(Tick(LABELS + tick * scale, _tick_words(tick, chart.is_percent)) for tick in ticks)
    goal_x = None if chart.goal is None else LABELS + chart.goal * scale
    return Drawing(WIDTH, bottom + FOOT, top, bottom, tuple(labels), tuple(bars), marks, goal_x)


def _ticks(chart: Chart) -> tuple[float, ...]:
    if chart.is_percent:
        return (0.0, 0.25, 0.5, 0.75, 1.0)
    highest = max((value or 0.0 for series in chart.series for value in series.values), default=0.0)
    step = _step(max(highest, 1.0))
    return tuple(float(step * number) for number in range(math.ceil(max(highest, 1.0) / step) + 1))


def _step(highest: float) -> int:
    """The smallest of 1, 2, 5, 10, 20 … with which few lines reach the highest value."""
    power = 1
    while True:
        for step in STEPS:
            if math.ceil(highest / (step * power)) <= MOST_TICKS:
                return step * power
        power *= 10


def _tick_words(tick: float, is_percent: bool) -> str:
    return f"{tick:.0%}" if is_percent else written_count(tick)


def _cut(words: str) -> str:
    return words if len(words) <= LABEL_CHARACTERS else words[: LABEL_CHARACTERS - 1].rstrip() + CUT
