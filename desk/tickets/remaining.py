"""How much time a ticket has left, in words and in degrees of urgency. Pure."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

from desk.calendar.holidays import Holidays
from desk.calendar.working_days import working_days_between
from desk.calendar.zone import vietnam_date
from desk.tickets.progress import RUNNING, Progress
from desk.tickets.texts import RemainingTexts
from desk.tickets.ticket import is_breached, is_warning

HOUR, MINUTE, DAY = 3600, 60, timedelta(days=1)


class Pressure(StrEnum):
    """How a deadline looks on a page."""

    CALM = "calm"
    NEAR = "near"
    LATE = "late"
    KEPT = "kept"  # the citizen has their answer, in time
    MISSED = "missed"  # they have it, or never got it, after the deadline


def pressure_of(progress: Progress, now: datetime) -> Pressure:
    """CALM as well for a ticket without a deadline."""
    if progress.state not in RUNNING:
        return Pressure.MISSED if is_breached(progress, now) else Pressure.KEPT
    if is_breached(progress, now):
        return Pressure.LATE
    return Pressure.NEAR if is_warning(progress, now) else Pressure.CALM


def remaining_in_words(progress: Progress, now: datetime, holidays: Holidays, texts: RemainingTexts) -> str:
    """Like "1 working day left" or "2 hours late"; the day itself, once it has come, in hours."""
    pressure = pressure_of(progress, now)
    if progress.due_at is None or pressure in {Pressure.KEPT, Pressure.MISSED}:
        ended_unanswered = progress.answered_at is None
        return "" if ended_unanswered or progress.due_at is None else str(getattr(texts, pressure.value))
    due, is_late = progress.due_at, pressure is Pressure.LATE
    first, last = (due, now) if is_late else (now, due)
    days = working_days_between(vietnam_date(first), vietnam_date(last), holidays)
    if days and (not is_late or last - first >= DAY):
        return (texts.late_days if is_late else texts.days).format(number=days)
    seconds = int((last - first).total_seconds())
    if seconds >= HOUR:
        return (texts.late_hours if is_late else texts.hours).format(number=seconds // HOUR)
    return (texts.late_minutes if is_late else texts.minutes).format(number=max(1, seconds // MINUTE))
