"""A year's special days and its breaks."""

from desk.calendar.holidays import CalendarDay, Holidays
from desk.calendar.year import DayKind, breaks_between, days_of_year
from tests.fakes.calendar import LIBRARY, corrected, day


def test_a_year_lists_the_library_and_what_was_entered_in_order():
    holidays = Holidays(
        {
            day("2026-01-01"): CalendarDay(day("2026-01-01"), False, "Vẫn làm việc", "TB 1"),
            day("2026-12-31"): CalendarDay(day("2026-12-31"), True, "Nghỉ thêm", "TB 2"),
            day("2027-01-04"): CalendarDay(day("2027-01-04"), True, "Năm sau", "TB 3"),
        }
    )
    days = days_of_year(holidays, 2026)
    assert [each.day for each in days] == sorted(each.day for each in days)
    first, last = days[0], days[-1]
    assert (first.kind, first.legal_name, first.source) == (DayKind.WORKED, "Tết Dương lịch", "TB 1")
    assert (last.kind, last.legal_name, last.is_correction) == (DayKind.ADDED, "", True)
    assert DayKind.SWAPPED in {each.kind for each in days}


def test_a_break_takes_the_weekends_beside_its_holidays():
    (tet,) = breaks_between(LIBRARY, day("2026-02-10"), day("2026-02-28"))
    assert (tet.first, tet.last, tet.days) == (day("2026-02-14"), day("2026-02-22"), 9)


def test_plain_weekends_are_no_break():
    assert breaks_between(LIBRARY, day("2026-03-01"), day("2026-03-31")) == ()


def test_a_break_is_whole_whichever_of_its_days_is_asked():
    every = {breaks_between(LIBRARY, day(f"2026-02-{number}"), day(f"2026-02-{number}")) for number in range(14, 23)}
    assert len(every) == 1


def test_a_worked_day_divides_a_break():
    found = breaks_between(corrected(d2026_02_18="on"), day("2026-02-10"), day("2026-02-28"))
    assert [(each.first.day, each.last.day) for each in found] == [(14, 17), (19, 22)]


def test_the_headline_leaves_out_further_days_of_the_same_holiday():
    (tet,) = breaks_between(LIBRARY, day("2026-02-16"), day("2026-02-16"))
    assert "Tết Nguyên Đán" in tet.headline
    assert "Mùng hai Tết Nguyên Đán" in tet.names
    assert "Mùng hai Tết Nguyên Đán" not in tet.headline
