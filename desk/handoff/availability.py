"""Whether a person can be promised now, and if not, why not. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Obstacle(StrEnum):
    """Which guard failed; each has a sentence of its own for the citizen."""

    SWITCHED_OFF = "switched_off"
    HOLIDAY = "holiday"
    CLOSED = "closed"
    NOBODY_ONLINE = "nobody_online"
    QUEUE_FULL = "queue_full"


@dataclass(frozen=True)
class Availability:
    """`next_opening` is when somebody will be there next; None while it is open."""

    is_switched_on: bool
    is_holiday: bool
    is_open: bool
    operators_online: int
    queue_length: int
    longest_queue: int
    median_wait_seconds: float | None
    next_opening: datetime | None

    def obstacle(self) -> Obstacle | None:
        """None when the citizen can be put in the queue."""
        if not self.is_switched_on:
            return Obstacle.SWITCHED_OFF
        if not self.is_open:
            return Obstacle.HOLIDAY if self.is_holiday else Obstacle.CLOSED
        if self.operators_online == 0:
            return Obstacle.NOBODY_ONLINE
        if self.queue_length >= self.longest_queue:
            return Obstacle.QUEUE_FULL
        return None
