import pytest

from desk.calendar.office_hours import OfficeHours, Shift
from desk.calendar.opening import (
    Closed,
    closed_in_words,
    day_in_words,
    load_calendar_texts,
    moment_in_words,
    opening_at,
)
from tests.fakes.calendar import LIBRARY, MORNING, OFFICE, corrected, day, moment

TEXTS = load_calendar_texts()


@pytest.mark.parametrize(
    ("now", "closed", "opens"),
    [
        ("2026-11-20 09:00", None, "2026-11-20 09:00"),
        ("2026-11-20 07:00", Closed.BEFORE_HOURS, "2026-11-20 08:00"),
        ("2026-11-20 12:15", Closed.BETWEEN, "2026-11-20 13:00"),
        ("2026-11-20 18:00", Closed.AFTER_HOURS, "2026-11-23 08:00"),
        ("2026-11-21 09:00", Closed.WEEKEND, "2026-11-23 08:00"),
        ("2026-02-17 09:00", Closed.HOLIDAY, "2026-02-23 08:00"),
        ("2026-02-21 09:00", Closed.WEEKEND, "2026-02-23 08:00"),
    ],
)
def test_why_nobody_is_there_and_when_somebody_will_be(now, closed, opens):
    opening = opening_at(OFFICE, LIBRARY, moment(now))
    assert (opening.closed, opening.opens_at) == (closed, moment(opens))


def test_while_it_is_open_there_is_nothing_to_excuse():
    opening = opening_at(OFFICE, LIBRARY, moment("2026-11-20 09:00"))
    assert opening.closes_at == moment("2026-11-20 12:00")
    assert closed_in_words(opening, moment("2026-11-20 09:00"), TEXTS) == ""


def test_on_tet_the_citizen_reads_the_holiday_and_the_day_after_it():
    now = moment("2026-02-17 09:00")
    assert closed_in_words(opening_at(OFFICE, LIBRARY, now), now, TEXTS) == (
        "Hôm nay là ngày nghỉ (Tết Nguyên Đán). Cán bộ làm việc trở lại từ 08:00 thứ Hai, 23/02/2026."
    )


def test_duty_on_tet_is_told_as_the_next_opening():
    now = moment("2026-02-17 12:30")
    hours = OfficeHours(OFFICE.week, {day("2026-02-17"): (MORNING,), day("2026-02-18"): (MORNING,)})
    opening = opening_at(hours, LIBRARY, now)
    assert opening.closed is Closed.AFTER_HOURS
    assert closed_in_words(opening, now, TEXTS).endswith("từ 08:00 ngày mai, thứ Tư, 18/02/2026.")


def test_a_correction_is_told_by_its_name():
    now = moment("2026-01-02 09:00")
    opening = opening_at(OFFICE, corrected(d2026_01_02="off"), now)
    assert closed_in_words(opening, now, TEXTS).startswith("Hôm nay là ngày nghỉ (ngày nghỉ hoán đổi).")


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ("2026-11-20 17:00", "17:00 hôm nay"),
        ("2026-11-21 08:00", "08:00 ngày mai, thứ Bảy, 21/11/2026"),
        ("2026-11-22 08:00", "08:00 Chủ nhật, 22/11/2026"),
        ("2026-11-19 23:59", "23:59 thứ Năm, 19/11/2026"),
    ],
)
def test_moments_are_told_by_vietnams_clock(told, words):
    assert moment_in_words(moment(told), moment("2026-11-20 23:30"), TEXTS) == words


def test_a_day_is_told_with_its_weekday():
    assert day_in_words(day("2027-02-06"), TEXTS) == "thứ Bảy, 06/02/2027"


def test_shifts_of_one_team_may_differ_by_weekday():
    hours = OfficeHours({0: (MORNING,), 5: (Shift(MORNING.opens, MORNING.closes),)})
    assert opening_at(hours, LIBRARY, moment("2026-11-20 09:00")).opens_at == moment("2026-11-21 08:00")
