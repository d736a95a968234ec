"""A month begins and ends at midnight in Hà Nội, whatever the machine's zone."""

from datetime import UTC, date, datetime, timedelta

import pytest

from desk.report.month import ReportMonth, last_finished, month_of, newest_months, read_month

OCTOBER = ReportMonth(2026, 10)


def test_it_begins_at_midnight_in_hanoi():
    assert OCTOBER.start == datetime(2026, 9, 30, 17, 0, tzinfo=UTC)
    assert OCTOBER.end == datetime(2026, 10, 31, 17, 0, tzinfo=UTC)


def test_a_moment_belongs_to_the_month_of_the_wall_calendar_there():
    last = datetime(2026, 10, 31, 16, 59, 59, tzinfo=UTC)
    assert month_of(last) == OCTOBER
    assert month_of(last + timedelta(seconds=1)) == ReportMonth(2026, 11)


def test_years_are_crossed_both_ways():
    assert ReportMonth(2026, 12).following == ReportMonth(2027, 1)
    assert ReportMonth(2026, 1).previous == ReportMonth(2025, 12)


def test_february_ends_when_it_does():
    assert ReportMonth(2028, 2).last_day == date(2028, 2, 29)
    assert ReportMonth(2026, 2).last_day == date(2026, 2, 28)


def test_its_report_is_due_before_the_fifteenth_of_the_next():
    assert OCTOBER.due_on == date(2026, 11, 15)
    assert ReportMonth(2026, 12).due_on == date(2027, 1, 15)


def test_it_is_over_at_its_end_and_not_before():
    assert OCTOBER.is_over(OCTOBER.end)
    assert not OCTOBER.is_over(OCTOBER.end - timedelta(microseconds=1))


def test_the_last_finished_one_is_the_one_before_the_current():
    assert last_finished(datetime(2026, 11, 1, 0, 0, tzinfo=UTC)) == OCTOBER
    assert last_finished(datetime(2026, 10, 31, 16, 59, tzinfo=UTC)) == ReportMonth(2026, 9)


def test_the_newest_come_first():
    months = newest_months(datetime(2026, 1, 20, tzinfo=UTC), 3)
    assert [month.key for month in months] == ["2026-01", "2025-12", "2025-11"]


def test_it_is_named_for_addresses_and_for_people():
    assert (OCTOBER.key, OCTOBER.name) == ("2026-10", "10/2026")


def test_it_is_read_as_it_is_written():
    assert read_month("2026-10") == OCTOBER


@pytest.mark.parametrize(
    "written",
    ["", "2026-13", "2026-00", "2026-1", "10/2026", "2026-10-01", " 2026-10", "2026-10\n", "1999-12", "9999-99",
     "２０２６-10", "2026-١٠", "' or 1=1--", "../../etc/passwd", "2026-10" * 50],
)  # fmt: skip
def test_nothing_else_is_a_month(written):
    assert read_month(written) is None
