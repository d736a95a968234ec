"""Deadlines kept: counted in the month in which they fell, not in that of the filing."""

from datetime import datetime

from desk.calendar.holidays import Holidays
from desk.calendar.zone import VIETNAM
from desk.report.month import ReportMonth
from desk.report.tickets import TicketTimes, ticket_figures
from desk.tickets.deadline import TicketKind
from desk.tickets.progress import Outcome

OCTOBER = ReportMonth(2026, 10)


def on(day, hour=9, month=10):
    return datetime(2026, month, day, hour, tzinfo=VIETNAM)


def ticket(created, due, answered=None, closed=None, outcome=None, kind=TicketKind.CALLBACK):
    return TicketTimes(kind, created, created, due, answered, closed, outcome)


def figures(*found, now=None, slips=0):
    return ticket_figures(found, slips, OCTOBER.start, OCTOBER.end, now or on(5, month=11), Holidays())


def callbacks(*found, **more):
    return next(each for each in figures(*found, **more).kinds if each.kind is TicketKind.CALLBACK)


def test_answered_at_the_deadline_is_in_time_and_a_second_later_is_not():
    due = on(6, 17)
    kept = callbacks(ticket(on(5), due, answered=due), ticket(on(5), due, answered=due.replace(second=1)))
    assert (kept.in_time.part, kept.in_time.of) == (1, 2)


def test_what_was_filed_last_month_and_due_in_this_counts_for_its_deadline_only():
    kept = callbacks(ticket(on(30, month=9), on(1, 17), answered=on(1, 10)))
    assert (kept.filed, kept.in_time.part, kept.in_time.of) == (0, 1, 1)


def test_what_is_due_next_month_is_not_judged_yet():
    kept = callbacks(ticket(on(30), on(2, 17, month=11), answered=on(30, 12)))
    assert (kept.filed, kept.answered, kept.in_time.of) == (1, 1, 0)


def test_an_open_ticket_behind_its_deadline_is_late():
    kept = callbacks(ticket(on(5), on(6, 17)))
    assert (kept.open, kept.in_time.part, kept.in_time.of) == (1, 0, 1)


def test_in_a_running_month_only_deadlines_that_have_passed_count():
    found = (ticket(on(5), on(6, 17)), ticket(on(19), on(20, 17)))
    assert callbacks(*found, now=on(10)).in_time.of == 1


def test_a_duplicate_that_ended_in_time_is_left_out_and_a_late_one_is_late():
    kept = callbacks(
        ticket(on(5), on(6, 17), closed=on(6, 9), outcome=Outcome.DUPLICATE),
        ticket(on(5), on(6, 17), closed=on(8, 9), outcome=Outcome.DUPLICATE),
    )
    assert (kept.ended, kept.in_time.part, kept.in_time.of) == (2, 0, 1)


def test_ended_without_an_answer_in_time_is_in_time():
    kept = callbacks(ticket(on(5), on(6, 17), closed=on(6, 9), outcome=Outcome.NOT_REACHED))
    assert (kept.in_time.part, kept.in_time.of) == (1, 1)


def test_working_days_leave_out_the_weekend():
    friday, monday = on(9), on(12)
    assert callbacks(ticket(friday, on(12, 17), answered=monday)).median_working_days == 1


def test_without_answers_there_is_no_median():
    assert callbacks(ticket(on(5), on(6, 17))).median_working_days is None


def test_late_dossiers_and_slips():
    found = figures(ticket(on(5), on(6, 17), kind=TicketKind.LATE_DOSSIER), slips=2)
    assert (found.late_dossiers, found.slips, found.filed) == (1, 2, 1)


def test_the_first_moment_is_in_the_month_and_its_end_is_not():
    kept = callbacks(ticket(OCTOBER.start, on(6)), ticket(OCTOBER.end, on(6, month=11)))
    assert kept.filed == 1
