"""Guessing is slowed down: failures are counted before the password is looked at, and each one over the limit waits.

Kept by a digest of what was typed, for accounts that exist and for those that do not: neither the wait nor its absence
says which is which, and a password typed into the wrong field is not stored.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Column, Connection, Index, Integer, Row, String, Table, delete, select, update

from desk.accounts.settings import LockoutSettings
from desk.database import UtcDateTime, insert_if_absent, metadata

FORGOTTEN_AT_ONCE = 200

sign_in_attempts = Table(
    "sign_in_attempts",
    metadata,
    Column("key", String(64), primary_key=True),
    Column("failures", Integer, nullable=False),
    Column("last_at", UtcDateTime, nullable=False),
    Column("locked_until", UtcDateTime),
)
Index("ix_sign_in_attempts_last_at", sign_in_attempts.c.last_at)


@dataclass(frozen=True)
class Guarded:
    """What is counted: a login, or an address; `free` failures cost no wait."""

    key: str
    free: int


@dataclass(frozen=True)
class Reserved:
    """This try was counted as a failure; `release` takes that back. After it, others wait `wait_seconds`."""

    guarded: Guarded
    wait_seconds: float


@dataclass(frozen=True)
class Locked:
    """Not before this many seconds."""

    wait_seconds: float


def guarded_login(typed: str, rules: LockoutSettings) -> Guarded:
    """For a login as somebody typed it."""
    return Guarded(_digest("login", typed.strip().lower()), rules.attempts)


def guarded_address(address: str, rules: LockoutSettings) -> Guarded:
    """For the address of a browser; many people may share one, so it has a limit of its own."""
    return Guarded(_digest("address", address), rules.address_attempts)


def wait_seconds_after(failures: int, free: int, rules: LockoutSettings) -> float:
    """How long the next try has to wait after this many failures in a row. Pure."""
    if failures < free:
        return 0.0
    doublings = min(failures - free, 64)
    return min(rules.first_seconds * 2.0**doublings, rules.ceiling_seconds)


def reserve(connection: Connection, guarded: Guarded, now: datetime, rules: LockoutSettings) -> Reserved | Locked:
    """Counts a failure in advance. Of tries that come together no more pass than are free, on both databases."""
    row = _locked_row(connection, guarded.key, now)
    if row.locked_until is not None and row.locked_until > now:
        return Locked((row.locked_until - now).total_seconds())
    failures = 1 if row.last_at < _long_ago(now, rules) else row.failures + 1
    wait = wait_seconds_after(failures, guarded.free, rules)
    locked_until = now + timedelta(seconds=wait) if wait else None
    values = {"failures": failures, "last_at": now, "locked_until": locked_until}
    connection.execute(update(sign_in_attempts).where(sign_in_attempts.c.key == guarded.key).values(values))
    return Reserved(guarded, wait)


def release(connection: Connection, reserved: Reserved) -> None:
    """It was no failure after all; those before it still count."""
    mine = sign_in_attempts.c.key == reserved.guarded.key
    fewer: dict[str, object] = {"failures": sign_in_attempts.c.failures - 1}
    if reserved.wait_seconds:
        fewer["locked_until"] = None
    connection.execute(update(sign_in_attempts).where(mine, sign_in_attempts.c.failures > 0).values(fewer))


def forgive(connection: Connection, guarded: Guarded) -> None:
    """All failures are forgotten: after a sign-in, and when an administrator sets a new password."""
    connection.execute(delete(sign_in_attempts).where(sign_in_attempts.c.key == guarded.key))


def waits_until(
    connection: Connection, logins: Sequence[str], now: datetime, rules: LockoutSettings
) -> Mapping[str, datetime]:
    """Those of the logins for which signing in has to wait, and until when."""
    keys = {guarded_login(login, rules).key: login for login in logins}
    table = sign_in_attempts.c
    statement = select(table.key, table.locked_until).where(table.key.in_(keys), table.locked_until > now)
    return {keys[row.key]: row.locked_until for row in connection.execute(statement)}


def forget_old(connection: Connection, now: datetime, rules: LockoutSettings) -> None:
    """Keeps the table small: anybody may type any login. A bounded number at a time, never waiting for another."""
    old = select(sign_in_attempts.c.key).where(sign_in_attempts.c.last_at < _long_ago(now, rules))
    some = old.limit(FORGOTTEN_AT_ONCE).with_for_update(skip_locked=True)
    connection.execute(
        delete(sign_in_attempts).where(sign_in_attempts.c.key.in_(connection.execute(some).scalars().all()))
    )


def _locked_row(connection: Connection, key: str, now: datetime) -> Row[tuple[str, int, datetime, datetime | None]]:
    statement = select(sign_in_attempts).where(sign_in_attempts.c.key == key).with_for_update()
    while True:
        insert_if_absent(connection, sign_in_attempts, {"key": key, "failures": 0, "last_at": now})
        # Another's sign-in may forgive, and so remove the row, between the two statements.
        row = connection.execute(statement).one_or_none()
        if row is not None:
            return row


def _long_ago(now: datetime, rules: LockoutSettings) -> datetime:
    return now - timedelta(hours=rules.forget_hours)


def _digest(kind: str, text: str) -> str:
    return hashlib.sha256(f"{kind}:{text}".encode("utf-8", "surrogatepass")).hexdigest()
