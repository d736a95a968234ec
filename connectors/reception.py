"""Where every channel hands in what it was sent: stored first, answered afterwards."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import Connection

from connectors.claim import Claim, claim_accepted
from connectors.effects import Effect
from connectors.inbox import accept
from connectors.message import InboundMessage
from connectors.worker import Worker
from desk.transactions import Transactions


@dataclass(frozen=True)
class _Stored:
    is_new: bool
    claim: Claim | None


class Reception:
    """One for each process."""

    def __init__(
        self, transactions: Transactions, worker: Worker, settle: Callable[[Connection, InboundMessage], InboundMessage]
    ) -> None:
        """`settle` finds out what a message stands for that needs to know what was said before it."""
        self._transactions = transactions
        self._worker = worker
        self._settle = settle
        self._storing: set[asyncio.Task[_Stored]] = set()

    async def receive(self, read: Callable[[Connection], InboundMessage], at_once: Effect | None = None) -> bool:
        """True when the message that `read` gives is committed, False when it was stored before.

        `read` may look things up in the same transaction, and may raise what the channel wants to hear. `at_once` is
        what a new message changes before its turn comes.
        """
        lease = self._worker.lease_if_free()

        def store(connection: Connection) -> _Stored:
            message = self._settle(connection, read(connection))
            accepted = accept(connection, message)
            if accepted is None:
                return _Stored(False, None)
            if at_once is not None:
                at_once(connection, message.conversation, message.received_at)
            if lease is None or not accepted.is_next:
                return _Stored(True, None)
            return _Stored(True, claim_accepted(connection, accepted, message, lease))

        # A task of its own: when the sender hangs up, what is committed must still be worked off at once.
        storing = asyncio.create_task(self._transactions.write(store))
        self._storing.add(storing)
        storing.add_done_callback(self._stored)
        return (await asyncio.shield(storing)).is_new

    def _stored(self, storing: asyncio.Task[_Stored]) -> None:
        self._storing.discard(storing)
        if storing.cancelled() or storing.exception() is not None:
            return
        stored = storing.result()
        if stored.claim is not None:
            self._worker.start(stored.claim)
        elif stored.is_new:
            self._worker.wake()
