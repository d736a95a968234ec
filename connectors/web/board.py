"""Announcements for everybody who has the chat page open: asked for often, so the database is asked rarely."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from connectors.web.token import CHANNEL
from desk.notices.announcement import Announcement, live_announcements
from desk.transactions import Transactions

KEPT_SECONDS = 5.0
"""An announcement is on the page, and off it, a few seconds after its time: the page itself looks each minute."""


class AnnouncementBoard:
    """What is shown now. One for each process; `seconds` is a clock that only goes forward."""

    def __init__(self, transactions: Transactions, clock: Callable[[], datetime], seconds: Callable[[], float]) -> None:
        self._transactions = transactions
        self._clock = clock
        self._seconds = seconds
        self._read_at: float | None = None
        self._shown: tuple[Announcement, ...] = ()

    async def shown(self) -> tuple[Announcement, ...]:
        """Those of the web page, the newest first."""
        now = self._seconds()
        if self._read_at is None or now - self._read_at >= KEPT_SECONDS:
            # Marked first: of many who ask at once one reads.
            self._read_at = now
            found = await self._transactions.read(lambda connection: live_announcements(connection, self._clock()))
            self._shown = tuple(each for each in found if CHANNEL in each.wording.channels)
        return self._shown


def wire_announcement(announcement: Announcement) -> dict[str, Any]:
    """`id` changes when what it says changes, so that who closed the older wording sees the newer."""
    words = announcement.wording
    return {
        "id": f"{announcement.id}-{announcement.revision}",
        "title": words.title,
        "text": words.text,
        "link": words.link,
    }
