"""One turn: a claimed message goes to the dialogue engine, its replies to the outbox."""

from __future__ import annotations

import asyncio
import logging
import random
import time
from collections.abc import Callable, Collection, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol, TypeVar

from sqlalchemy import Connection
from sqlalchemy.exc import SQLAlchemyError

from connectors.claim import Claim, Ending, LeaseLostError, finish, postpone
from connectors.dialogue import DialogueError, DialogueFailure
from connectors.handing_off import Moves
from connectors.hub import Hub
from connectors.message import Reply
from connectors.metrics import Count, Metrics, Timing
from connectors.outbox import Render
from connectors.responding import Responder, Response
from connectors.retry import RetryRule
from desk.conversation import ConversationKey
from desk.handoff.episode import MoveRefusedError
from desk.handoff.log import OvertakenError
from desk.transactions import Transactions

log = logging.getLogger(__name__)
DATABASE_PAUSE_SECONDS = 0.5
Clock = Callable[[], datetime]
Result = TypeVar("Result")


class Carriers(Protocol):
    """The channels that replies are brought to."""

    @property
    def served(self) -> Collection[str]:
        """Channels whose messages can be answered here; what waits of others, switched off or not yet on, is left."""
        ...

    def render_of(self, channel: str) -> Render | None:
        """How replies look there; None for a channel whose citizens fetch them."""
        ...

    def wake(self, channel: str) -> None:
        """There is something to bring."""
        ...

    def typing(self, conversation: ConversationKey) -> AbstractContextManager[None]:
        """Shows the citizen that an answer is being written, for the length of the block."""
        ...


@dataclass(frozen=True)
class TurnTaker:
    """`apology` answers a message that is given up; `patience_seconds` is how long an absent database is awaited."""

    transactions: Transactions
    responder: Responder
    carriers: Carriers
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
            response = await self._ask(claim)
        except DialogueError as error:
            return await self._failed(claim, error.failure, time.monotonic() - started)
        except Exception as error:  # noqa: BLE001 - whatever it is, the message is tried again
            # The type alone: the text of an unforeseen error may quote what the citizen wrote.
            log.error("inbox row %d: %s", claim.inbox_id, type(error).__name__)  # noqa: TRY400
            return await self._failed(claim, type(error).__name__, time.monotonic() - started)
        await self._finish(claim, response, None)
        return None

    async def _finish(self, claim: Claim, response: Response, error_class: str | None) -> None:
        told: list[Reply] = []  # besides the replies, by what happened with them
        moves, when_off = self._bound(response.moves, told), self._bound(response.when_off, told)
        ending = Ending(response.replies, error_class, moves, response.author, when_off)
        await self._end(claim, ending, response, told)

    def _bound(self, moves: Moves | None, told: list[Reply]) -> Callable[[Connection], tuple[Reply, ...]] | None:
        def work(connection: Connection) -> tuple[Reply, ...]:
            told[:] = moves(connection, self.clock()) if moves is not None else ()
            return tuple(told)

        return None if moves is None else work

    async def _ask(self, claim: Claim) -> Response:
        started = time.monotonic()
        with self.carriers.typing(claim.conversation):
            response = await self.responder.respond(claim, self.clock())
        self.metrics.observe(Timing.DIALOGUE, time.monotonic() - started)
        return response

    def _pause(self, claim: Claim, error_class: str) -> float:
        """What the engine was not even asked is due as soon as it is back: see connectors/outage.py."""
        if error_class == DialogueFailure.AWAY:
            return self.rule.longest_pause_seconds(random.random())
        return self.rule.pause_seconds(claim.attempts, random.random())

    async def _failed(self, claim: Claim, error_class: str, spent_seconds: float) -> float | None:
        self.metrics.count(Count.DIALOGUE_FAILURES, failure=error_class)
        pause = self._pause(claim, error_class)
        tried = claim.tried_seconds + spent_seconds + pause
        if self.rule.is_over(claim.attempts, tried):
            await self._finish(claim, self.responder.give_up(claim, self.apology), error_class)
            return None
        due = self.clock() + timedelta(seconds=pause)
        await self._store(claim, lambda connection: postpone(connection, claim, due, tried, error_class))
        return pause

    async def _end(self, claim: Claim, ending: Ending, response: Response, told: Sequence[Reply]) -> None:
        now, key, effect = self.clock(), claim.conversation, response.effect
        render = self.carriers.render_of(key.channel)

        def work(connection: Connection) -> bool:
            said = finish(connection, claim, ending, render, now)
            if effect is not None:
                effect(connection, key, now)
            return said

        said = await self._store(claim, work)
        self.hub.stop_working(key.id)
        if said is None:
            return
        self.hub.publish(key.id)
        self.carriers.wake(key.channel)
        for reply in (*ending.replies, *(told if said else response.planned)):
            self.metrics.count(
                Count.REPLIES if said else Count.REPLIES_DROPPED, channel=key.channel, status=reply.status
            )
        if ending.error_class is not None:
            self.metrics.count(Count.DEAD, channel=key.channel)
        self.metrics.observe(Timing.ANSWER, (now - claim.received_at).total_seconds())

    async def _store(self, claim: Claim, work: Callable[[Connection], Result]) -> Result | None:
        """None when nothing was stored: the lease is lost, or will be, and another worker takes the message."""
        deadline = time.monotonic() + self.patience_seconds
        while True:
            try:
                return await self.transactions.write(work)
            except LeaseLostError:
                self.metrics.count(Count.LEASES_LOST)
                return None
            except (SQLAlchemyError, OvertakenError, MoveRefusedError) as error:
                # Overtaken: an operator, or the desk's clock, moved the same episode at the same moment.
                log.error("inbox row %d: database: %s", claim.inbox_id, type(error).__name__)  # noqa: TRY400
                if time.monotonic() >= deadline:
                    return None
                await asyncio.sleep(DATABASE_PAUSE_SECONDS)
