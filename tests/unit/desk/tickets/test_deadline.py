import dataclasses

import pytest

from desk.tickets.deadline import TicketKind, due_at
from tests.fakes.calendar import LIBRARY, corrected, moment
from tests.fakes.tickets import RULES

MONDAY = moment("2026-11-16 09:00")


@pytest.mark.parametrize(
    ("kind", "units", "expected"),
    [
        (TicketKind.MESSAGE, 0, "2026-11-17 17:00"),
        (TicketKind.MESSAGE, 1, "2026-11-19 17:00"),
        (TicketKind.UNIT_QUESTION, 0, "2026-11-19 17:00"),
        (TicketKind.UNIT_QUESTION, 1, "2026-11-19 17:00"),
        (TicketKind.UNIT_QUESTION, 2, "2026-11-20 17:00"),
        (TicketKind.MESSAGE, 3, "2026-11-20 17:00"),
        (TicketKind.COMPLAINT, 2, "2026-11-19 17:00"),
        (TicketKind.LATE_DOSSIER, 0, "2026-11-17 17:00"),
        (TicketKind.CALLBACK, 0, "2026-11-17 17:00"),
        (TicketKind.SCAM, 0, "2026-11-16 17:00"),
    ],
)
def test_each_kind_has_its_promise(kind, units, expected):
    assert due_at(kind, MONDAY, units, RULES.settings, LIBRARY) == moment(expected)


def test_a_question_left_before_tet_is_due_after_it():
    assert due_at(TicketKind.UNIT_QUESTION, moment("2026-02-13 16:00"), 1, RULES.settings, LIBRARY) == moment(
        "2026-02-25 17:00"
    )


def test_the_second_class_is_a_setting():
    five = dataclasses.replace(RULES.settings, several_units_working_days=5)
    assert due_at(TicketKind.UNIT_QUESTION, MONDAY, 2, five, LIBRARY) == moment("2026-11-23 17:00")


def test_the_warning_leaves_half_a_working_day():
    deadline = RULES.deadline(TicketKind.CALLBACK, MONDAY, 0, LIBRARY)
    assert deadline.warn_at == moment("2026-11-17 13:00")


def test_a_day_off_between_does_not_shorten_the_warning():
    deadline = RULES.deadline(TicketKind.CALLBACK, moment("2026-11-23 09:00"), 0, corrected(d2026_11_24="off"))
    assert deadline.warn_at == moment("2026-11-25 13:00")


def test_a_short_clock_warns_at_once_and_never_before_the_ticket_exists():
    deadline = RULES.deadline(TicketKind.SCAM, moment("2026-11-16 15:00"), 0, LIBRARY)
    assert deadline.warn_at == moment("2026-11-16 15:00")
