"""What may be told of a team's hours: whether it is there, why not, and when it honestly will be."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path

from desk.calendar.holidays import Holidays
from desk.calendar.office_hours import OfficeHours, closing_after, next_opening
from desk.calendar.zone import in_vietnam, vietnam_date
from settings.reader import read_section

TEXTS = Path(__file__).with_name("texts.yml")


class Closed(StrEnum):
    """Why nobody is there; each has a sentence of its own."""

    BEFORE_HOURS = "before_hours"
    BETWEEN = "between"
    AFTER_HOURS = "after_hours"
    WEEKEND = "weekend"
    HOLIDAY = "holiday"


@dataclass(frozen=True)
class Opening:
    """`closed` is None while somebody is there, and then `closes_at` says how long. Moments in Vietnam's time."""

    closed: Closed | None
    opens_at: datetime
    closes_at: datetime | None
    holiday: str | None


@dataclass(frozen=True)
class ClosedTexts:
    """One sentence for each `Closed`."""

    before_hours: str
    between: str
    after_hours: str
    weekend: str
    holiday: str


@dataclass(frozen=True)
class CalendarTexts:
    """Pieces of sentences about moments."""

    weekdays: tuple[str, ...]
    today: str
    tomorrow: str
    later: str
    day: str
    closed: ClosedTexts
    opens: str


def load_calendar_texts(path: Path = TEXTS) -> CalendarTexts:
    """Raises settings.reader.SettingsError, which names the key."""
    return read_section(path, "calendar", CalendarTexts)


def opening_at(hours: OfficeHours, holidays: Holidays, now: datetime) -> Opening:
    """How things stand now. Raises NeverOpenError for a team without hours."""
    opens_at, closes_at = next_opening(hours, holidays, now), closing_after(hours, holidays, now)
    holiday = holidays.name_of(vietnam_date(now))
    closed = None if closes_at is not None else _why_closed(hours, holidays, now, opens_at)
    return Opening(closed, opens_at, closes_at, holiday)


def closed_in_words(opening: Opening, now: datetime, texts: CalendarTexts) -> str:
    """Why nobody is there and when somebody will be; empty while somebody is."""
    if opening.closed is None:
        return ""
    why: str = getattr(texts.closed, opening.closed.value)
    when = texts.opens.format(moment=moment_in_words(opening.opens_at, now, texts))
    return f"{why.format(holiday=opening.holiday)} {when}"


def moment_in_words(moment: datetime, now: datetime, texts: CalendarTexts) -> str:
    """Like "08:00 thứ Hai, 23/11/2026", by Vietnam's clock; today and tomorrow are named so."""
    local = in_vietnam(moment)
    days = (local.date() - vietnam_date(now)).days
    template = {0: texts.today, 1: texts.tomorrow}.get(days, texts.later)
    return template.format(time=f"{local:%H:%M}", day=day_in_words(local.date(), texts))


def day_in_words(day: date, texts: CalendarTexts) -> str:
    """Like "thứ Hai, 23/11/2026"."""
    return texts.day.format(weekday=texts.weekdays[day.weekday()], date=f"{day:%d/%m/%Y}")


def _why_closed(hours: OfficeHours, holidays: Holidays, now: datetime, opens_at: datetime) -> Closed:
    today = vietnam_date(now)
    stretches = hours.on(today, holidays)
    if stretches:
        if opens_at.date() > today:
            return Closed.AFTER_HOURS
        return Closed.BEFORE_HOURS if now < stretches[0].opens else Closed.BETWEEN
    return Closed.HOLIDAY if holidays.name_of(today) is not None else Closed.WEEKEND
