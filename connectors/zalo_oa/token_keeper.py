"""Gives out the access token, and has it renewed in time: once for all who wait, whichever process they are in."""

from __future__ import annotations

import asyncio
import logging
import time
import uuid
from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy.exc import SQLAlchemyError

from connectors.outgoing import NotSent, Scope, SendFailure
from connectors.settings import ZaloOaSettings
from connectors.zalo_oa.oauth import ExchangeFailure, NewTokens, NoTokens, OAuthClient
from connectors.zalo_oa.sealing import UnsealableError
from connectors.zalo_oa.settings import ZaloOaCredentials
from connectors.zalo_oa.token_store import TokenStore
from connectors.zalo_oa.tokens import StoredTokens, Tokens

log = logging.getLogger(__name__)
RECOVERY = "put a new pair from the API Explorer into the environment (connectors/zalo_oa/doc.md)"
_PAUSE_FIRST_SECONDS, _PAUSE_CEILING_SECONDS = 5.0, 300.0
_REFUSED_PAUSE_SECONDS = 600.0
_LOOK_SECONDS, _DATABASE_PAUSE_SECONDS = 0.1, 0.5
"""How often to look whether another process is ready; how long to leave a database alone that is away."""

_MEANING = {
    ExchangeFailure.REFUSED: f"Zalo refused the refresh token: {RECOVERY}",
    ExchangeFailure.UNAVAILABLE: "no new tokens yet; the stored ones are unchanged, and it is tried again",
    ExchangeFailure.UNKNOWN: "the answer was lost: the stored tokens are unchanged, but the refresh token may be "
    f"burned (used up); it is tried again, and if that is refused: {RECOVERY}",
}


