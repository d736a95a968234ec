"""The calendar month that a report is about, by Vietnam's clock."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from desk.calendar.zone import VIETNAM, in_vietnam

DUE_DAY = 15
"""Decision 24/QĐ-BHXH of 19/01/2024, section on carrying it out, 2a: reports go out before the 15th of each month."""
MONTHS = 12
_WRITTEN = re.compile(r"(20[0-9]{2})-(0[1-9]|1[0-2])")


@dataclass(frozen=True, order=True)
class ReportMonth:
    """`month` from 1 to 12."""

    year: int
    month: int

    @property
    def start(self) -> datetime:
        """Its first moment."""
        return datetime(self.year, self.month, 1, tzinfo=VIETNAM)

    @property
    def end(self) -> datetime:
        """The first moment that is no longer in it."""
        return self.following.start

    @property
    def last_day(self) -> date:
        """On the calendar."""
        return self.end.date() - timedelta(days=1)

    @property
    def previous(self) -> ReportMonth:
        """The one before."""
        return ReportMonth(self.year - 1, MONTHS) if self.month == 1 else ReportMonth(self.year, self.month - 1)

    @property
    def following(self) -> ReportMonth:
        """The one after."""
        return ReportMonth(self.year + 1, 1) if self.month == MONTHS else ReportMonth(self.year, self.month + 1)

    @property
    def key(self) -> str:
        """As addresses, file names and the audit log write it: `2026-10`."""
        return f"{self.year:04}-{self.month:02}"

    @property
    def name(self) -> str:
        """As Vietnamese write it: `10/2026`."""
        return f"{self.month:02}/{self.year:04}"

    @property
    def due_on(self) -> date:
        """The day before which its report has to be sent."""
        after = self.following
        return date(after.year, after.month, DUE_DAY)

    def is_over(self, now: datetime) -> bool:
        """Whether nothing can be added to it."""
        return now >= self.end


def read_month(written: str) -> ReportMonth | None:
    """From `2026-10`; None for anything else."""
    found = _WRITTEN.fullmatch(written)
    return None if found is None else ReportMonth(int(found[1]), int(found[2]))


def month_of(moment: datetime) -> ReportMonth:
    """The one in which the moment lies. Raises ValueError for a naive datetime."""
    local = in_vietnam(moment)
    return ReportMonth(local.year, local.month)


def last_finished(now: datetime) -> ReportMonth:
    """The one whose report is due next, or was."""
    return month_of(now).previous


def newest_months(now: datetime, count: int) -> tuple[ReportMonth, ...]:
    """To choose from: the current one first, then back in time."""
    months = [month_of(now)]
    while len(months) < count:
        months.append(months[-1].previous)
    return tuple(months)
