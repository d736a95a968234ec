"""What an administrator does to one account; the rules and the audit lines are those of desk/accounts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from fastapi import Response
from sqlalchemy import Connection

from console.operator.room import Room
from console.security.access import Door, Visit
from console.security.refusal import Refusal, RefusedError
from console.supervisor.account_view import Account
from console.supervisor.left_work import cannot_answer, put_back
from console.supervisor.operators import PAGE, account_of, account_page, roles_of, secret_page, sentences
from desk.accounts import administration
from desk.accounts.administration import Declined, Objection
from desk.accounts.operator import Operator
from desk.accounts.password_rules import generate_password
from desk.accounts.permissions import Permission
from desk.accounts.role import Role
from desk.accounts.totp import remove_totp
from desk.audit import actor_of

Change = Callable[[Connection, str], Operator | Declined | int | bool]
CONFLICT, UNPROCESSABLE = 409, 422


def doors(room: Room) -> Sequence[Door]:
    """See console/supervisor/doors.py."""
    changes, one = _Changes(room), PAGE + "/{operator}"
    handlers = {
        "edit": changes.edit,
        "roles": changes.set_roles,
        "disable": changes.disable,
        "enable": changes.enable,
        "password": changes.reset_password,
        "authenticator": changes.remove_authenticator,
        "sessions": changes.end_sessions,
    }
    return tuple(Door("POST", f"{one}/{name}", Permission.MANAGE_OPERATORS, act) for name, act in handlers.items())


@dataclass(frozen=True)
class _Changes:
    room: Room

    async def edit(self, visit: Visit) -> Response:
        number, name, team = visit.number("operator"), visit.form.text("name"), visit.form.text("team")
        if team not in {each.key for each in self.room.calendar.teams}:
            raise RefusedError(Refusal.TEAM_UNKNOWN)

        def change(connection: Connection, me: str) -> Operator | Declined:
            return administration.edit_operator(connection, number, name, team, me, visit.now)

        return await self._change(visit, change, "account_edited")

    async def set_roles(self, visit: Visit) -> Response:
        """Of two administrators who change them together the second looks again first."""
        number, roles = visit.number("operator"), roles_of(visit.form)
        seen = frozenset(role for role in Role if role in visit.form.text("seen").split(","))

        def change(connection: Connection, me: str) -> Operator | Declined:
            return administration.set_roles(connection, number, roles, me, visit.now, seen)

        return await self._change(visit, change, "roles_kept")

    async def disable(self, visit: Visit) -> Response:
        def change(connection: Connection, me: str) -> Operator | Declined:
            return administration.disable(connection, visit.number("operator"), me, visit.now)

        return await self._change(visit, change, "account_disabled")

    async def enable(self, visit: Visit) -> Response:
        def change(connection: Connection, me: str) -> Operator | Declined:
            return administration.enable(connection, visit.number("operator"), me, visit.now)

        return await self._change(visit, change, "account_enabled")

    async def reset_password(self, visit: Visit) -> Response:
        """Shown once; the same form again is refused, because the password is no longer the one it saw."""
        number, password, seen = visit.number("operator"), generate_password(), _moment(visit.form.text("seen"))

        def work(connection: Connection) -> Account | Declined:
            me, rules = actor_of(visit.operator.id), self.room.rules
            outcome = administration.reset_password(connection, number, password, me, visit.now, rules, seen, hashed)
            return outcome if isinstance(outcome, Declined) else account_of(connection, self.room, visit, number)

        if seen is None:
            raise RefusedError(Refusal.BAD_FORM)
        hashed = await self.room.door.hashed(password)
        outcome = await self.room.transactions.write(work)
        if isinstance(outcome, Declined):
            return await self._declined(visit, outcome)
        return secret_page(self.room, visit, outcome, password, is_new=False)

    async def remove_authenticator(self, visit: Visit) -> Response:
        number = visit.number("operator")

        def change(connection: Connection, me: str) -> bool | Declined:
            if number == visit.operator.id:
                return Declined((Objection.OWN_SECRET,))
            return remove_totp(connection, number, me, visit.now)

        return await self._change(visit, change, "totp_removed")

    async def end_sessions(self, visit: Visit) -> Response:
        def change(connection: Connection, me: str) -> int | Declined:
            return administration.end_sessions(connection, visit.number("operator"), me, visit.now)

        return await self._change(visit, change, "sessions_ended")

    async def _change(self, visit: Visit, change: Change, kept: str) -> Response:
        me = actor_of(visit.operator.id)
        outcome = await self.room.transactions.write(lambda connection: change(connection, me))
        if isinstance(outcome, Declined):
            return await self._declined(visit, outcome)
        if isinstance(outcome, Operator) and cannot_answer(outcome):
            await self._put_back(visit, outcome.id)
        path = f"{PAGE}/{visit.number('operator')}?said={kept}"
        return self.room.pages.done(visit, path, self.room.pages.texts.names["kept"][kept])

    async def _put_back(self, visit: Visit, operator_id: int) -> None:
        # Apart from the change: a claim locks the episode first and the account second, the change the account first.
        def work(connection: Connection) -> tuple[tuple[str, str], ...]:
            return put_back(connection, self.room, operator_id, visit.operator.id, visit.now)

        for conversation_id, channel in await self.room.transactions.write(work):
            self.room.signals.announce(conversation_id, channel)

    async def _declined(self, visit: Visit, outcome: Declined) -> Response:
        if Objection.UNKNOWN_OPERATOR in outcome.reasons:
            raise RefusedError(Refusal.NOT_FOUND)
        status = CONFLICT if Objection.OVERTAKEN in outcome.reasons else UNPROCESSABLE
        return await account_page(self.room, visit, sentences(self.room, outcome.reasons), status)


def _moment(text: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo is not None else None
