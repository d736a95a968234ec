"""The pair of OAuth tokens as all gateways share it: encrypted, and renewed by one of them at a time."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Column, ColumnElement, Connection, Integer, String, Table, Text, and_, or_, select, update

from desk.database import UtcDateTime, insert_if_absent, metadata

channel_tokens = Table(
    "channel_tokens",
    metadata,
    Column("channel", String(32), primary_key=True),
    Column("account", String(64), primary_key=True),
    # Sealed with the key of connectors/zalo_oa/sealing.py; null where there is none.
    Column("access_token", Text),
    Column("refresh_token", Text),
    Column("access_expires_at", UtcDateTime),
    Column("access_issued_at", UtcDateTime),
    Column("refresh_issued_at", UtcDateTime),
    # Grows with every new pair: what was asked for on the ground of an older pair is not stored over a newer one.
    Column("generation", Integer, nullable=False),
    # Digests of the pairs that came from the environment, one a line: each is taken over once and never again.
    Column("seed_digests", Text, nullable=False),
    # The one process that may ask for a new pair now.
    Column("lock_owner", String(64)),
    Column("lock_until", UtcDateTime),
    # How the last attempts ended, so that all processes wait together.
    Column("failures", Integer, nullable=False),
    Column("failure", String(64)),
    Column("retry_at", UtcDateTime),
)


@dataclass(frozen=True)
class Tokens:
    """A pair, sealed as it lies in the database or opened. Empty texts where there is none; times may be unknown."""

    access_token: str = field(default="", repr=False)
    refresh_token: str = field(default="", repr=False)
    access_expires_at: datetime | None = None
    access_issued_at: datetime | None = None
    refresh_issued_at: datetime | None = None


@dataclass(frozen=True)
class StoredTokens:
    """The pair and where it stands; `failure` is None after a success."""

    tokens: Tokens
    generation: int
    failures: int
    failure: str | None
    retry_at: datetime | None


@dataclass(frozen=True)
class TokenKey:
    """Whose tokens they are."""

    channel: str
    account: str

    def matches(self) -> ColumnElement[bool]:
        """The one row."""
        return and_(channel_tokens.c.channel == self.channel, channel_tokens.c.account == self.account)


def read_tokens(connection: Connection, key: TokenKey) -> StoredTokens | None:
    """None before anything was stored."""
    row = connection.execute(select(channel_tokens).where(key.matches())).one_or_none()
    if row is None:
        return None
    tokens = Tokens(
        row.access_token or "",
        row.refresh_token or "",
        row.access_expires_at,
        row.access_issued_at,
        row.refresh_issued_at,
    )
    return StoredTokens(tokens, row.generation, row.failures, row.failure, row.retry_at)


def adopt_seed(connection: Connection, key: TokenKey, digest: str, seed: Tokens) -> bool:
    """Takes the environment's pair over, unless it was taken over before: since then it may have been used up."""
    blank = {"channel": key.channel, "account": key.account, "generation": 0, "seed_digests": "", "failures": 0}
    insert_if_absent(connection, channel_tokens, blank)
    known = connection.execute(
        select(channel_tokens.c.seed_digests).where(key.matches()).with_for_update()
    ).scalar_one()
    if digest in known.split():
        return False
    _put(connection, key.matches(), seed, seed_digests=f"{known}{digest}\n")
    return True


def take_lock(
    connection: Connection, key: TokenKey, owner: str, generation: int, now: datetime, until: datetime
) -> StoredTokens | None:
    """The pair as it is now, for who alone may renew it until then; None when it is not the caller's turn.

    A holder that died is not waited for longer than its time. `owner` is another one at each attempt.
    """
    is_free = or_(
        channel_tokens.c.lock_owner.is_(None),
        channel_tokens.c.lock_until <= now,
        channel_tokens.c.lock_owner == owner,  # a transaction that had to be repeated
    )
    is_time = or_(channel_tokens.c.retry_at.is_(None), channel_tokens.c.retry_at <= now)
    taken = connection.execute(
        update(channel_tokens)
        .where(key.matches(), channel_tokens.c.generation == generation, is_free, is_time)
        .values(lock_owner=owner, lock_until=until)
    )
    return read_tokens(connection, key) if taken.rowcount else None


def keep_tokens(connection: Connection, key: TokenKey, generation: int, tokens: Tokens) -> bool:
    """Both at once. False when there is a newer pair than the one that was renewed; it stays.

    Who holds the lock does not matter: a pair that Zalo gave out is the valid one, however late it comes.
    """
    return _put(connection, and_(key.matches(), channel_tokens.c.generation == generation), tokens)


def note_failure(
    connection: Connection, key: TokenKey, owner: str, generation: int, failure: str, retry_at: datetime
) -> bool:
    """Frees the lock and leaves the pair as it is. False when the pair is another by now, or the lock was lost."""
    noted = connection.execute(
        update(channel_tokens)
        .where(key.matches(), channel_tokens.c.generation == generation, channel_tokens.c.lock_owner == owner)
        .values(
            failures=channel_tokens.c.failures + 1,
            failure=failure,
            retry_at=retry_at,
            lock_owner=None,
            lock_until=None,
        )
    )
    return bool(noted.rowcount)


def _put(connection: Connection, which: ColumnElement[bool], tokens: Tokens, **more: str) -> bool:
    stored = connection.execute(
        update(channel_tokens)
        .where(which)
        .values(
            access_token=tokens.access_token or None,
            refresh_token=tokens.refresh_token or None,
            access_expires_at=tokens.access_expires_at,
            access_issued_at=tokens.access_issued_at,
            refresh_issued_at=tokens.refresh_issued_at,
            generation=channel_tokens.c.generation + 1,
            lock_owner=None,
            lock_until=None,
            failures=0,
            failure=None,
            retry_at=None,
            **more,
        )
    )
    return bool(stored.rowcount)
