"""What an administrator does to accounts. Every act leaves a line in the audit log, in the same transaction."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import Connection, select, update

from desk.accounts.lockout import forgive, guarded_login
from desk.accounts.login import folded_login
from desk.accounts.operator import NAME_CHARACTERS, Operator, find, operator_from, operators
from desk.accounts.password_rules import Breach, breaches
from desk.accounts.role import Role
from desk.accounts.rules import AccountRules
from desk.accounts.session import close_all_sessions
from desk.audit import AuditAction, actor_of, record
from desk.database import insert_if_absent
from vietnamese.normalise import clean

DEFAULT_TEAM = "hotline"


class Objection(StrEnum):
    """Why an account was not made or not changed; the sentence for people is in texts.yml."""

    LOGIN_INVALID = "login_invalid"
    LOGIN_TAKEN = "login_taken"
    NAME_MISSING = "name_missing"
    ROLE_MISSING = "role_missing"
    UNKNOWN_OPERATOR = "unknown_operator"
    LAST_ADMIN = "last_admin"  # nobody could give rights any more
    OWN_ACCOUNT = "own_account"  # nobody gives rights to themselves
    OWN_SECRET = "own_secret"  # one's own password is changed where the old one is asked for
    OVERTAKEN = "overtaken"  # somebody changed the account after the page was read


@dataclass(frozen=True)
class NewOperator:
    """What is filled in; `team` is the key of a team."""

    login: str
    display_name: str
    roles: frozenset[Role]
    team: str = DEFAULT_TEAM


@dataclass(frozen=True)
class Declined:
    """Nothing was changed."""

    reasons: tuple[Objection | Breach, ...]


def create_operator(
    connection: Connection,
    new: NewOperator,
    password: str,
    actor: str,
    now: datetime,
    rules: AccountRules,
    hashed: str | None = None,
) -> Operator | Declined:
    """The password is good for a few days and for one thing: choosing another. Nobody else knows that one.

    `hashed`: its hash, made before the transaction, which computing it would hold up. Else it is made here.
    """
    login, name = folded_login(new.login), _name(new.display_name)
    reasons = _objections(login, name, new.roles) + breaches(password, new.login, name, rules.settings.password)
    if login is None or reasons:
        return Declined(reasons)
    values = {
        "login": login,
        "display_name": name,
        "team": new.team,
        "roles": sorted(new.roles),
        "must_enrol_totp": False,
        "created_at": now,
        **_temporary_password(hashed or rules.hashes.make(password), now, rules),
    }
    operator_id = insert_if_absent(connection, operators, values)
    if operator_id is None:
        return Declined((Objection.LOGIN_TAKEN,))
    subject, detail = actor_of(int(operator_id)), {"login": login, "roles": ", ".join(sorted(new.roles))}
    record(connection, actor, AuditAction.OPERATOR_CREATED, subject, detail, now)
    return _changed(connection, int(operator_id))


def reset_password(
    connection: Connection,
    operator_id: int,
    password: str,
    actor: str,
    now: datetime,
    rules: AccountRules,
    seen: datetime | None = None,
    hashed: str | None = None,
) -> Operator | Declined:
    """Another temporary password; ends the sessions and the waiting after failures.

    `seen`: when the password had last been changed as the page says; a form that is sent again changes nothing more.
    `hashed`: as above.
    """
    operator = find(connection, operator_id)
    if operator is None:
        return Declined((Objection.UNKNOWN_OPERATOR,))
    if actor == actor_of(operator_id):
        return Declined((Objection.OWN_SECRET,))
    broken = breaches(password, operator.login, operator.display_name, rules.settings.password)
    if broken:
        return Declined(broken)
    as_seen = operators.c.password_changed_at == (operator.password_changed_at if seen is None else seen)
    changing = update(operators).where(operators.c.id == operator_id, as_seen)
    temporary = _temporary_password(hashed or rules.hashes.make(password), now, rules)
    if connection.execute(changing.values(temporary)).rowcount != 1:
        return Declined((Objection.OVERTAKEN,))
    forgive(connection, guarded_login(operator.login, rules.settings.lockout))
    close_all_sessions(connection, operator_id)
    record(connection, actor, AuditAction.PASSWORD_RESET, actor_of(operator_id), {}, now)
    return _changed(connection, operator_id)


def edit_operator(
    connection: Connection, operator_id: int, display_name: str, team: str, actor: str, now: datetime
) -> Operator | Declined:
    """Another name or team; the login stays, because the past is filed under it."""
    before, name = find(connection, operator_id), _name(display_name)
    if before is None:
        return Declined((Objection.UNKNOWN_OPERATOR,))
    if not name:
        return Declined((Objection.NAME_MISSING,))
    mine = operators.c.id == operator_id
    connection.execute(update(operators).where(mine).values(display_name=name, team=team))
    detail = {"name": name, "team before": before.team, "team after": team}
    record(connection, actor, AuditAction.OPERATOR_EDITED, actor_of(operator_id), detail, now)
    return _changed(connection, operator_id)


def set_roles(
    connection: Connection,
    operator_id: int,
    roles: frozenset[Role],
    actor: str,
    now: datetime,
    seen: frozenset[Role] | None = None,
) -> Operator | Declined:
    """Rights follow the duty at once; the sessions end, so that the next sign-in asks what the new roles need.

    `seen` are the roles that the page showed: of two who change them together the second looks again first.
    """
    before = _may_change(connection, operator_id, actor, stays_admin=Role.ADMIN in roles)
    if isinstance(before, Declined):
        return before
    if not roles:
        return Declined((Objection.ROLE_MISSING,))
    if seen is not None and before.roles != seen:
        return Declined((Objection.OVERTAKEN,))
    connection.execute(update(operators).where(operators.c.id == operator_id).values(roles=sorted(roles)))
    close_all_sessions(connection, operator_id)
    detail = {"before": ", ".join(sorted(before.roles)), "after": ", ".join(sorted(roles))}
    record(connection, actor, AuditAction.ROLES_CHANGED, actor_of(operator_id), detail, now)
    return _changed(connection, operator_id)


def disable(connection: Connection, operator_id: int, actor: str, now: datetime) -> Operator | Declined:
    """Nobody signs in any more, open sessions end; what the operator did stays theirs."""
    before = _may_change(connection, operator_id, actor, stays_admin=False)
    if isinstance(before, Declined):
        return before
    connection.execute(update(operators).where(operators.c.id == operator_id).values(disabled_at=now))
    close_all_sessions(connection, operator_id)
    if not before.is_disabled:
        record(connection, actor, AuditAction.OPERATOR_DISABLED, actor_of(operator_id), {}, now)
    return _changed(connection, operator_id)


def enable(connection: Connection, operator_id: int, actor: str, now: datetime) -> Operator | Declined:
    """The password from before counts again."""
    before = find(connection, operator_id)
    if before is None:
        return Declined((Objection.UNKNOWN_OPERATOR,))
    connection.execute(update(operators).where(operators.c.id == operator_id).values(disabled_at=None))
    if before.is_disabled:
        record(connection, actor, AuditAction.OPERATOR_ENABLED, actor_of(operator_id), {}, now)
    return _changed(connection, operator_id)


def end_sessions(connection: Connection, operator_id: int, actor: str, now: datetime) -> int | Declined:
    """Signs the operator out everywhere, as after a lost tablet; how many sessions ended."""
    if find(connection, operator_id) is None:
        return Declined((Objection.UNKNOWN_OPERATOR,))
    ended = close_all_sessions(connection, operator_id)
    if ended:
        record(connection, actor, AuditAction.SESSIONS_CLOSED, actor_of(operator_id), {"count": ended}, now)
    return ended


def _objections(login: str | None, name: str, roles: frozenset[Role]) -> tuple[Objection | Breach, ...]:
    found = {
        Objection.LOGIN_INVALID: login is None,
        Objection.NAME_MISSING: not name,
        Objection.ROLE_MISSING: not roles,
    }
    return tuple(objection for objection, stands in found.items() if stands)


def _name(display_name: str) -> str:
    return clean(display_name)[:NAME_CHARACTERS].strip()


def _temporary_password(hashed: str, now: datetime, rules: AccountRules) -> dict[str, object]:
    return {
        "password_hash": hashed,
        "password_changed_at": now,
        "must_change_password": True,
        "temporary_until": now + timedelta(days=rules.settings.password.temporary_days),
    }


def _may_change(connection: Connection, operator_id: int, actor: str, stays_admin: bool) -> Operator | Declined:
    # All rows are locked, in one order: two administrators who disable each other take turns, and one stays.
    locking = select(operators).order_by(operators.c.id).with_for_update()
    everybody = {operator.id: operator for operator in map(operator_from, connection.execute(locking))}
    before = everybody.get(operator_id)
    if before is None:
        return Declined((Objection.UNKNOWN_OPERATOR,))
    if actor == actor_of(operator_id):
        return Declined((Objection.OWN_ACCOUNT,))
    admins = {each.id for each in everybody.values() if Role.ADMIN in each.roles and not each.is_disabled}
    return Declined((Objection.LAST_ADMIN,)) if admins == {operator_id} and not stays_admin else before


def _changed(connection: Connection, operator_id: int) -> Operator:
    return operator_from(connection.execute(select(operators).where(operators.c.id == operator_id)).one())
