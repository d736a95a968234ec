"""Signing in: counted first, the password looked at second, the session last.

Three steps, because the hash takes longer than a transaction should: `open_attempt` and `settle` write, `judge` only
computes. `sign_in` is all of them in one transaction; desk/accounts/door.py runs them apart.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import Connection, Row, select, update

from desk.accounts.lockout import (
    Locked,
    Reserved,
    forget_old,
    forgive,
    guarded_address,
    guarded_login,
    release,
    reserve,
)
from desk.accounts.login import folded_login
from desk.accounts.operator import Operator, operator_from, operators
from desk.accounts.rules import AccountRules
from desk.accounts.totp import use_code
from desk.audit import AuditAction, actor_of, record

NOBODY = "system"


class RefusalReason(StrEnum):
    """The sentence for people is in texts.yml."""

    WRONG = "wrong"  # no such login, wrong password, disabled: nobody learns which
    LOCKED = "locked"
    TOTP_NEEDED = "totp_needed"  # the password is right
    WRONG_CODE = "wrong_code"
    TEMPORARY_EXPIRED = "temporary_expired"  # a password set by an administrator was not used in time


@dataclass(frozen=True)
class SignedIn:
    """May open a session. The operator may still owe a password or an authenticator, see `Operator.is_ready`."""

    operator: Operator


@dataclass(frozen=True)
class Refused:
    """`wait_seconds` is 0 when another try may follow at once."""

    reason: RefusalReason
    wait_seconds: float = 0.0


@dataclass(frozen=True)
class Attempt:
    """A try that was counted. `stored` is None for an account that cannot be signed in to."""

    address: str
    reserved: tuple[Reserved, ...]
    operator_id: int | None
    stored: str | None = field(repr=False)


@dataclass(frozen=True)
class Judgement:
    """`better` is a hash with today's numbers, when the stored one is weaker."""

    is_right: bool
    better: str | None = field(default=None, repr=False)


def sign_in(
    connection: Connection,
    login: str,
    password: str,
    totp_code: str | None,
    now: datetime,
    rules: AccountRules,
    address: str = "",
) -> SignedIn | Refused:
    """All three steps. With the browser's `address`, tries from there are counted too, over all logins."""
    attempt = open_attempt(connection, login, address, now, rules)
    if isinstance(attempt, Refused):
        return attempt
    return settle(connection, attempt, judge(attempt, password, rules), totp_code, now, rules)


def open_attempt(
    connection: Connection, login: str, address: str, now: datetime, rules: AccountRules
) -> Attempt | Refused:
    """Counts the try and finds the account; refuses while it has to wait."""
    numbers = rules.settings.lockout
    forget_old(connection, now, numbers)
    reserved: list[Reserved] = []
    for guarded in (guarded_login(login, numbers), *([guarded_address(address, numbers)] if address else [])):
        outcome = reserve(connection, guarded, now, numbers)
        if isinstance(outcome, Locked):
            _release_all(connection, reserved)
            return Refused(RefusalReason.LOCKED, outcome.wait_seconds)
        reserved.append(outcome)
    row = _row_by_login(connection, login)
    if row is None:
        return Attempt(address, tuple(reserved), None, None)
    fields = row._mapping
    is_disabled = fields[operators.c.disabled_at] is not None
    stored = None if is_disabled else fields[operators.c.password_hash]
    return Attempt(address, tuple(reserved), fields[operators.c.id], stored)


def judge(attempt: Attempt, password: str, rules: AccountRules) -> Judgement:
    """One hash, whether the account exists or not. Touches no database; takes tens of milliseconds of a core."""
    is_right = rules.hashes.verify(attempt.stored, password)
    if is_right and attempt.stored is not None and rules.hashes.is_outdated(attempt.stored):
        return Judgement(True, rules.hashes.make(password))
    return Judgement(is_right)


