"""What time it is, and what day for the citizens."""

from __future__ import annotations

from datetime import UTC, date, datetime

from desk.calendar.zone import vietnam_date


def today_in_vietnam() -> date:
    """The calendar day in Hà Nội, whatever the machine's zone."""
    return vietnam_date(now())


def now() -> datetime:
    """Aware, UTC."""
    return datetime.now(UTC)
