"""What happens to a running product at random moments."""

import asyncio
import signal
import sqlite3
import time
from collections import Counter

from tests.faults.channels import NAMES

NEW_NAME = 0.3
"""How often a killed gateway comes back under another name, as a new machine does."""
WHILE_STARTING = 0.25
"""How often one that is still starting is killed too; more often, and nothing would ever be taken."""
DOWN_SECONDS = (0.2, 2.5)
LOCK_SECONDS = (0.3, 3.0)
THROTTLED = (2, 8)
PATIENCE_SECONDS = 10.0
QUIET_SECONDS = 1.5
"""A process that dies between getting new tokens and storing them needs an administrator; that is another test."""


class Disturber:
    """`run` ends after the disturbance during which `stop` was called; everything it took away is there again."""

    def __init__(self, stage, chance, pause_seconds):
        self._stage, self._chance, self._pause_seconds = stage, chance, pause_seconds
        self._stopping = asyncio.Event()
        self.happened = Counter()
        deeds = {
            self._kill_gateway: 8,
            self._stop_gateway: 2,
            self._kill_dialogue: 3,
            self._throttle: 3,
            self._expire_token: 1,
        }
        database = {self._cut_connections: 4, self._crash_database: 2} if stage.postgres else {self._lock_database: 4}
        self._deeds, self._weights = zip(*(deeds | database).items(), strict=True)

    def stop(self):
        self._stopping.set()

    async def run(self):
        while not self._stopping.is_set():
            (deed,) = self._chance.choices(self._deeds, self._weights)
            await deed()
            try:
                async with asyncio.timeout(self._chance.uniform(*self._pause_seconds)):
                    await self._stopping.wait()
            except TimeoutError:
                continue

    async def _kill_gateway(self):
        gateway = self._chance.choice(self._stage.gateways)
        if not gateway.ready and self._chance.random() >= WHILE_STARTING:
            return
        if self._chance.random() < NEW_NAME:
            gateway.environment["BHXH_GATEWAY_NAME"] = f"{gateway.name}-{gateway.starts}"
        gateway.signal(signal.SIGKILL)
        self.happened["gateway killed"] += 1

    async def _stop_gateway(self):
        self._chance.choice(self._stage.gateways).signal(signal.SIGTERM)
        self.happened["gateway stopped"] += 1

    async def _kill_dialogue(self):
        self._stage.dialogue.signal(signal.SIGKILL)
        self.happened["dialogue server killed"] += 1

    async def _cut_connections(self):
        cut = await asyncio.to_thread(self._stage.postgres.cut_connections)
        self.happened["database connections cut"] += cut

    async def _crash_database(self):
        await self._stage.postgres.restart(self._chance.uniform(*DOWN_SECONDS))
        self.happened["database crashed"] += 1

    async def _lock_database(self):
        await asyncio.to_thread(hold_lock, self._stage.database_file, self._chance.uniform(*LOCK_SECONDS))
        self.happened["database locked"] += 1

    async def _throttle(self):
        await self._stage.channels.throttle(self._chance.choice(NAMES), self._chance.randint(*THROTTLED))
        self.happened["channel throttled"] += 1

    async def _expire_token(self):
        await self._stage.channels.expire_token(PATIENCE_SECONDS)
        await asyncio.sleep(QUIET_SECONDS)
        self.happened["token expired"] += 1


def hold_lock(file, seconds):
    """Another program writes to the file for so long, as a backup might."""
    connection = sqlite3.connect(file, timeout=10.0, isolation_level=None)
    try:
        connection.execute("BEGIN IMMEDIATE")
        time.sleep(seconds)
        connection.execute("ROLLBACK")
    finally:
        connection.close()
