"""Brings what waits to one channel: in order within a conversation, many at once, one gateway at a time."""

from __future__ import annotations

import asyncio
import logging
import random
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TypeVar

from sqlalchemy import Connection, update
from sqlalchemy.exc import SQLAlchemyError

from connectors.channel import Channel
from connectors.claim import Lease
from connectors.leadership import Leadership
from connectors.loops import end_tasks, wait_for
from connectors.metrics import Count, Metrics, Timing
from connectors.outgoing import NotSent, Scope, SendFailure, SendOutcome, Sent, storable_outcome
from connectors.pacer import Pacer
from connectors.retry import RetryRule
from connectors.sending import (
    Delivery,
    Due,
    claim_delivery,
    due_deliveries,
    end_abandoned,
    end_stale,
    give_up,
    mark_sent,
    put_off,
)
from connectors.settings import SenderSettings
from connectors.verdict import ALERT_HUMAN_NEEDED, ALERT_QUOTA, SendingRule, Verdict, judge
from desk.alert import Alert, raise_alert, settle_alerts
from desk.conversation import conversations
from desk.transactions import Transactions

log = logging.getLogger(__name__)
Result = TypeVar("Result")
DATABASE_PAUSE_SECONDS = 0.5
CALL_SHARE_OF_LEASE = 0.8
"""A call still running when its lease ends would be taken for one of a gateway that died, and the next one started."""

CANDIDATES_PER_SEND = 4
"""Some of those that are due have just been written to and have to wait a little."""