class TokenKeeper:
    """One for each process. Raises ValueError when the lock would end before the call that it guards."""

    def __init__(
        self,
        credentials: ZaloOaCredentials,
        numbers: ZaloOaSettings,
        store: TokenStore,
        oauth: OAuthClient,
        clock: Callable[[], datetime],
    ) -> None:
        if numbers.refresh_lock_seconds <= numbers.timeout_seconds:
            raise ValueError("zalo_oa.refresh_lock_seconds must be longer than zalo_oa.timeout_seconds")
        self._credentials = credentials
        self._numbers = numbers
        self._store = store
        self._oauth = oauth
        self._clock = clock
        self._known: StoredTokens | None = None
        self._adopted = False
        self._renewing: asyncio.Task[StoredTokens | NotSent] | None = None

    async def current(self) -> str | NotSent:
        """An access token that is good as far as we know; never raises."""
        stored = await self.look()
        if isinstance(stored, NotSent):
            return stored
        if not self._is_due(stored):
            return stored.tokens.access_token
        outcome = await self._renewed(stored)
        if isinstance(outcome, NotSent):
            return outcome if self._has_ended(stored) else stored.tokens.access_token
        return outcome.tokens.access_token

    async def replaced(self, refused: str) -> str | NotSent:
        """Another access token than the one that Zalo refused; never raises."""
        stored = await self.look()
        if isinstance(stored, NotSent):
            return stored
        if stored.tokens.access_token == refused:
            outcome = await self._renewed(stored)
            if isinstance(outcome, NotSent):
                return outcome
            stored = outcome
        return stored.tokens.access_token

    async def look(self) -> StoredTokens | NotSent:
        """What is stored, without renewing anything; never raises."""
        if self._known is not None:
            return self._known
        given = self._credentials
        try:
            if not self._adopted and (given.access_token or given.refresh_token):
                await self._store.adopt(given.access_token, given.refresh_token, self._clock())
            self._adopted = True
            self._known = await self._store.read()
        except SQLAlchemyError as error:
            return _database(error)
        except UnsealableError as error:
            return NotSent(SendFailure.HUMAN_NEEDED, "secret_key", f"{error}; {RECOVERY}", scope=Scope.CHANNEL)
        return self._known or NotSent(SendFailure.HUMAN_NEEDED, "no_token", RECOVERY, scope=Scope.CHANNEL)

    async def maintain(self) -> None:
        """Renews what is due and warns of an old refresh token; call it about every hour. Never raises."""
        await self.current()
        stored, now = await self.look(), self._clock()
        if isinstance(stored, NotSent):
            return
        issued_at, days = stored.tokens.refresh_issued_at, self._numbers.refresh_token_warning_days
        if issued_at is None or now - issued_at <= timedelta(days=days):
            return
        try:
            await self._store.warn_of_age(f"older than {days:.0f} days, and it lives 90: {RECOVERY}", now)
        except SQLAlchemyError as error:
            log.error("zalo_oa tokens: database: %s", type(error).__name__)  # noqa: TRY400

    async def close(self) -> None:
        """A pair that is on its way is waited for: lost, it would lock us out."""
        if self._renewing is not None:
            await asyncio.wait({self._renewing}, timeout=self._numbers.timeout_seconds)
        await self._oauth.close()

    def _is_due(self, stored: StoredTokens) -> bool:
        tokens = stored.tokens
        if not tokens.access_token or self._has_ended(stored):
            return True
        if not self._can_renew(stored) or tokens.access_issued_at is None:
            return False
        return self._clock() - tokens.access_issued_at >= timedelta(hours=self._numbers.refresh_after_hours)

    def _has_ended(self, stored: StoredTokens) -> bool:
        ends_at = stored.tokens.access_expires_at
        return not stored.tokens.access_token or (ends_at is not None and self._clock() >= ends_at)

    def _can_renew(self, stored: StoredTokens) -> bool:
        return self._credentials.can_refresh and bool(stored.tokens.refresh_token)

    async def _renewed(self, stored: StoredTokens) -> StoredTokens | NotSent:
        if not self._can_renew(stored):
            return NotSent(SendFailure.HUMAN_NEEDED, "no_refresh_token", RECOVERY, scope=Scope.CHANNEL)
        if self._renewing is None:
            self._renewing = asyncio.create_task(self._renew(stored))
            self._renewing.add_done_callback(self._ended)
        # Shielded: who waits may be cancelled, but the pair that Zalo gives out has to be stored.
        return await asyncio.shield(self._renewing)

    def _ended(self, _task: asyncio.Task[StoredTokens | NotSent]) -> None:
        self._renewing = None

    async def _renew(self, stored: StoredTokens) -> StoredTokens | NotSent:
        owner = uuid.uuid4().hex
        try:
            turn = await self._own_turn(stored, owner)
            if isinstance(turn, NotSent) or turn.generation != stored.generation:
                return turn
            answer = await self._oauth.refresh(turn.tokens.refresh_token)
            if isinstance(answer, NewTokens):
                return await self._keep(turn, answer)
            return await self._fail(turn, owner, answer)
        except SQLAlchemyError as error:
            return _database(error)
        except UnsealableError as error:
            return NotSent(SendFailure.HUMAN_NEEDED, "secret_key", str(error), scope=Scope.CHANNEL)

    async def _own_turn(self, stored: StoredTokens, owner: str) -> StoredTokens | NotSent:
        """The locked pair, or a newer one that another process has brought meanwhile, or why there is neither."""
        deadline = time.monotonic() + self._numbers.timeout_seconds
        while True:
            now = self._clock()
            until = now + timedelta(seconds=self._numbers.refresh_lock_seconds)
            locked = await self._store.lock(owner, stored.generation, now, until)
            if locked is not None:
                return locked
            seen = await self._store.read()
            if seen is not None:
                self._known = seen
                if seen.generation != stored.generation:
                    return seen
                if seen.retry_at is not None and now < seen.retry_at:
                    return _still_failing(seen, now)
            if time.monotonic() >= deadline:
                return NotSent(SendFailure.TEMPORARY, "oauth:elsewhere", scope=Scope.CHANNEL)
            await asyncio.sleep(_LOOK_SECONDS)

    async def _keep(self, turn: StoredTokens, new: NewTokens) -> StoredTokens | NotSent:
        """Stored before it is used, and tried for as long as this process lives: the old pair is worth nothing now."""
        now = self._clock()
        expires_at = now + timedelta(seconds=new.access_seconds)
        refresh_token = new.refresh_token or turn.tokens.refresh_token
        tokens = Tokens(new.access_token, refresh_token, expires_at, now, now)
        while True:
            try:
                if not await self._store.keep(turn.generation, tokens, now):
                    log.warning("zalo_oa tokens: a newer pair was stored meanwhile; the one just received is dropped")
                self._known = None
                return await self.look()
            except SQLAlchemyError as error:
                log.error("zalo_oa tokens: not stored yet: database: %s", type(error).__name__)  # noqa: TRY400
                await asyncio.sleep(_DATABASE_PAUSE_SECONDS)

    async def _fail(self, turn: StoredTokens, owner: str, why: NoTokens) -> StoredTokens | NotSent:
        now = self._clock()
        is_refused = why.failure is ExchangeFailure.REFUSED
        pause = min(_PAUSE_CEILING_SECONDS, _PAUSE_FIRST_SECONDS * 2 ** min(turn.failures, 10))
        retry_at = now + timedelta(seconds=_REFUSED_PAUSE_SECONDS if is_refused else pause)
        failure = f"{why.failure}:{why.code}"
        detail = f"{_MEANING[why.failure]} [{why.code} {why.detail}]"
        await self._store.fail(owner, turn.generation, failure, detail, now, retry_at)
        log.error("zalo_oa tokens: %s", failure)
        self._known = None
        seen = await self.look()
        if isinstance(seen, NotSent) or seen.generation != turn.generation:
            return seen
        return _still_failing(seen, now)


def _still_failing(seen: StoredTokens, now: datetime) -> NotSent:
    """Why there is no new pair, for all who ask before it may be tried again."""
    failure, _, code = (seen.failure or "").partition(":")
    wait_seconds = 0.0 if seen.retry_at is None else max(0.0, (seen.retry_at - now).total_seconds())
    if failure == ExchangeFailure.REFUSED:
        return NotSent(SendFailure.HUMAN_NEEDED, f"oauth:{code}", RECOVERY, scope=Scope.CHANNEL)
    return NotSent(SendFailure.TEMPORARY, f"oauth:{code}", "", wait_seconds, Scope.CHANNEL)


def _database(error: SQLAlchemyError) -> NotSent:
    return NotSent(SendFailure.TEMPORARY, "database", type(error).__name__, scope=Scope.CHANNEL)
