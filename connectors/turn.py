"""One turn: a claimed message goes to the dialogue engine, its replies to the outbox."""

from __future__ import annotations

import asyncio
import logging
import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection
from sqlalchemy.exc import SQLAlchemyError

from connectors.claim import Claim, LeaseLostError, finish, postpone
from connectors.dialogue import Dialogue, DialogueError
from connectors.heard import heard
from connectors.hub import Hub
from connectors.message import Reply
from connectors.metrics import Count, Metrics, Timing
from connectors.retry import RetryRule
from desk.transactions import Transactions

log = logging.getLogger(__name__)
DATABASE_PAUSE_SECONDS = 0.5
Clock = Callable[[], datetime]


@dataclass(frozen=True)
class TurnTaker:
    """`apology` answers a message that is given up; `patience_seconds` is how long an absent database is awaited."""

    transactions: Transactions
    dialogue: Dialogue
    hub: Hub
    metrics: Metrics
    rule: RetryRule
    apology: Reply
    patience_seconds: float
    clock: Clock

    async def take(self, claim: Claim) -> float | None:
        """Ends the message or puts it off; seconds until it is due again in the latter case. The one catch-all."""
        self.hub.start_working(claim.conversation.id)
        started = time.monotonic()
        try:
            replies = await self._ask(claim)
        except DialogueError as error:
            return await self._failed(claim, error.failure, time.monotonic() - started)
        except Exception as error:  # noqa: BLE001 - whatever it is, the message is tried again
            # The type alone: the text of an unforeseen error may quote what the citizen wrote.
            log.error("inbox row %d: %s", claim.inbox_id, type(error).__name__)  # noqa: TRY400
            return await self._failed(claim, type(error).__name__, time.monotonic() - started)
        await self._end(claim, replies, None)
        return None

    async def _ask(self, claim: Claim) -> tuple[Reply, ...]:
        started = time.monotonic()
        text = heard(claim.text) if claim.payload is None else claim.payload
        replies = await self.dialogue.say(claim.conversation.id, text)
        self.metrics.observe(Timing.DIALOGUE, time.monotonic() - started)
        return replies

    async def _failed(self, claim: Claim, error_class: str, spent_seconds: float) -> float | None:
        self.metrics.count(Count.DIALOGUE_FAILURES, failure=error_class)
        pause = self.rule.pause_seconds(claim.attempts, random.random())
        tried = claim.tried_seconds + spent_seconds + pause
        if self.rule.is_over(claim.attempts, tried):
            await self._end(claim, (self.apology,), error_class)
            return None
        due = self.clock() + timedelta(seconds=pause)
        await self._store(claim, lambda connection: postpone(connection, claim, due, tried, error_class))
        return pause

    async def _end(self, claim: Claim, replies: tuple[Reply, ...], error_class: str | None) -> None:
        now = self.clock()
        stored = await self._store(claim, lambda connection: finish(connection, claim, replies, now, error_class))
        self.hub.stop_working(claim.conversation.id)
        if not stored:
            return
        self.hub.publish(claim.conversation.id)
        channel = claim.conversation.channel
        for reply in replies:
            self.metrics.count(Count.REPLIES, channel=channel, status=reply.status)
        if error_class is not None:
            self.metrics.count(Count.DEAD, channel=channel)
        self.metrics.observe(Timing.ANSWER, (now - claim.received_at).total_seconds())

    async def _store(self, claim: Claim, work: Callable[[Connection], None]) -> bool:
        """False when nothing was stored: the lease is lost, or will be, and another worker takes the message."""
        deadline = time.monotonic() + self.patience_seconds
        while True:
            try:
                await self.transactions.write(work)
            except LeaseLostError:
                self.metrics.count(Count.LEASES_LOST)
                return False
            except SQLAlchemyError as error:
                log.error("inbox row %d: database: %s", claim.inbox_id, type(error).__name__)  # noqa: TRY400
                if time.monotonic() >= deadline:
                    return False
                await asyncio.sleep(DATABASE_PAUSE_SECONDS)
            else:
                return True
