"""The calendar that people edit: corrections, confirmed years, duty; on SQLite and on PostgreSQL alike."""

from desk.calendar.confirmation import confirm_year, confirmation_of_year
from desk.calendar.holidays import CalendarDay, correct_day, corrections_between, drop_correction, read_holidays
from desk.calendar.office_hours import MIDNIGHT, Shift, is_open, next_opening
from desk.calendar.roster import Duty, duties_between, enter_duty, take_duty
from desk.calendar.team import read_hours
from desk.database import reading, writing
from desk.settings import ShiftSettings, TeamSettings
from tests.fakes.calendar import AFTERNOON, MORNING, day, moment

NOW = moment("2025-12-26 09:00")
OFF = CalendarDay(day("2026-01-02"), True, "Nghỉ Tết Dương lịch (hoán đổi)", "Thông báo của Bộ Nội vụ ngày 25/12/2025")
ON = CalendarDay(day("2026-01-10"), False, "Làm bù ngày 02/01/2026", "Thông báo của Bộ Nội vụ ngày 25/12/2025")
HOTLINE = TeamSettings("hotline", "Tổng đài", (ShiftSettings((1, 2, 3, 4, 5), "08:00", "12:00"),))


def duty(written, team="hotline", shift=MORNING, name="Nguyễn Văn Thử"):
    return Duty(day(written), team, shift, name, "0900000000", 7)


def enter(engine, *duties):
    with writing(engine) as connection:
        return [enter_duty(connection, each, 1, NOW) for each in duties]


def on_duty(connection, when):
    return [stored.duty for stored in duties_between(connection, when, when, "hotline")]


class TestCorrections:
    def test_a_swap_of_working_days_counts_from_the_moment_it_is_entered(self, engine):
        with writing(engine) as connection:
            assert read_holidays(connection).is_working_day(OFF.day)
            for each in (OFF, ON):
                correct_day(connection, each, 1, NOW)
            holidays = read_holidays(connection)
        assert not holidays.is_working_day(OFF.day)
        assert holidays.name_of(OFF.day) == OFF.name
        assert holidays.is_working_day(ON.day)

    def test_a_later_correction_of_a_day_replaces_the_earlier(self, engine):
        with writing(engine) as connection:
            correct_day(connection, OFF, 1, NOW)
            correct_day(connection, CalendarDay(OFF.day, False, "Không nghỉ"), 1, NOW)
            assert read_holidays(connection).is_working_day(OFF.day)
            assert len(corrections_between(connection, OFF.day, OFF.day)) == 1

    def test_a_dropped_correction_gives_the_day_back_to_the_library(self, engine):
        with writing(engine) as connection:
            correct_day(connection, OFF, 1, NOW)
            assert drop_correction(connection, OFF.day)
            assert not drop_correction(connection, OFF.day)
            assert read_holidays(connection).is_working_day(OFF.day)

    def test_corrections_are_listed_in_order_with_their_source(self, engine):
        with writing(engine) as connection:
            for each in (ON, OFF):
                correct_day(connection, each, 1, NOW)
        with reading(engine) as connection:
            assert corrections_between(connection, day("2026-01-01"), day("2026-12-31")) == (OFF, ON)
            assert corrections_between(connection, day("2026-01-03"), day("2026-01-10")) == (ON,)


class TestConfirmation:
    def test_a_year_is_an_estimate_until_somebody_has_compared_it(self, engine):
        with writing(engine) as connection:
            assert confirmation_of_year(connection, 2027) is None
            confirm_year(connection, 2027, "Thông báo thử", 1, NOW)
            confirm_year(connection, 2027, "Thông báo thử số 2", 1, NOW)
            assert confirmation_of_year(connection, 2027).source == "Thông báo thử số 2"
            assert confirmation_of_year(connection, 2028) is None


class TestRoster:
    def test_it_says_who_is_on_duty_and_on_which_line(self, engine):
        enter(engine, duty("2026-02-18", shift=AFTERNOON, name="Trần Thị Thử"), duty("2026-02-18"))
        enter(engine, duty("2026-02-18", team="province"), duty("2026-02-19"))
        with reading(engine) as connection:
            found = on_duty(connection, day("2026-02-18"))
        assert [(each.name, each.telephone, each.shift) for each in found] == [
            ("Nguyễn Văn Thử", "0900000000", MORNING),
            ("Trần Thị Thử", "0900000000", AFTERNOON),
        ]

    def test_a_turn_until_midnight_is_kept(self, engine):
        night = duty("2026-02-18", shift=Shift(AFTERNOON.opens, MIDNIGHT))
        enter(engine, night)
        with reading(engine) as connection:
            assert on_duty(connection, night.day) == [night]

    def test_a_turn_can_be_taken_back(self, engine):
        (kept, dropped) = enter(engine, duty("2026-02-18"), duty("2026-02-19"))
        with writing(engine) as connection:
            assert take_duty(connection, dropped).duty == duty("2026-02-19")
            assert take_duty(connection, dropped) is None
            assert [each.id for each in duties_between(connection, day("2026-02-01"), day("2026-02-28"))] == [kept]

    def test_a_team_on_duty_on_tet_is_there(self, engine):
        enter(engine, duty("2026-02-18"), duty("2026-02-17", team="province"))
        with reading(engine) as connection:
            hours, holidays = read_hours(connection, HOTLINE), read_holidays(connection)
        assert is_open(hours, holidays, moment("2026-02-18 09:00"))
        assert next_opening(hours, holidays, moment("2026-02-14 09:00")) == moment("2026-02-18 08:00")