def settle(
    connection: Connection,
    attempt: Attempt,
    judgement: Judgement,
    totp_code: str | None,
    now: datetime,
    rules: AccountRules,
) -> SignedIn | Refused:
    """What comes of it. A right password without its code is no failure, and no success: nothing is forgiven."""
    row = _unchanged_row(connection, attempt) if judgement.is_right else None
    if row is None:
        return _refuse(connection, attempt, RefusalReason.WRONG, now)
    fields = row._mapping
    temporary_until: datetime | None = fields[operators.c.temporary_until]
    if temporary_until is not None and now >= temporary_until:
        _release_all(connection, attempt.reserved)
        return Refused(RefusalReason.TEMPORARY_EXPIRED)
    if fields[operators.c.totp_secret] is not None:
        if not totp_code:
            _release_all(connection, attempt.reserved)
            return Refused(RefusalReason.TOTP_NEEDED)
        if not use_code(connection, fields[operators.c.id], totp_code, now, rules):
            return _refuse(connection, attempt, RefusalReason.WRONG_CODE, now)
    return _welcome(connection, attempt, judgement, operator_from(row), now, rules)


def _welcome(
    connection: Connection,
    attempt: Attempt,
    judgement: Judgement,
    operator: Operator,
    now: datetime,
    rules: AccountRules,
) -> SignedIn:
    by_login, *by_address = attempt.reserved
    forgive(connection, by_login.guarded)
    _release_all(connection, by_address)
    settings = rules.settings
    is_old = now >= operator.password_changed_at + timedelta(days=settings.password.days)
    needs_totp = not operator.has_totp and not operator.roles.isdisjoint(settings.totp.required_roles)
    values: dict[str, object] = {
        "last_signed_in_at": now,
        "must_change_password": operator.must_change_password or is_old,
        "must_enrol_totp": needs_totp,
    }
    if judgement.better is not None:
        values["password_hash"] = judgement.better
    mine = operators.c.id == operator.id
    connection.execute(update(operators).where(mine).values(values))
    subject = actor_of(operator.id)
    record(connection, subject, AuditAction.SIGNED_IN, subject, {"address": attempt.address}, now)
    return SignedIn(operator_from(connection.execute(select(operators).where(mine)).one()))


def _refuse(connection: Connection, attempt: Attempt, reason: RefusalReason, now: datetime) -> Refused:
    by_login, *by_address = attempt.reserved
    detail = {"address": attempt.address, "reason": reason.value}
    # Logins that nobody has leave no line: anybody could fill the table with them.
    if attempt.operator_id is not None:
        action = AuditAction.SIGN_IN_LOCKED if by_login.wait_seconds else AuditAction.SIGN_IN_REFUSED
        record(connection, NOBODY, action, actor_of(attempt.operator_id), detail, now)
    if any(reserved.wait_seconds for reserved in by_address):
        record(connection, NOBODY, AuditAction.SIGN_IN_LOCKED, f"address:{attempt.address}", {}, now)
    return Refused(reason, max(reserved.wait_seconds for reserved in attempt.reserved))


def _row_by_login(connection: Connection, login: str) -> Row[tuple[object, ...]] | None:
    # An impossible login is looked up too, so that it costs the same statements.
    folded = folded_login(login) or ""
    return connection.execute(select(operators).where(operators.c.login == folded)).one_or_none()


def _unchanged_row(connection: Connection, attempt: Attempt) -> Row[tuple[object, ...]] | None:
    # Disabled, or given another password, while the hash was computed: then what was judged no longer counts.
    mine = (operators.c.id == attempt.operator_id, operators.c.password_hash == attempt.stored)
    is_enabled = operators.c.disabled_at.is_(None)
    return connection.execute(select(operators).where(*mine, is_enabled).with_for_update()).one_or_none()


def _release_all(connection: Connection, reserved: list[Reserved] | tuple[Reserved, ...]) -> None:
    for each in reserved:
        release(connection, each)
