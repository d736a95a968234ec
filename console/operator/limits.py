"""Until when, and how often, a channel takes an operator's words at no cost. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from console.ports import Manner

FEW_LEFT = 2
"""Free replies at which an operator is warned: one for the answer, one for a question back."""
FREE_WARNING = timedelta(hours=2)
WINDOW_WARNING = timedelta(hours=24)


class Standing(StrEnum):
    """What an operator has to know before writing; each has a sentence in texts.yml."""

    FREE = "free"
    FEW = "few"  # free ones are running out
    CLOSING = "closing"  # the free time is
    PAID = "paid"  # each further message costs the agency money
    LAST_DAY = "last_day"  # and tomorrow nothing can be sent any more
    CLOSED = "closed"


@dataclass(frozen=True)
class Limits:
    """Of one conversation on a channel that has limits. Without free replies to count, their fields are None."""

    window_until: datetime
    window_days: float
    free_until: datetime | None
    free_total: int | None
    sent: int

    def free_left(self, now: datetime) -> int:
        """Messages that still cost nothing."""
        if self.free_until is None or self.free_total is None or now >= self.free_until:
            return 0
        return max(0, self.free_total - self.sent)

    def minutes_left(self, now: datetime) -> int:
        """Of the free time, rounded down."""
        return 0 if self.free_until is None else max(0, int((self.free_until - now).total_seconds() // 60))

    def standing(self, now: datetime) -> Standing | None:
        """The most pressing one; None while there is nothing to say."""
        if now >= self.window_until:
            return Standing.CLOSED
        if self.window_until - now <= WINDOW_WARNING:
            return Standing.LAST_DAY
        if self.free_until is None:
            return None
        left = self.free_left(now)
        if not left:
            return Standing.PAID
        if left <= FEW_LEFT:
            return Standing.FEW
        return Standing.CLOSING if self.free_until - now <= FREE_WARNING else Standing.FREE


def limits_of(manner: Manner, said_at: datetime | None, sent: int) -> Limits | None:
    """`sent` since the citizen's last words, which were at `said_at`; None where the channel has no limit."""
    if said_at is None or manner.window_days is None:
        return None
    counted = manner.free_replies > 0
    return Limits(
        window_until=said_at + timedelta(days=manner.window_days),
        window_days=manner.window_days,
        free_until=said_at + timedelta(hours=manner.free_hours) if counted else None,
        free_total=manner.free_replies if counted else None,
        sent=sent,
    )
