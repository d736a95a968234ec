"""Runs short transactions in threads, so that the event loop never waits for a disk."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import AbstractContextManager
from functools import partial
from typing import Protocol, TypeVar

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from desk.database import POSTGRES_POOL, reading, writing
from desk.group_writer import GroupWriter

Result = TypeVar("Result")
Work = Callable[[Connection], Result]

READ_THREADS = 4
ATTEMPTS = 3
PAUSE_SECONDS = 0.05
DEADLOCK = "40P01"
"""Two transactions waited for each other and this one was undone, says PostgreSQL (its manual, appendix A)."""


class Transactions(Protocol):
    """What rooms need of the database; tests put one that dies at chosen moments in its place."""

    async def read(self, work: Work[Result]) -> Result:
        """Result of `work` in a transaction of its own that writes nothing."""
        ...

    async def write(self, work: Work[Result]) -> Result:
        """Result of `work`, committed when this returns. `work` may run again, so it must be safe to repeat."""
        ...


class Writer(Protocol):
    """Where writes are queued."""

    def submit(self, work: Work[Result]) -> Future[Result]:
        """Done when the work's transaction is committed, or has failed."""
        ...

    def close(self) -> None:
        """Waits for what was submitted."""
        ...


class ThreadedTransactions:
    """SQLite has one writer at a time anyway; PostgreSQL has as many as it has connections here."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        is_sqlite = engine.dialect.name == "sqlite"
        self._writer: Writer = GroupWriter(engine) if is_sqlite else PooledWriter(engine)
        self._readers = ThreadPoolExecutor(READ_THREADS, thread_name_prefix="database-read")

    async def read(self, work: Work[Result]) -> Result:
        """See Transactions."""
        in_transaction = partial(run_in, reading, self._engine, work)
        return await asyncio.get_running_loop().run_in_executor(self._readers, in_transaction)

    async def write(self, work: Work[Result]) -> Result:
        """See Transactions."""
        return await asyncio.wrap_future(self._writer.submit(work))

    def close(self) -> None:
        """Waits for what runs. The engine's connections are closed by who made it."""
        self._writer.close()
        self._readers.shutdown()


class PooledWriter:
    """Each work in a transaction and a thread of its own."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._pool = ThreadPoolExecutor(POSTGRES_POOL, thread_name_prefix="database-write")

    def submit(self, work: Work[Result]) -> Future[Result]:
        """See Writer."""
        return self._pool.submit(run_in, writing, self._engine, work)

    def close(self) -> None:
        """See Writer."""
        self._pool.shutdown()


def run_in(
    opening: Callable[[Engine], AbstractContextManager[Connection]], engine: Engine, work: Work[Result]
) -> Result:
    """Result of `work` in one transaction.

    A connection that a restarted database has closed is replaced and the work repeated, and so is work that lost a
    deadlock: a citizen's message locks its conversation first, an operator's click the episode. Other errors go up.
    """
    for attempt in range(1, ATTEMPTS + 1):
        try:
            with opening(engine) as connection:
                return work(connection)
        except DBAPIError as error:
            may_be_repeated = error.connection_invalidated or getattr(error.orig, "sqlstate", None) == DEADLOCK
            if not may_be_repeated or attempt == ATTEMPTS:
                raise
            time.sleep(PAUSE_SECONDS * attempt)
    raise AssertionError("unreachable: the last attempt returns or raises")
