"""What people fill into the pages of this room, read within limits."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time, timedelta

from console.security.access import Visit
from console.security.form import Form
from console.security.refusal import Refusal, RefusedError
from desk.calendar.office_hours import MIDNIGHT
from desk.calendar.zone import vietnam_date

DAYS_BACK, DAYS_AHEAD = 366, 3 * 366
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_TIME = re.compile(r"\d{2}:\d{2}", re.ASCII)
END_OF_DAY = "24:00"


@dataclass(frozen=True)
class Fields:
    """A form with the names of its fields as people read them."""

    form: Form
    names: Mapping[str, str]
    today: date

    def line(self, field: str, longest: int) -> str:
        """One line, without what cannot be seen. Raises RefusedError when it is missing or too long."""
        text = one_line(self.form.text(field))
        if not text:
            raise RefusedError(Refusal.FIELD_MISSING, {"field": self.names[field]})
        if len(text) > longest:
            raise RefusedError(Refusal.FIELD_TOO_LONG, {"field": self.names[field], "limit": longest})
        return text

    def day(self, field: str) -> date:
        """From a year back to three years ahead: a slip of the finger is no plan. Raises RefusedError."""
        first, last = self.today - timedelta(days=DAYS_BACK), self.today + timedelta(days=DAYS_AHEAD)
        day = day_of(self.form.text(field))
        if day is None or not first <= day <= last:
            raise RefusedError(Refusal.DAY_INVALID, {"first": f"{first:%d/%m/%Y}", "last": f"{last:%d/%m/%Y}"})
        return day

    def days(self, first: str, last: str, longest: int) -> tuple[date, ...]:
        """Each day of a stretch; without its end it is the first day alone. Raises RefusedError."""
        begin = self.day(first)
        end = self.day(last) if self.form.text(last).strip() else begin
        if not 0 <= (end - begin).days < longest:
            raise RefusedError(Refusal.STRETCH_INVALID, {"limit": longest})
        return tuple(begin + timedelta(days=number) for number in range((end - begin).days + 1))


def fields_of(visit: Visit, names: Mapping[str, str]) -> Fields:
    """Of the form that came with this visit."""
    return Fields(visit.form, names, vietnam_date(visit.now))


def one_line(text: str) -> str:
    """Single spaces, nothing invisible; letters with their marks as one, as all texts are compared."""
    seen = "".join(letter for letter in text if letter.isprintable() or letter.isspace())
    return unicodedata.normalize("NFC", " ".join(seen.split()))


def day_of(text: str) -> date | None:
    """As browsers send a day, `2026-02-16`; None for anything else."""
    try:
        return date.fromisoformat(text.strip()) if _DAY.fullmatch(text.strip()) else None
    except ValueError:
        return None


def time_of(text: str) -> time | None:
    """As browsers send an hour, `08:00`, and 24:00 for the midnight that ends a day; None for anything else."""
    typed = text.strip()
    if typed == END_OF_DAY:
        return MIDNIGHT
    try:
        return time.fromisoformat(typed) if _TIME.fullmatch(typed) else None
    except ValueError:
        return None
