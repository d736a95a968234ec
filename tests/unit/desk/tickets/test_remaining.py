"""How deadlines read on a page, and which new days can be promised."""

from dataclasses import replace
from datetime import timedelta

import pytest

from desk.calendar.holidays import CalendarDay, Holidays
from desk.tickets.deadline import TicketKind
from desk.tickets.new_date import NewDateFault, read_new_date
from desk.tickets.progress import Progress, TicketState
from desk.tickets.remaining import Pressure, pressure_of, remaining_in_words
from desk.tickets.texts import load_ticket_texts
from desk.tickets.told import Told
from desk.tickets.wording import basis_in_words
from tests.fakes.calendar import day, moment
from tests.fakes.tickets import RULES

TEXTS = load_ticket_texts()
FRIDAY = moment("2026-11-20 17:00")
PROGRESS = Progress(TicketState.NEW, 1, due_at=FRIDAY, warn_at=moment("2026-11-20 13:00"))


@pytest.mark.parametrize(
    ("now", "words", "pressure"),
    [
        ("2026-11-16 09:00", "còn 4 ngày làm việc", Pressure.CALM),
        ("2026-11-19 23:59", "còn 1 ngày làm việc", Pressure.CALM),
        ("2026-11-20 08:00", "còn 9 giờ", Pressure.CALM),
        ("2026-11-20 13:00", "còn 4 giờ", Pressure.NEAR),
        ("2026-11-20 16:30", "còn 30 phút", Pressure.NEAR),
        ("2026-11-20 16:59", "còn 1 phút", Pressure.NEAR),
        ("2026-11-20 17:01", "trễ 1 phút", Pressure.LATE),
        ("2026-11-20 19:00", "trễ 2 giờ", Pressure.LATE),
        ("2026-11-21 23:00", "trễ 30 giờ", Pressure.LATE),  # a weekend has no working day
        ("2026-11-23 08:00", "trễ 1 ngày làm việc", Pressure.LATE),
        ("2026-11-27 08:00", "trễ 4 ngày làm việc", Pressure.LATE),  # 24/11 is a holiday
    ],
)
def test_time_is_told_as_people_say_it(now, words, pressure):
    now = moment(now)
    assert remaining_in_words(PROGRESS, now, Holidays(), TEXTS.remaining) == words
    assert pressure_of(PROGRESS, now) is pressure


@pytest.mark.parametrize(
    ("answered", "words", "pressure"),
    [("2026-11-20 16:00", "trả lời đúng hạn", Pressure.KEPT), ("2026-11-20 18:00", "trả lời trễ hạn", Pressure.MISSED)],
)
def test_what_is_answered_says_whether_in_time(answered, words, pressure):
    progress = replace(PROGRESS, state=TicketState.ANSWERED, answered_at=moment(answered))
    assert remaining_in_words(progress, moment("2026-12-01 08:00"), Holidays(), TEXTS.remaining) == words
    assert pressure_of(progress, moment("2026-12-01 08:00")) is pressure


def test_nothing_is_said_of_what_never_had_a_deadline_or_ended_without_an_answer():
    closed = replace(PROGRESS, state=TicketState.CLOSED, closed_at=moment("2026-11-17 08:00"))
    for progress in (closed, Progress(TicketState.NEW, 0), replace(closed, due_at=None)):
        assert remaining_in_words(progress, FRIDAY + timedelta(days=3), Holidays(), TEXTS.remaining) == ""


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("23/11/2026", day("2026-11-23")),
        ("2026-11-23", day("2026-11-23")),
        (" 23.11.2026 ", day("2026-11-23")),
        ("20/11/2026", NewDateFault.NOT_AHEAD),
        ("19/11/2026", NewDateFault.NOT_AHEAD),
        ("21/11/2026", NewDateFault.DAY_OFF),
        ("24/11/2026", NewDateFault.DAY_OFF),
        ("25/11/2026", NewDateFault.DAY_OFF),
        ("20/11/2027", NewDateFault.DAY_OFF),
        ("22/11/2027", NewDateFault.TOO_FAR),
        ("31/11/2026", NewDateFault.DATE),
        ("", NewDateFault.DATE),
        ("9" * 500, NewDateFault.DATE),
    ],
)
def test_only_a_working_day_ahead_is_promised(written, read):
    holidays = Holidays({day("2026-11-25"): CalendarDay(day("2026-11-25"), True, "nghỉ bão")})
    assert read_new_date(written, day("2026-11-20"), holidays) == read


@pytest.mark.parametrize("kind", TicketKind)
@pytest.mark.parametrize("units", [0, 1, 2])
def test_every_deadline_has_a_reason(kind, units):
    basis = basis_in_words(kind, units, RULES, TEXTS)
    assert "{" not in basis
    asks_units = kind is TicketKind.UNIT_QUESTION or (kind is TicketKind.MESSAGE and units)
    assert ("1642/QĐ-BHXH" in basis) == bool(asks_units)


def test_the_class_that_nobody_has_confirmed_says_so():
    assert "đang chờ cơ quan xác nhận" in basis_in_words(TicketKind.UNIT_QUESTION, 2, RULES, TEXTS)


def test_every_way_of_telling_and_every_fault_has_words():
    assert set(vars(TEXTS.told)) == set(Told)
    assert set(vars(TEXTS.new_date_faults)) == set(NewDateFault)
