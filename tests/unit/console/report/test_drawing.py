"""Bars within their picture, whatever the numbers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.report.drawing import LABELS, VALUES, WIDTH, draw
from console.report.table import Chart, Series

WORDS = {"none": "chưa có dữ liệu"}
RIGHT = WIDTH - VALUES


def chart(*values, goal=None, is_percent=False, name="a"):
    categories = tuple(f"{name}{n}" for n in range(len(values)))
    return Chart("k", "Tên", "Mô tả", "Số", categories, (Series("10/2026", values),), is_percent, goal, "Mục tiêu")


@given(st.lists(st.integers(0, 10**9), min_size=1, max_size=12))
def test_no_bar_leaves_its_place_and_lengths_keep_their_order(values):
    drawing = draw(chart(*map(float, values)), WORDS)
    widths = [bar.width for bar in drawing.bars]
    assert all(0 <= bar.width <= RIGHT - LABELS + 0.001 for bar in drawing.bars)
    assert sorted(range(len(values)), key=lambda n: values[n]) == sorted(range(len(values)), key=lambda n: widths[n])
    assert all(bar.y + bar.height <= drawing.bottom for bar in drawing.bars)
    assert 2 <= len(drawing.ticks) <= 6


def test_a_share_reaches_its_place_on_the_axis():
    drawing = draw(chart(0.5, 1.0, is_percent=True, goal=0.83), WORDS)
    half, whole = drawing.bars
    assert half.width * 2 == whole.width == RIGHT - LABELS
    assert drawing.goal_x == pytest.approx(LABELS + 0.83 * (RIGHT - LABELS))
    assert [tick.words for tick in drawing.ticks] == ["0%", "25%", "50%", "75%", "100%"]


def test_what_was_not_measured_has_no_bar_but_words():
    (bar,) = draw(chart(None, is_percent=True), WORDS).bars
    assert (bar.width, bar.words) == (0, "chưa có dữ liệu")


def test_nothing_but_zeros_has_an_axis():
    drawing = draw(chart(0.0, 0.0), WORDS)
    assert [tick.words for tick in drawing.ticks] == ["0", "1"]


def test_without_categories_there_are_no_bars():
    assert draw(chart(), WORDS).bars == ()


def test_a_long_name_is_cut_and_kept_whole_beside():
    label = draw(chart(1.0, name="rất dài " * 20), WORDS).labels[0]
    assert label.words.endswith("…")
    assert len(label.words) < len(label.whole)
