"""Accounts as the pages of administration show them. Reads only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection

from desk.accounts.lockout import waits_until
from desk.accounts.operator import Operator, list_operators
from desk.accounts.permissions import ALLOWED, Permission
from desk.accounts.role import Role
from desk.accounts.session import count_sessions
from desk.accounts.settings import AccountSettings

UNUSED_DAYS = 90
"""So long without a sign-in: to be looked at in the regular review of rights (771/BHXH-TTKT, section 3)."""


@dataclass(frozen=True)
class Account:
    """`locked_until`: after failures nobody can sign in before. `is_unused`: for so long that it may have to go."""

    operator: Operator
    locked_until: datetime | None
    sessions: int
    is_unused: bool
    needs_totp: bool

    @property
    def state(self) -> str:
        """A name of texts.yml; what keeps people out comes first."""
        if self.operator.is_disabled:
            return "disabled"
        if self.locked_until is not None:
            return "locked"
        return "waiting" if self.operator.must_change_password else "open"

    @property
    def permissions(self) -> tuple[Permission, ...]:
        """Of all its roles, in the order of the table of rights."""
        return tuple(one for one in Permission if any(one in ALLOWED[role] for role in self.operator.roles))


@dataclass(frozen=True)
class Wanted:
    """What the list is narrowed to; empty strings leave everything in."""

    words: str = ""
    role: str = ""
    state: str = ""

    def fits(self, account: Account) -> bool:
        """Login or name hold the words, whatever the case."""
        operator = account.operator
        text = f"{operator.login} {operator.display_name}".casefold()
        has_role = not self.role or self.role in operator.roles
        is_due = account.is_unused if self.state == "unused" else self.state in {"", account.state}
        return self.words.casefold() in text and has_role and is_due


def read_accounts(connection: Connection, settings: AccountSettings, now: datetime) -> tuple[Account, ...]:
    """All, by login."""
    everybody = list_operators(connection)
    waits = waits_until(connection, [one.login for one in everybody], now, settings.lockout)
    sessions = count_sessions(connection, now)
    return tuple(_account(one, waits, sessions, settings, now) for one in everybody)


def _account(
    operator: Operator,
    waits: Mapping[str, datetime],
    sessions: Mapping[int, int],
    settings: AccountSettings,
    now: datetime,
) -> Account:
    last = operator.last_signed_in_at or operator.created_at
    return Account(
        operator=operator,
        locked_until=waits.get(operator.login),
        sessions=sessions.get(operator.id, 0),
        is_unused=not operator.is_disabled and now - last > timedelta(days=UNUSED_DAYS),
        needs_totp=not operator.roles.isdisjoint(Role(name) for name in settings.totp.required_roles),
    )
