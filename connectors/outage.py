"""While the dialogue engine is away, messages are stored and put off without asking it for each of them.

Asking costs more than storing: with every message of an outage tried again and again, the acknowledgement of new ones
would wait behind attempts that cannot succeed.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from datetime import datetime

from sqlalchemy import Connection, update

from connectors.dialogue import Dialogue, DialogueError, DialogueFailure
from connectors.inbox import inbox, is_waiting
from connectors.message import Reply
from connectors.metrics import Metrics
from connectors.ticking import ticked
from desk.transactions import Transactions

FAILURES_OF_AN_OUTAGE = 2
"""One alone may be a kept connection that the engine closed just then."""
ASK_AGAIN_SECONDS = 1.0


class OutageGuard:
    """A Dialogue that asks the real one at most once a second while it is away."""

    def __init__(self, dialogue: Dialogue, clock: Callable[[], float] = time.monotonic) -> None:
        self._dialogue = dialogue
        self._clock = clock
        self._failures = 0
        self._ask_from = 0.0
        self._returned = asyncio.Event()

    async def say(self, conversation_id: str, text: str) -> tuple[Reply, ...]:
        """See Dialogue. Raises DialogueError AWAY without having asked."""
        if self._failures >= FAILURES_OF_AN_OUTAGE:
            if self._clock() < self._ask_from:
                raise DialogueError(DialogueFailure.AWAY, "not asked")
            self._ask_from = self._clock() + ASK_AGAIN_SECONDS
        try:
            replies = await self._dialogue.say(conversation_id, text)
        except DialogueError as error:
            if error.failure is DialogueFailure.UNAVAILABLE:
                self._failures += 1
            else:
                self._is_there()  # it answered, if only with an error
            raise
        self._is_there()
        return replies

    async def is_ready(self) -> bool:
        """See Dialogue."""
        return await self._dialogue.is_ready()

    async def keep_forward(
        self, transactions: Transactions, wake: Callable[[], None], clock: Callable[[], datetime], metrics: Metrics
    ) -> None:
        """Until cancelled: when the engine is back, what was put off is due at once."""
        while True:
            await self._returned.wait()
            self._returned.clear()
            # Where it fails, they come at their own time.
            await ticked(
                "after an outage", lambda: transactions.write(lambda rows: bring_forward(rows, clock())), metrics
            )
            wake()

    def _is_there(self) -> None:
        if self._failures >= FAILURES_OF_AN_OUTAGE:
            self._returned.set()
        self._failures = 0


def bring_forward(connection: Connection, now: datetime) -> int:
    """How many messages, put off because the dialogue engine was away, are due now."""
    put_off = (is_waiting(inbox), inbox.c.error_class == DialogueFailure.AWAY)
    return connection.execute(update(inbox).where(*put_off).values(next_attempt_at=now)).rowcount
