"""One's own password and authenticator: the two pages that are open to somebody who still owes them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

import segno
from fastapi import Response
from fastapi.responses import RedirectResponse
from markupsafe import Markup

from console.operator.pages import SEE_OTHER
from console.operator.room import Room
from console.operator.sign_in import START
from console.security.access import Door, Open, Visit
from desk.accounts.password import NotChanged
from desk.accounts.totp import confirm_enrolment, start_enrolment
from desk.presence import Presence, choose_presence

QR_SCALE = 4


def doors(room: Room) -> Sequence[Door]:
    """See console/operator/doors.py."""
    account = _OwnAccount(room)
    return (
        Door("GET", "/console/password", Open.SIGNED_IN, account.show_password),
        Door("POST", "/console/password", Open.SIGNED_IN, account.change_password),
        Door("GET", "/console/authenticator", Open.SIGNED_IN, account.show_authenticator),
        Door("POST", "/console/authenticator", Open.SIGNED_IN, account.start_authenticator),
        Door("POST", "/console/authenticator/confirm", Open.SIGNED_IN, account.confirm_authenticator),
    )


@dataclass(frozen=True)
class _OwnAccount:
    room: Room

    async def show_password(self, visit: Visit) -> Response:
        return self._password_page(visit, ())

    async def change_password(self, visit: Visit) -> Response:
        new = visit.form.text("new")
        if new != visit.form.text("again"):
            return self._password_page(visit, (self.room.pages.texts.password["different"],))
        outcome = await self.room.door.change_password(visit.operator.id, visit.form.text("old"), new)
        if isinstance(outcome, NotChanged):
            numbers = self.room.rules.settings.password
            return self._password_page(visit, self.room.pages.texts.accounts.not_changed(outcome, numbers))
        token, session = outcome
        if session.operator.is_ready and "operator" in session.operator.roles:
            online = partial(choose_presence, operator_id=session.operator.id, chosen=Presence.ONLINE, now=visit.now)
            await self.room.transactions.write(online)
        response = RedirectResponse(START, SEE_OTHER)
        self.room.cookie.put(response, token)
        return response

    async def show_authenticator(self, visit: Visit) -> Response:
        return self._authenticator_page(visit)

    async def start_authenticator(self, visit: Visit) -> Response:
        starting = partial(start_enrolment, operator_id=visit.operator.id, rules=self.room.rules)
        enrolment = await self.room.transactions.write(starting)
        if enrolment is None:
            return self._authenticator_page(visit)
        picture = segno.make(enrolment.uri, error="m").svg_inline(scale=QR_SCALE, border=2, light="#ffffff")
        # Drawn by our own library from an address that we made: nothing in it was typed by anybody.
        return self._authenticator_page(visit, secret=enrolment.secret, picture=Markup(picture))

    async def confirm_authenticator(self, visit: Visit) -> Response:
        code, me = visit.form.text("code"), visit.operator.id
        confirming = partial(confirm_enrolment, operator_id=me, code=code, now=visit.now, rules=self.room.rules)
        if await self.room.transactions.write(confirming):
            return RedirectResponse(START, SEE_OTHER)
        return self._authenticator_page(visit, 422, error=self.room.pages.texts.authenticator["wrong_code"])

    def _password_page(self, visit: Visit, errors: Sequence[str]) -> Response:
        shortest = self.room.rules.settings.password.shortest
        return self.room.pages.page(visit, "password.html", 422 if errors else 200, errors=errors, shortest=shortest)

    def _authenticator_page(
        self, visit: Visit, status: int = 200, secret: str = "", picture: Markup | str = "", error: str = ""
    ) -> Response:
        groups = [secret[start : start + 4] for start in range(0, len(secret), 4)]
        context = {"groups": groups, "picture": picture, "error": error}
        return self.room.pages.page(visit, "authenticator.html", status, **context)
