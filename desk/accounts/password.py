"""An operator's own change of password: the old one is proved, the last ones do not come back.

In three steps like a sign-in, because up to six hashes take longer than a transaction should; see sign_in.py.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Column, Connection, ForeignKey, Index, Table, Text, delete, insert, select, update

from desk.accounts.lockout import Locked, Reserved, forgive, guarded_login, reserve
from desk.accounts.operator import Operator, find, operators
from desk.accounts.password_rules import Breach, breaches
from desk.accounts.rules import AccountRules
from desk.accounts.session import close_all_sessions
from desk.audit import AuditAction, actor_of, record
from desk.database import RowId, UtcDateTime, metadata

earlier_passwords = Table(
    "earlier_passwords",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("operator_id", ForeignKey(operators.c.id), nullable=False),
    Column("password_hash", Text, nullable=False),
    Column("replaced_at", UtcDateTime, nullable=False),
)
Index("ix_earlier_passwords_operator_id", earlier_passwords.c.operator_id)


class ChangeRefusal(StrEnum):
    """Why a change was not even tried; the sentence for people is in texts.yml."""

    WRONG = "wrong"  # the old password
    LOCKED = "locked"


@dataclass(frozen=True)
class NotChanged:
    """Nothing was changed: the old password is wrong, or one has to wait, or the new one breaks rules."""

    refusal: ChangeRefusal | None = None
    wait_seconds: float = 0.0
    broken: tuple[Breach, ...] = ()


@dataclass(frozen=True)
class Change:
    """A change that was counted as a try; `earlier` holds the hashes that may not come back."""

    operator: Operator
    reserved: Reserved
    stored: str = field(repr=False)
    earlier: tuple[str, ...] = field(repr=False)


def change_password(
    connection: Connection, operator_id: int, old: str, new: str, now: datetime, rules: AccountRules
) -> Operator | NotChanged:
    """All three steps in one transaction. All sessions of the operator end: open a new one."""
    change = open_change(connection, operator_id, now, rules)
    if isinstance(change, NotChanged):
        return change
    return settle_change(connection, change, judge_change(change, old, new, rules), now, rules)


def open_change(connection: Connection, operator_id: int, now: datetime, rules: AccountRules) -> Change | NotChanged:
    """Counts the try like one of a sign-in: an open session is no place to guess the password."""
    operator = find(connection, operator_id)
    if operator is None or operator.is_disabled:
        return NotChanged(ChangeRefusal.WRONG)
    numbers = rules.settings.lockout
    outcome = reserve(connection, guarded_login(operator.login, numbers), now, numbers)
    if isinstance(outcome, Locked):
        return NotChanged(ChangeRefusal.LOCKED, outcome.wait_seconds)
    mine = operators.c.id == operator_id
    stored = connection.execute(select(operators.c.password_hash).where(mine)).scalar_one()
    theirs = earlier_passwords.c.operator_id == operator_id
    newest_first = select(earlier_passwords.c.password_hash).where(theirs).order_by(earlier_passwords.c.id.desc())
    earlier = connection.execute(newest_first.limit(rules.settings.password.remembered)).scalars().all()
    return Change(operator, outcome, stored, tuple(earlier))


def judge_change(change: Change, old: str, new: str, rules: AccountRules) -> str | NotChanged:
    """The new hash. Touches no database."""
    hashes, operator = rules.hashes, change.operator
    if not hashes.verify(change.stored, old):
        return NotChanged(ChangeRefusal.WRONG, change.reserved.wait_seconds)
    broken = breaches(new, operator.login, operator.display_name, rules.settings.password)
    if not broken and any(hashes.verify(known, new) for known in (change.stored, *change.earlier)):
        broken = (Breach.REUSED,)
    return NotChanged(broken=broken) if broken else hashes.make(new)


def settle_change(
    connection: Connection, change: Change, judged: str | NotChanged, now: datetime, rules: AccountRules
) -> Operator | NotChanged:
    """Stores it, unless the password was changed or reset meanwhile."""
    operator_id = change.operator.id
    is_known = not (isinstance(judged, NotChanged) and judged.refusal is not None)
    if is_known:
        forgive(connection, change.reserved.guarded)
    if isinstance(judged, NotChanged):
        return judged
    unchanged = (operators.c.id == operator_id, operators.c.password_hash == change.stored)
    values = {"password_hash": judged, "password_changed_at": now, "must_change_password": False}
    storing = update(operators).where(*unchanged).values(**values, temporary_until=None)
    if connection.execute(storing).rowcount != 1:
        return NotChanged(ChangeRefusal.WRONG)
    _remember(connection, operator_id, change.stored, now, rules.settings.password.remembered)
    close_all_sessions(connection, operator_id)
    record(connection, actor_of(operator_id), AuditAction.PASSWORD_CHANGED, actor_of(operator_id), {}, now)
    return find(connection, operator_id) or change.operator


def _remember(connection: Connection, operator_id: int, replaced: str, now: datetime, count: int) -> None:
    values = {"operator_id": operator_id, "password_hash": replaced, "replaced_at": now}
    connection.execute(insert(earlier_passwords).values(values))
    theirs = earlier_passwords.c.operator_id == operator_id
    newest_first = select(earlier_passwords.c.id).where(theirs).order_by(earlier_passwords.c.id.desc())
    kept = connection.execute(newest_first.limit(count)).scalars().all()
    connection.execute(delete(earlier_passwords).where(theirs, earlier_passwords.c.id.not_in(kept)))
