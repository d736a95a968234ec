"""Asks a channel for news, on one gateway at a time: stored first, then the position moves on.

python-telegram-bot's own Updater moves on as soon as an update is in memory; a process that dies then loses it.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable, Coroutine
from datetime import datetime
from typing import Any, Protocol, TypeVar

from sqlalchemy.exc import SQLAlchemyError

from connectors.channel import PollError, PollingChannel
from connectors.leadership import Leadership
from connectors.metrics import Metrics
from connectors.poll_position import read_position, store_position
from connectors.poll_trouble import PollTrouble
from connectors.settings import PollerSettings
from desk.transactions import Transactions

log = logging.getLogger(__name__)
Result = TypeVar("Result")
DATABASE_PAUSE_SECONDS = 0.5


class UpdateIntake(Protocol):
    """Where updates are handed in; see connectors.intake.Intake."""

    async def take(self, body: bytes) -> None:
        """Returns when everything in the update is committed. Raises SQLAlchemyError and nothing else."""
        ...


class Poller:
    """One for each polled channel and process."""

    def __init__(
        self,
        channel: PollingChannel,
        intake: UpdateIntake,
        transactions: Transactions,
        leadership: Leadership,
        metrics: Metrics,
        settings: PollerSettings,
        clock: Callable[[], datetime],
    ) -> None:
        self._channel = channel
        self._intake = intake
        self._transactions = transactions
        self._leadership = leadership
        self._trouble = PollTrouble(channel, transactions, metrics, settings, clock)
        self._idle_seconds = settings.idle_seconds
        self._clock = clock
        self._name = f"poll {channel.name}:{channel.account}"
        self._stopping = asyncio.Event()
        self._over = asyncio.Event()  # stopping, or no longer the leader

    def stop(self) -> None:
        """Ends a question that is waiting for news; what has come already is stored before `run` ends."""
        self._stopping.set()
        self._over.set()

    async def run(self) -> None:
        """Until `stop`. A database or a channel that is away is waited for; nothing else ends the loop."""
        while not self._stopping.is_set():
            if await self._hold():
                await self._lead()
            else:
                await _rest(self._stopping, self._leadership.renew_seconds)
        try:
            await self._leadership.release(self._name)
        except SQLAlchemyError as error:
            log.error("%s: releasing: database: %s", self._name, type(error).__name__)  # noqa: TRY400

    async def _hold(self) -> bool | None:
        """None when the database cannot say."""
        try:
            return await self._leadership.hold(self._name)
        except SQLAlchemyError as error:
            log.error("%s: database: %s", self._name, type(error).__name__)  # noqa: TRY400 - its text may quote rows
            return None

    async def _lead(self) -> None:
        if not self._stopping.is_set():
            self._over.clear()
        renewing = asyncio.create_task(self._renew())
        try:
            await self._ask_on()
        finally:
            renewing.cancel()

    async def _renew(self) -> None:
        """A database that is away ends the term only when the time that we hold is up: nobody else can take it."""
        every = self._leadership.renew_seconds
        held_at = time.monotonic()
        while time.monotonic() + every < held_at + 3 * every:
            await asyncio.sleep(every)
            held = await self._hold()
            if held is False:
                break
            held_at = time.monotonic() if held else held_at
        log.warning("%s: no longer the leader", self._name)
        self._over.set()

    async def _ask_on(self) -> None:
        prepared = False
        while not self._over.is_set():
            try:
                if not prepared:
                    await self._unless_over(self._channel.prepare_polling())
                    prepared = True
                pause = await self._ask()
            except PollError as error:
                pause = await self._trouble.came(error)
            except SQLAlchemyError as error:
                log.error("%s: database: %s", self._name, type(error).__name__)  # noqa: TRY400
                pause = DATABASE_PAUSE_SECONDS
            except Exception as error:  # noqa: BLE001 - the one catch-all of polling
                pause = await self._trouble.came(PollError(type(error).__name__))
            await _rest(self._over, pause)

    async def _ask(self) -> float:
        """One question; seconds until the next. Raises PollError and SQLAlchemyError."""
        name, account, now = self._channel.name, self._channel.account, self._clock()
        # Read each time: the position also grows too old while nothing comes.
        position = await self._transactions.read(lambda connection: read_position(connection, name, account, now))
        started = time.monotonic()
        polled = await self._unless_over(self._channel.poll(position))
        if polled is None:
            return 0.0
        await self._trouble.went()
        if not polled.updates:
            return max(0.0, started + self._idle_seconds - time.monotonic())
        for update in polled.updates:
            if not await self._take(update):
                return 0.0
        reached, then = polled.position, self._clock()
        if reached is not None:
            await self._transactions.write(lambda connection: store_position(connection, name, account, reached, then))
        return 0.0

    async def _take(self, update: bytes) -> bool:
        """False when it could not be stored before the stop. A channel without positions gives each update once only,
        so it is tried for as long as this process lives, leader or not.
        """
        while True:
            try:
                await self._intake.take(update)
            except SQLAlchemyError as error:
                log.error("%s: storing: database: %s", self._name, type(error).__name__)  # noqa: TRY400
                if self._stopping.is_set():
                    return False
                await _rest(self._stopping, DATABASE_PAUSE_SECONDS)
            else:
                return True

    async def _unless_over(self, asking: Coroutine[Any, Any, Result]) -> Result | None:
        """Its result, or None where this is over before it came."""
        if self._over.is_set():
            asking.close()
            return None
        task = asyncio.create_task(asking)
        over = asyncio.create_task(self._over.wait())
        try:
            await asyncio.wait((task, over), return_when=asyncio.FIRST_COMPLETED)
        finally:
            over.cancel()
            if not task.done():
                task.cancel()
                await asyncio.gather(task, return_exceptions=True)
        return None if task.cancelled() else task.result()


async def _rest(until: asyncio.Event, seconds: float) -> None:
    """A pause that the event ends."""
    try:
        async with asyncio.timeout(seconds):
            await until.wait()
    except TimeoutError:
        return