class Sender:
    """One for each channel and process. `owner` names this gateway, see Worker."""

    def __init__(
        self,
        channel: Channel,
        owner: str,
        transactions: Transactions,
        leadership: Leadership,
        metrics: Metrics,
        settings: SenderSettings,
        clock: Callable[[], datetime],
    ) -> None:
        self._channel = channel
        self._owner = owner
        self._transactions = transactions
        self._leadership = leadership
        self._metrics = metrics
        self._settings = settings
        self._clock = clock
        self._rule = SendingRule(
            RetryRule(
                settings.retry_first_seconds,
                settings.retry_ceiling_seconds,
                settings.retry_total_seconds,
                settings.retry_attempts,
            ),
            settings.circuit_seconds,
        )
        self._pacer = Pacer(channel.pace)
        self._due = asyncio.Event()
        self._stopping = False
        self._led_until = 0.0
        self._recovered = False  # until then a row on its way under our name is one of our former life
        self._in_trouble = True  # until the first success: an alert may stand from before our start
        self._running: set[asyncio.Task[None]] = set()

    def wake(self) -> None:
        """There may be something to bring; call it after replies were committed."""
        self._due.set()

    def stop(self) -> None:
        """Starts no new send; `run` ends when those on their way have ended or their time is up."""
        self._stopping = True
        self._due.set()

    async def run(self) -> None:
        """Until `stop`. A database that is away is waited for; nothing else ends the loop."""
        name = f"send {self._channel.name}:{self._channel.account}"
        while not self._stopping:
            self._due.clear()
            pause = self._settings.poll_seconds
            try:
                if await self._leads(name):
                    pause = await self._start_due()
            except SQLAlchemyError as error:
                log.error("sending: database: %s", type(error).__name__)  # noqa: TRY400 - its text may quote rows
            await wait_for(self._due, pause)
        await self._end_running()
        try:
            await self._leadership.release(name)
        except SQLAlchemyError as error:
            log.error("releasing: database: %s", type(error).__name__)  # noqa: TRY400

    async def _leads(self, name: str) -> bool:
        if time.monotonic() < self._led_until:
            return True
        if not await self._leadership.hold(name):
            return False
        owner, of = None if self._recovered else self._owner, (self._channel.name, self._channel.account)
        now = self._clock()
        lost = await self._transactions.write(lambda connection: end_abandoned(connection, *of, now, owner))
        self._recovered = True
        self._count_unknown(lost)
        before = now - timedelta(seconds=self._settings.retry_total_seconds)
        stale = await self._transactions.write(lambda connection: end_stale(connection, *of, before, now))
        if stale:
            log.warning("%s: %d replies had waited for too long and are given up", self._channel.name, stale)
        self._led_until = time.monotonic() + self._leadership.renew_seconds
        return True

    async def _start_due(self) -> float:
        """Starts what may be sent now; seconds until it makes sense to look again."""
        free = min(self._settings.sends_at_once - len(self._running), self._pacer.allowance(time.monotonic()))
        if free <= 0:
            return max(0.01, min(self._settings.poll_seconds, self._pacer.resumes_in(time.monotonic())))
        now, most = self._clock(), free * CANDIDATES_PER_SEND
        channel, account = self._channel.name, self._channel.account
        found = await self._transactions.read(
            lambda connection: due_deliveries(connection, channel, account, now, most)
        )
        waits = {due: self._pacer.wait_seconds(due.conversation_id, time.monotonic()) for due in found}
        chosen = [due for due in found if not waits[due]][:free]
        for delivery in await self._claim(chosen, now) if chosen else ():
            self._start(delivery)
        if len(chosen) == free:
            return 0.0
        return min([self._settings.poll_seconds, *(wait for wait in waits.values() if wait)])

    async def _claim(self, chosen: list[Due], now: datetime) -> list[Delivery]:
        lease = Lease(self._owner, now + timedelta(seconds=self._settings.lease_seconds))

        def work(connection: Connection) -> list[Delivery]:
            claimed = (claim_delivery(connection, due, lease, now) for due in chosen)
            return [delivery for delivery in claimed if delivery is not None]

        return await self._transactions.write(work)

    def _start(self, delivery: Delivery) -> None:
        self._pacer.count(delivery.conversation_id, time.monotonic())
        task = asyncio.create_task(self._send(delivery))
        self._running.add(task)
        task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._running.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            log.error("%s: a send ended by %s", self._channel.name, type(error).__name__)
        self.wake()

    async def _send(self, delivery: Delivery) -> None:
        outcome = await self._bring(delivery)
        if isinstance(outcome, Sent):
            await self._succeeded(delivery, outcome)
        else:
            await self._failed(delivery, outcome)

    async def _bring(self, delivery: Delivery) -> SendOutcome:
        try:
            async with asyncio.timeout(self._settings.lease_seconds * CALL_SHARE_OF_LEASE):
                return storable_outcome(await self._channel.send(delivery.participant, delivery.message))
        except Exception as error:  # noqa: BLE001 - the one catch-all of sending: an unforeseen end is an unknown one
            log.error("%s: delivery %d: %s", self._channel.name, delivery.id, type(error).__name__)  # noqa: TRY400
            return NotSent(SendFailure.UNKNOWN, type(error).__name__)

    async def _succeeded(self, delivery: Delivery, sent: Sent) -> None:
        now = self._clock()
        was_in_trouble, self._in_trouble = self._in_trouble, False

        def work(connection: Connection) -> None:
            mark_sent(connection, delivery, sent.channel_message_id, now)
            if was_in_trouble:
                for kind in (ALERT_HUMAN_NEEDED, ALERT_QUOTA):
                    settle_alerts(connection, self._channel.name, self._channel.account, kind, now)

        await self._store(delivery, work)
        self._metrics.count(Count.DELIVERIES, channel=self._channel.name, outcome="sent")
        self._metrics.observe(Timing.DELIVERY, (now - delivery.created_at).total_seconds())

    async def _failed(self, delivery: Delivery, why: NotSent) -> None:
        now = self._clock()
        age = (now - delivery.created_at).total_seconds()
        verdict = judge(why, delivery.attempts, age, self._rule, random.random())
        self._in_trouble = self._in_trouble or verdict.alert is not None
        if verdict.pause_seconds:
            self._pacer.pause(verdict.pause_seconds, time.monotonic())
        await self._store(delivery, lambda connection: self._write_failure(connection, delivery, why, verdict, now))
        self._metrics.count(Count.DELIVERIES, channel=self._channel.name, outcome=why.failure.value)

    def _write_failure(
        self, connection: Connection, delivery: Delivery, why: NotSent, verdict: Verdict, now: datetime
    ) -> None:
        if verdict.retry_seconds is not None:
            put_off(connection, delivery, why, now + timedelta(seconds=verdict.retry_seconds))
        else:
            give_up(connection, delivery, why, now)
        if verdict.marks_unreachable:
            connection.execute(
                update(conversations).where(conversations.c.id == delivery.conversation_id).values(unreachable=why.code)
            )
        if verdict.alert is not None:
            self._alert(connection, delivery, why, verdict.alert, now)

    def _alert(self, connection: Connection, delivery: Delivery, why: NotSent, kind: str, now: datetime) -> None:
        alert = Alert(self._channel.name, self._channel.account, kind, why.code, why.detail)
        if why.failure is SendFailure.QUOTA:
            raise_alert(connection, replace(alert, conversation_id=delivery.conversation_id), now)
            if why.scope is Scope.CONVERSATION:
                return  # this citizen's own quota: the next success with another one would settle the channel's alert
        if raise_alert(connection, alert, now):
            log.error("%s: %s (code %s): an operator has to act", self._channel.name, kind, why.code)

    async def _store(self, delivery: Delivery, work: Callable[[Connection], Result]) -> None:
        """Tries for as long as this process lives: what the channel said is known here only."""
        while True:
            try:
                await self._transactions.write(work)
            except SQLAlchemyError as error:
                log.error("delivery %d: database: %s", delivery.id, type(error).__name__)  # noqa: TRY400
                await asyncio.sleep(DATABASE_PAUSE_SECONDS)
            else:
                return

    def _count_unknown(self, number: int) -> None:
        if number:
            log.warning("%s: %d sends ended unknown with a gateway", self._channel.name, number)
            self._metrics.count(Count.DELIVERIES, number, channel=self._channel.name, outcome=SendFailure.UNKNOWN.value)

    async def _end_running(self) -> None:
        """What is still on its way when the time is up is left as it is: the next start calls it unknown."""
        await end_tasks(tuple(self._running), self._settings.stop_seconds)
