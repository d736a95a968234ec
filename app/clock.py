"""What day it is for the citizens."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

VIETNAM = timezone(timedelta(hours=7), "ICT")


def today_in_vietnam() -> date:
    """The calendar day in Hà Nội, whatever the machine's zone."""
    return datetime.now(VIETNAM).date()
