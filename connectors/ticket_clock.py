"""Deadlines do not pass unseen: those of tickets and of the monthly report become alerts while time goes by."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from connectors.leadership import Leadership
from connectors.metrics import Metrics
from connectors.ticking import keep_ticking
from desk.calendar.opening import CalendarTexts
from desk.report.reminder import keep_reminded
from desk.tickets.clock import ring
from desk.tickets.texts import TicketTexts
from desk.transactions import Transactions

LEADER = "ticket clock"
TICK_SECONDS = 30.0


@dataclass(frozen=True)
class TicketClock:
    """One gateway looks at a time; a second one would find nothing left to tell."""

    transactions: Transactions
    leadership: Leadership
    texts: TicketTexts
    calendar_texts: CalendarTexts
    metrics: Metrics
    clock: Callable[[], datetime]

    async def run(self) -> None:
        """Until cancelled; see connectors/ticking.py."""
        await keep_ticking(LEADER, self._tick_as_leader, TICK_SECONDS, self.metrics)

    async def _tick_as_leader(self) -> None:
        if await self.leadership.hold(LEADER):
            await self.tick()

    async def tick(self) -> None:
        """Events and alerts of one look stand together, or neither does."""
        now = self.clock()
        work = partial(ring, texts=self.texts, calendar=self.calendar_texts, now=now)
        while await self.transactions.write(work):
            pass  # after a long stop there may be more than one look takes
        await keep_reminded(self.transactions, now)
