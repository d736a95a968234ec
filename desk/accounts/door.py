"""Signing in and changing a password without holding a transaction, or the event loop, while a hash is computed."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from functools import partial
from typing import TypeVar

from sqlalchemy import Connection

from desk.accounts.operator import Operator
from desk.accounts.password import NotChanged, judge_change, open_change, settle_change
from desk.accounts.rules import AccountRules
from desk.accounts.session import Session, open_session
from desk.accounts.sign_in import Attempt, Judgement, Refused, SignedIn, judge, open_attempt, settle
from desk.transactions import Transactions

Result = TypeVar("Result")

HASHES_AT_ONCE = 2
"""Each takes tens of MiB: a flood of sign-ins waits here instead of filling the memory."""


class SignInDoor:
    """What the console's pages of sign-in and password call."""

    def __init__(self, transactions: Transactions, rules: AccountRules, clock: Callable[[], datetime]) -> None:
        self._transactions = transactions
        self._rules = rules
        self._clock = clock
        self._hashing = ThreadPoolExecutor(HASHES_AT_ONCE, thread_name_prefix="password-hash")

    async def enter(
        self, login: str, password: str, totp_code: str | None, address: str
    ) -> tuple[str, Session] | Refused:
        """The token for the cookie and the session, or why not."""
        opening = partial(open_attempt, login=login, address=address, now=self._clock(), rules=self._rules)
        attempt = await self._transactions.write(opening)
        if isinstance(attempt, Refused):
            return attempt
        judgement = await self._compute(partial(judge, attempt, password, self._rules))
        return await self._transactions.write(partial(self._finish, attempt, judgement, totp_code))

    async def change_password(self, operator_id: int, old: str, new: str) -> tuple[str, Session] | NotChanged:
        """All sessions end; the token and the session that replace the one at hand, or why not."""
        opening = partial(open_change, operator_id=operator_id, now=self._clock(), rules=self._rules)
        change = await self._transactions.write(opening)
        if isinstance(change, NotChanged):
            return change
        judged = await self._compute(partial(judge_change, change, old, new, self._rules))

        def finish(connection: Connection) -> tuple[str, Session] | NotChanged:
            changed = settle_change(connection, change, judged, self._clock(), self._rules)
            return changed if isinstance(changed, NotChanged) else self._open(connection, changed)

        return await self._transactions.write(finish)

    async def hashed(self, password: str) -> str:
        """For a password that somebody else is given: the acts of desk/accounts/administration.py take it."""
        return await self._compute(partial(self._rules.hashes.make, password))

    def close(self) -> None:
        """Waits for the hashes at work."""
        self._hashing.shutdown()

    def _finish(
        self, attempt: Attempt, judgement: Judgement, totp_code: str | None, connection: Connection
    ) -> tuple[str, Session] | Refused:
        outcome = settle(connection, attempt, judgement, totp_code, self._clock(), self._rules)
        return self._open(connection, outcome.operator) if isinstance(outcome, SignedIn) else outcome

    def _open(self, connection: Connection, operator: Operator) -> tuple[str, Session]:
        return open_session(connection, operator, self._clock(), self._rules.settings.session)

    async def _compute(self, work: Callable[[], Result]) -> Result:
        return await asyncio.get_running_loop().run_in_executor(self._hashing, work)
