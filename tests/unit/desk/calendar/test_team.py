from dataclasses import replace
from datetime import time
from pathlib import Path

import pytest

from desk.calendar.office_hours import MIDNIGHT, Shift, is_open
from desk.calendar.team import teams_by_key, usual_hours
from desk.settings import CalendarSettings, ShiftSettings, TeamSettings, read_settings
from settings.reader import SettingsError
from tests.fakes.calendar import AFTERNOON, LIBRARY, MORNING, moment

OURS = read_settings(Path(__file__).resolve().parents[4] / "settings.yml").calendar


def team(*hours):
    return TeamSettings("hotline", "Tổng đài", hours)


def test_the_projects_own_hours_can_be_read():
    (hours, *_) = [usual_hours(each) for each in teams_by_key(OURS).values()]
    assert is_open(hours, LIBRARY, moment("2026-11-20 09:00"))
    assert not is_open(hours, LIBRARY, moment("2026-11-21 09:00"))


def test_each_line_of_hours_counts_for_its_weekdays():
    hours = usual_hours(team(ShiftSettings((1, 2), "08:00", "12:00"), ShiftSettings((2,), "13:00", "17:00")))
    assert hours.week == {0: (MORNING,), 1: (MORNING, AFTERNOON)}


def test_a_line_may_last_until_midnight():
    assert usual_hours(team(ShiftSettings((7,), "00:00", "24:00"))).week == {6: (Shift(time(0), MIDNIGHT),)}


def test_a_swapped_saturday_has_the_hours_of_the_first_weekday_with_hours():
    assert usual_hours(team(ShiftSettings((3,), "08:00", "12:00"))).swapped_weekday == 2


@pytest.mark.parametrize(
    "wrong",
    [
        ShiftSettings((0,), "08:00", "12:00"),
        ShiftSettings((8,), "08:00", "12:00"),
        ShiftSettings((1,), "8 giờ", "12:00"),
        ShiftSettings((1,), "12:00", "08:00"),
        ShiftSettings((1,), "08:00", "25:00"),
    ],
)
def test_wrong_hours_stop_the_start_and_name_the_team(wrong):
    with pytest.raises(SettingsError, match=r"desk\.calendar\.teams hotline"):
        usual_hours(team(wrong))


def test_a_team_without_hours_stops_the_start():
    with pytest.raises(SettingsError, match="no hours"):
        usual_hours(team())


@pytest.mark.parametrize("teams", [(), (team(), replace(team(), name="Khác"))])
def test_teams_need_keys_of_their_own(teams):
    with pytest.raises(SettingsError, match="keys must be"):
        teams_by_key(CalendarSettings(teams))
