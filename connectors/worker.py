"""Works off the inbox: claims what is due and has a turn taken for each, many conversations at once."""

from __future__ import annotations

import asyncio
import logging
from datetime import timedelta
from functools import partial

from sqlalchemy.exc import SQLAlchemyError

from connectors.claim import Claim, Lease, claim_due, release_leases_of, renew
from connectors.loops import end_tasks, wait_for
from connectors.settings import WorkerSettings
from connectors.ticking import keep_ticking
from connectors.turn import TurnTaker

log = logging.getLogger(__name__)


class Worker:
    """One for each process; several processes share one database safely.

    `owner` names this gateway: the same after its restart, different from every other gateway that runs.
    """

    def __init__(self, owner: str, turns: TurnTaker, settings: WorkerSettings) -> None:
        self._owner = owner
        self._turns = turns
        self._transactions = turns.transactions
        self._settings = settings
        self._due = asyncio.Event()
        self._stopping = False
        self._recovered = False  # until then a lease under our name may be one of our former life
        self._running: dict[asyncio.Task[None], Claim] = {}

    def wake(self) -> None:
        """There may be something to do; call it after a message was committed."""
        self._due.set()

    def stop(self) -> None:
        """Takes no new message; `run` ends when those in work are done or their time is up."""
        self._stopping = True
        self._due.set()

    async def run(self) -> None:
        """Until `stop`. A database that is away is waited for; nothing else ends the loop."""
        renewing = asyncio.create_task(self._renew_leases())
        try:
            while not self._stopping:
                self._due.clear()
                try:
                    self._recovered = self._recovered or await self._take_back()
                    started = await self._start_due()
                except SQLAlchemyError as error:
                    log.error("claiming: database: %s", type(error).__name__)  # noqa: TRY400 - its text may quote rows
                    started = 0
                if not started:
                    await wait_for(self._due, self._settings.poll_seconds)
        finally:
            renewing.cancel()
            await self._end_running()

    async def _take_back(self) -> bool:
        freed = await self._transactions.write(lambda connection: release_leases_of(connection, self._owner))
        if freed:
            log.warning("%d conversations were in work when this gateway ended; they go on", freed)
        return True

    async def _start_due(self) -> int:
        free = self._settings.conversations_at_once - len(self._running)
        if free <= 0:
            return 0
        now, lease = self._turns.clock(), self._lease()
        channels = self._turns.carriers.served
        claims = await self._transactions.write(lambda connection: claim_due(connection, lease, now, free, channels))
        for claim in claims:
            self.start(claim)
        return len(claims)

    def lease_if_free(self) -> Lease | None:
        """For who accepts a message and would claim it for this worker at once; None when it has its hands full."""
        if self._stopping or not self._recovered or len(self._running) >= self._settings.conversations_at_once:
            return None
        return self._lease()

    def start(self, claim: Claim) -> None:
        """Takes the turn of a message that was claimed for this worker."""
        task = asyncio.create_task(self._take(claim))
        self._running[task] = claim
        task.add_done_callback(self._ended)

    async def _take(self, claim: Claim) -> None:
        pause = await self._turns.take(claim)
        if pause is not None:
            asyncio.get_running_loop().call_later(pause, self.wake)

    def _ended(self, task: asyncio.Task[None]) -> None:
        claim = self._running.pop(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            log.error("inbox row %d: turn ended by %s", claim.inbox_id, type(error).__name__)
        self.wake()

    def _lease(self) -> Lease:
        return Lease(self._owner, self._turns.clock() + timedelta(seconds=self._settings.lease_seconds))

    async def _renew_leases(self) -> None:
        await keep_ticking("leases", self._renew, self._settings.lease_seconds / 3, self._turns.metrics)

    async def _renew(self) -> None:
        claims, lease = tuple(self._running.values()), self._lease()
        if claims:
            await self._transactions.write(partial(renew, claims=claims, lease=lease))

    async def _end_running(self) -> None:
        """What is still in work when the time is up is freed, so that the next start, or another gateway, takes it."""
        await end_tasks(tuple(self._running), self._settings.stop_seconds)
        try:
            await self._transactions.write(lambda connection: release_leases_of(connection, self._owner))
        except SQLAlchemyError as error:
            log.error("releasing leases: database: %s", type(error).__name__)  # noqa: TRY400
