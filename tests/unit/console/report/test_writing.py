"""Numbers as Vietnamese read them."""

import pytest

from console.operator.texts import load_console_texts
from console.report.ground import load_report_texts
from console.report.table import Cell, Kind, change, change_in_points, change_of_duration, percent
from console.report.writing import written, written_duration, written_percent
from desk.report.measures import Share
from desk.tickets.texts import load_ticket_texts

WORDS = load_report_texts(load_console_texts(), load_ticket_texts()).values


def shown(cell):
    return written(cell, WORDS).replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("kind", "value", "words"),
    [
        (Kind.COUNT, 0, "0"),
        (Kind.COUNT, 1234567, "1.234.567"),
        (Kind.PERCENT, 0.8236, "82,4%"),
        (Kind.PERCENT, 1.0, "100%"),
        (Kind.SCORE, 4.25, "4,25"),
        (Kind.DAYS, 1.5, "1,5 ngày"),
        (Kind.CHANGE_PERCENT, 0.125, "+12,5%"),
        (Kind.CHANGE_PERCENT, -0.5, "−50%"),
        (Kind.CHANGE_PERCENT, 0.0, "0%"),
        (Kind.CHANGE_POINTS, 0.032, "+3,2 điểm %"),
        (Kind.CHANGE_DURATION, -75, "−1 phút 15 giây"),
    ],
)
def test_each_kind_has_its_way(kind, value, words):
    assert shown(Cell(kind, value)) == words


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "0 giây"),
        (45, "45 giây"),
        (60, "1 phút"),
        (200, "3 phút 20 giây"),
        (599.7, "10 phút"),
        (720, "12 phút"),
        (3600, "1 giờ"),
        (3900, "1 giờ 05 phút"),
        (7_199, "2 giờ"),
    ],
)
def test_durations(seconds, words):
    assert written_duration(seconds, WORDS).replace("\u00a0", " ") == words


def test_what_was_not_measured_is_not_zero():
    assert shown(percent(Share(0, 0))) == "chưa có dữ liệu"
    assert shown(percent(Share(0, 3))) == "0%"
    assert shown(Cell(Kind.DURATION, None)) == "chưa có dữ liệu"
    assert shown(Cell(Kind.BLANK, None)) == ""


def test_nearly_all_is_not_all_and_hardly_any_is_not_none():
    assert written_percent(99_999 / 100_000) == "99,9%"
    assert written_percent(1 / 100_000) == "0,1%"


def test_a_change_from_nothing_cannot_be_told():
    assert shown(change(5, 0)) == "–"
    assert shown(change_in_points(Share(1, 2), Share(0, 0))) == "–"
    assert shown(change_of_duration(5.0, None)) == "–"
