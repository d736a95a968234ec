"""Writes to SQLite: one thread, and one commit for everything that waits together.

The disk is what a commit costs: with sixteen citizens at once, sixteen commits become one or two.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from queue import Empty, SimpleQueue
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine

from desk.database import writing

Result = TypeVar("Result")
LARGEST_GROUP = 64


class GroupWriter:
    """Works of one group run one after the other in one transaction; their results are given out after its commit."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._waiting: SimpleQueue[_Order | None] = SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="database-write", daemon=True)
        self._thread.start()

    def submit(self, work: Callable[[Connection], Result]) -> Future[Result]:
        """Done when the work's transaction is committed, or has failed."""
        order = _Order(work)
        self._waiting.put(order)
        return order.future

    def close(self) -> None:
        """Waits until everything submitted before is done."""
        self._waiting.put(None)
        self._thread.join()

    def _run(self) -> None:
        while True:
            group: list[_Order | None] = [self._waiting.get()]
            while len(group) < LARGEST_GROUP:
                try:
                    group.append(self._waiting.get_nowait())
                except Empty:
                    break
            self._commit([order for order in group if order is not None])
            if None in group:
                return

    def _commit(self, orders: Sequence[_Order]) -> None:
        """Together; if anything fails, nothing of it is kept and each is done again on its own, to fail alone."""
        wanted = [order for order in orders if order.future.set_running_or_notify_cancel()]
        if len(wanted) > 1 and self._together(wanted):
            return
        for order in wanted:
            self._alone(order)

    def _together(self, orders: Sequence[_Order]) -> bool:
        try:
            with writing(self._engine) as connection:
                results = [order.work(connection) for order in orders]
        except Exception:  # noqa: BLE001 - whose failure it was shows when each runs alone
            return False
        for order, result in zip(orders, results, strict=True):
            order.future.set_result(result)
        return True

    def _alone(self, order: _Order) -> None:
        try:
            with writing(self._engine) as connection:
                result = order.work(connection)
        except BaseException as error:  # noqa: BLE001 - belongs to who waits for the result
            order.future.set_exception(error)
        else:
            order.future.set_result(result)


class _Order:
    def __init__(self, work: Callable[[Connection], Any]) -> None:
        self.work = work
        self.future: Future[Any] = Future()
