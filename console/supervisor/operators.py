"""Accounts: who has one, with what rights, since when unused; and making a new one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from fastapi import Response
from sqlalchemy import Connection

from console.operator.room import Room
from console.security.access import Door, Visit
from console.security.form import EMPTY_FORM, Form
from console.security.refusal import Refusal, RefusedError
from console.supervisor.account_view import Account, Wanted, read_accounts
from desk.accounts.administration import Declined, NewOperator, Objection, create_operator
from desk.accounts.operator import NAME_CHARACTERS
from desk.accounts.password_rules import Breach, generate_password
from desk.accounts.permissions import Permission
from desk.accounts.role import Role
from desk.audit import actor_of

PAGE = "/console/operators"
STATES = ("open", "waiting", "locked", "disabled")


def doors(room: Room) -> Sequence[Door]:
    """See console/supervisor/doors.py."""
    accounts = _Accounts(room)
    return (
        Door("GET", PAGE, Permission.LIST_OPERATORS, accounts.list),
        Door("POST", PAGE, Permission.MANAGE_OPERATORS, accounts.create),
        Door("GET", PAGE + "/{operator}", Permission.LIST_OPERATORS, accounts.one),
    )


@dataclass(frozen=True)
class _Accounts:
    room: Room

    async def list(self, visit: Visit) -> Response:
        return await self._list(visit)

    async def one(self, visit: Visit) -> Response:
        return await account_page(self.room, visit)

    async def create(self, visit: Visit) -> Response:
        """Shows the password once: it is stored nowhere, and a form that comes again finds the login taken."""
        form, password = visit.form, generate_password()
        new = NewOperator(form.text("login"), form.text("name"), roles_of(form), form.text("team"))
        if new.team not in {team.key for team in self.room.calendar.teams}:
            return await self._list(visit, (self.room.pages.texts.refused(RefusedError(Refusal.TEAM_UNKNOWN)),))

        hashed, me = await self.room.door.hashed(password), actor_of(visit.operator.id)

        def work(connection: Connection) -> Account | Declined:
            made = create_operator(connection, new, password, me, visit.now, self.room.rules, hashed)
            return made if isinstance(made, Declined) else account_of(connection, self.room, visit, made.id)

        outcome = await self.room.transactions.write(work)
        if isinstance(outcome, Declined):
            return await self._list(visit, sentences(self.room, outcome.reasons))
        return secret_page(self.room, visit, outcome, password, is_new=True)

    async def _list(self, visit: Visit, errors: Sequence[str] = ()) -> Response:
        settings = self.room.rules.settings
        found = await self.room.transactions.read(lambda connection: read_accounts(connection, settings, visit.now))
        wanted = Wanted(visit.query("words", 80), visit.query("role", 20), visit.query("state", 20))
        return self.room.pages.page(
            visit,
            "operators.html",
            422 if errors else 200,
            accounts=[account for account in found if wanted.fits(account)],
            everybody=found,
            wanted=wanted,
            roles=tuple(Role),
            states=STATES,
            teams=self.room.calendar.teams,
            errors=errors,
            typed=visit.form if errors else EMPTY_FORM,
            limit=NAME_CHARACTERS,
        )


async def account_page(room: Room, visit: Visit, errors: Sequence[str] = (), status: int = 200) -> Response:
    """One account with all that may be done to it. Raises RefusedError."""
    number = visit.number("operator")
    account = await room.transactions.read(lambda connection: account_of(connection, room, visit, number))
    texts = room.pages.texts
    return room.pages.page(
        visit,
        "operator.html",
        status,
        account=account,
        is_me=account.operator.id == visit.operator.id,
        roles=tuple(Role),
        teams=room.calendar.teams,
        errors=errors,
        said=texts.names["kept"].get(visit.query("said"), ""),
        limit=NAME_CHARACTERS,
    )


def secret_page(room: Room, visit: Visit, account: Account, password: str, is_new: bool) -> Response:
    """The one page that ever shows it."""
    days = room.rules.settings.password.temporary_days
    return room.pages.page(
        visit, "operator_secret.html", account=account, password=password, is_new=is_new, days=f"{days:g}"
    )


def account_of(connection: Connection, room: Room, visit: Visit, operator_id: int) -> Account:
    """Raises RefusedError when nobody has this number."""
    every = read_accounts(connection, room.rules.settings, visit.now)
    found = next((account for account in every if account.operator.id == operator_id), None)
    if found is None:
        raise RefusedError(Refusal.NOT_FOUND)
    return found


def roles_of(form: Form) -> frozenset[Role]:
    """Those that are ticked, as `role-admin`."""
    return frozenset(role for role in Role if form.is_on(f"role-{role}"))


def sentences(room: Room, reasons: tuple[Objection | Breach, ...]) -> tuple[str, ...]:
    """Why nothing was done."""
    return room.pages.texts.accounts.reasons(reasons, room.rules.settings.password)
