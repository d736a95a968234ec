from desk.calendar.office_hours import OfficeHours, is_open
from desk.calendar.roster import Duty, UncoveredDay, duty_shifts, uncovered_days
from tests.fakes.calendar import AFTERNOON, LIBRARY, MORNING, OFFICE, day, moment


def duty(written, team="hotline", shift=MORNING):
    return Duty(day(written), team, shift, "Nguyễn Văn Thử", "0900000000")


def test_the_shifts_of_all_who_are_on_duty_open_the_door():
    shifts = duty_shifts([duty("2026-02-18"), duty("2026-02-18", shift=AFTERNOON), duty("2026-02-19")])
    hours = OfficeHours(OFFICE.week, shifts)
    asked = ["2026-02-18 09:00", "2026-02-18 14:00", "2026-02-19 09:00", "2026-02-19 14:00", "2026-02-20 09:00"]
    assert [is_open(hours, LIBRARY, moment(each)) for each in asked] == [True, True, True, False, False]


def test_days_off_without_anybody_on_duty_are_named_for_each_team():
    duties = [duty("2026-02-16"), duty("2026-02-17", team="province")]
    found = uncovered_days(LIBRARY, duties, ["hotline", "province"], day("2026-02-13"), day("2026-02-17"))
    assert [(each.day.day, each.team) for each in found] == [
        (14, "hotline"),
        (14, "province"),
        (15, "hotline"),
        (15, "province"),
        (16, "province"),
        (17, "hotline"),
    ]
    assert found[-1] == UncoveredDay(day("2026-02-17"), "hotline", "Tết Nguyên Đán")
    assert found[0].holiday is None


def test_working_days_need_no_duty():
    assert uncovered_days(LIBRARY, [], ["hotline"], day("2026-11-16"), day("2026-11-20")) == ()
