"""Turns of duty: over midnight, round the clock, and nobody twice at once."""

from datetime import time

import pytest

from desk.calendar.kept_hours import is_in_order
from desk.calendar.office_hours import MIDNIGHT, Shift
from desk.calendar.roster import Duty, clashes, turns
from tests.fakes.calendar import AFTERNOON, MORNING, day

LAN = Duty(day("2027-02-05"), "hotline", MORNING, "Trần Thị Lan", "19000000", 3)


def test_a_turn_within_a_day_is_one():
    assert [turn.shift for turn in turns(LAN, time(8), time(17))] == [Shift(time(8), time(17))]
    assert [turn.shift for turn in turns(LAN, time(18), MIDNIGHT)] == [Shift(time(18), MIDNIGHT)]


@pytest.mark.parametrize(("opens", "closes"), [(time(22), time(6)), (time(8), time(8))])
def test_a_turn_over_midnight_is_two_that_meet(opens, closes):
    evening, morning = turns(LAN, opens, closes)
    assert evening.shift.on(evening.day).closes == morning.shift.on(morning.day).opens
    assert (evening.day, morning.day) == (day("2027-02-05"), day("2027-02-06"))


def test_a_whole_day_is_one_turn():
    assert len(turns(LAN, MIDNIGHT, MIDNIGHT)) == 1


@pytest.mark.parametrize(
    ("name", "operator_id", "shift", "on", "expected"),
    [
        ("Trần Thị Lan", 3, MORNING, "2027-02-05", True),
        ("Tên khác", 3, MORNING, "2027-02-05", True),
        ("trần thị lan", None, MORNING, "2027-02-05", True),
        ("Trần Thị Lan", 4, MORNING, "2027-02-05", False),
        ("Trần Thị Lan", 3, AFTERNOON, "2027-02-05", False),
        ("Trần Thị Lan", 3, MORNING, "2027-02-06", False),
        ("Lê Văn Minh", None, MORNING, "2027-02-05", False),
    ],
)
def test_one_person_is_in_one_place(name, operator_id, shift, on, expected):
    assert clashes(LAN, [Duty(day(on), "other", shift, name, "", operator_id)]) is expected


def test_shifts_of_a_day_follow_each_other():
    assert is_in_order((MORNING, AFTERNOON))
    assert not is_in_order((AFTERNOON, MORNING))
    assert not is_in_order((Shift(time(18), MIDNIGHT), Shift(time(19), time(20))))
