"""Tokens in the shared database, opened on the way out and sealed on the way in; trouble with them is an alert."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection

from connectors.zalo_oa.sealing import Seal
from connectors.zalo_oa.tokens import (
    StoredTokens,
    TokenKey,
    Tokens,
    adopt_seed,
    keep_tokens,
    note_failure,
    read_tokens,
    take_lock,
)
from desk.alert import Alert, raise_alert, settle_alerts
from desk.transactions import Transactions

ALERT_REFRESH = "token_refresh_failed"
ALERT_AGE = "refresh_token_old"


class TokenStore:
    """For one account. Everything raises sqlalchemy.exc.SQLAlchemyError, and what reads also UnsealableError."""

    def __init__(self, key: TokenKey, transactions: Transactions, seal: Seal) -> None:
        self._key = key
        self._transactions = transactions
        self._seal = seal

    async def adopt(self, access_token: str, refresh_token: str, now: datetime) -> None:
        """Takes the environment's pair over where it is new there.

        The refresh token tells: taking the access token out of the environment later makes no new pair.
        """
        digest = hashlib.sha256((refresh_token or access_token).encode()).hexdigest()
        seed = self._sealed(Tokens(access_token, refresh_token, None, now, now if refresh_token else None))
        await self._transactions.write(lambda connection: self._adopt(connection, digest, seed, now))

    def _adopt(self, connection: Connection, digest: str, seed: Tokens, now: datetime) -> None:
        if adopt_seed(connection, self._key, digest, seed):
            self._settle(connection, now)

    async def read(self) -> StoredTokens | None:
        """None before anything was stored."""
        stored = await self._transactions.read(lambda connection: read_tokens(connection, self._key))
        return None if stored is None else self._opened(stored)

    async def lock(self, owner: str, generation: int, now: datetime, until: datetime) -> StoredTokens | None:
        """See tokens.take_lock."""
        stored = await self._transactions.write(
            lambda connection: take_lock(connection, self._key, owner, generation, now, until)
        )
        return None if stored is None else self._opened(stored)

    async def keep(self, generation: int, tokens: Tokens, now: datetime) -> bool:
        """See tokens.keep_tokens. Ends the alerts about tokens."""
        sealed = self._sealed(tokens)

        def work(connection: Connection) -> bool:
            kept = keep_tokens(connection, self._key, generation, sealed)
            if kept:
                self._settle(connection, now)
            return kept

        return await self._transactions.write(work)

    async def fail(
        self, owner: str, generation: int, failure: str, detail: str, now: datetime, retry_at: datetime
    ) -> bool:
        """See tokens.note_failure. Somebody is told, in the same transaction."""

        def work(connection: Connection) -> bool:
            noted = note_failure(connection, self._key, owner, generation, failure, retry_at)
            if noted:
                raise_alert(connection, self._alert(ALERT_REFRESH, failure, detail), now)
            return noted

        return await self._transactions.write(work)

    async def warn_of_age(self, detail: str, now: datetime) -> None:
        """The refresh token is getting old."""
        alert = self._alert(ALERT_AGE, "", detail)
        await self._transactions.write(lambda connection: raise_alert(connection, alert, now))

    def _alert(self, kind: str, code: str, detail: str) -> Alert:
        return Alert(self._key.channel, self._key.account, kind, code, detail)

    def _settle(self, connection: Connection, now: datetime) -> None:
        for kind in (ALERT_REFRESH, ALERT_AGE):
            settle_alerts(connection, self._key.channel, self._key.account, kind, now)

    def _sealed(self, tokens: Tokens) -> Tokens:
        return _changed(tokens, self._seal.close)

    def _opened(self, stored: StoredTokens) -> StoredTokens:
        return replace(stored, tokens=_changed(stored.tokens, self._seal.open))


def _changed(tokens: Tokens, change: Callable[[str], str]) -> Tokens:
    access, refresh = tokens.access_token, tokens.refresh_token
    return replace(
        tokens, access_token=change(access) if access else "", refresh_token=change(refresh) if refresh else ""
    )
