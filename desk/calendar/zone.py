"""The one definition of Vietnam's time: every hour that people read is told in it."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

ZONE_NAME = "Asia/Ho_Chi_Minh"
"""For browsers, which want the name in the tz database."""

# Vietnam keeps +07:00 all year, without summer time since 1975: a fixed offset needs no zone files on the machine.
VIETNAM = timezone(timedelta(hours=7), ZONE_NAME)


def in_vietnam(moment: datetime) -> datetime:
    """The same moment as clocks in Hà Nội show it. Raises ValueError for a naive datetime."""
    if moment.tzinfo is None:
        raise ValueError(f"naive datetime {moment!r}; give it a zone")
    return moment.astimezone(VIETNAM)


def vietnam_date(moment: datetime) -> date:
    """The day on the wall calendar in Hà Nội. Raises ValueError for a naive datetime."""
    return in_vietnam(moment).date()
