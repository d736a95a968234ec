"""Runs short transactions in threads, so that the event loop never waits for a disk."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from typing import Protocol, TypeVar

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from desk.database import POSTGRES_POOL, reading, writing

Result = TypeVar("Result")
Work = Callable[[Connection], Result]

READ_THREADS = 4
ATTEMPTS = 3
PAUSE_SECONDS = 0.05


class Transactions(Protocol):
    """What rooms need of the database; tests put one that dies at chosen moments in its place."""

    async def read(self, work: Work[Result]) -> Result:
        """Result of `work` in a transaction of its own that writes nothing."""
        ...

    async def write(self, work: Work[Result]) -> Result:
        """Result of `work`, committed when this returns. `work` may run again, so it must be safe to repeat."""
        ...


class ThreadedTransactions:
    """SQLite has one writer at a time anyway: one thread for writes queues them without lock contention."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        writers = 1 if engine.dialect.name == "sqlite" else POSTGRES_POOL
        self._writers = ThreadPoolExecutor(writers, thread_name_prefix="database-write")
        self._readers = ThreadPoolExecutor(READ_THREADS, thread_name_prefix="database-read")

    async def read(self, work: Work[Result]) -> Result:
        """See Transactions."""
        return await asyncio.get_running_loop().run_in_executor(self._readers, self._run, reading, work)

    async def write(self, work: Work[Result]) -> Result:
        """See Transactions."""
        return await asyncio.get_running_loop().run_in_executor(self._writers, self._run, writing, work)

    def close(self) -> None:
        """Waits for what runs. The engine's connections are closed by who made it."""
        self._writers.shutdown()
        self._readers.shutdown()

    def _run(self, opening: Callable[[Engine], AbstractContextManager[Connection]], work: Work[Result]) -> Result:
        """A connection that a restarted database has closed is replaced and the work repeated; other errors go up."""
        for attempt in range(1, ATTEMPTS + 1):
            try:
                with opening(self._engine) as connection:
                    return work(connection)
            except DBAPIError as error:
                if not error.connection_invalidated or attempt == ATTEMPTS:
                    raise
                time.sleep(PAUSE_SECONDS * attempt)
        raise AssertionError("unreachable: the last attempt returns or raises")
