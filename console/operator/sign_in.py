"""Coming in and going out; the files that pages are made of."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from fastapi import Response
from fastapi.responses import RedirectResponse
from sqlalchemy import Connection

from console.operator.pages import SEE_OTHER, STATIC_ROOT, path_of_duty
from console.operator.room import Room
from console.security.access import Door, Open, Visit
from console.security.refusal import Refusal, RefusedError
from desk.accounts.permissions import Permission, may
from desk.accounts.session import Session, close_session
from desk.accounts.sign_in import RefusalReason, Refused
from desk.presence import Presence, choose_presence

START = "/console"
_OWN_PATH = re.compile(r"/console(/[A-Za-z0-9_-]+)*")
IMMUTABLE = "public, max-age=31536000, immutable"
STATUS = {RefusalReason.LOCKED: 429}


def doors(room: Room) -> Sequence[Door]:
    """See console/operator/doors.py."""
    entrance = _Entrance(room)
    return (
        Door("GET", "/console/sign-in", Open.ANYBODY, entrance.show),
        Door("POST", "/console/sign-in", Open.ANYBODY, entrance.enter),
        Door("POST", "/console/sign-out", Open.SIGNED_IN, entrance.leave),
        Door("GET", START, Open.SIGNED_IN, entrance.start),
        Door("GET", STATIC_ROOT + "/{digest}/{name:path}", Open.ANYBODY, entrance.file, is_by_itself=True),
    )


@dataclass(frozen=True)
class _Entrance:
    room: Room

    async def show(self, visit: Visit) -> Response:
        if visit.session is not None:
            return RedirectResponse(START, SEE_OTHER)
        return self._form(visit, visit.query("next"), "", "")

    async def enter(self, visit: Visit) -> Response:
        login, following = visit.form.text("login"), visit.form.text("next")
        code = visit.form.text("code").strip() or None
        address = visit.request.client.host if visit.request.client else ""
        outcome = await self.room.door.enter(login, visit.form.text("password"), code, address)
        if isinstance(outcome, Refused):
            sentence = self.room.pages.texts.accounts.refusal(outcome)
            return self._form(visit, following, login, sentence, STATUS.get(outcome.reason, 422))
        token, session = outcome
        await self._settle_in(visit, session)
        response = RedirectResponse(own_path(following), SEE_OTHER)
        self.room.cookie.put(response, token)
        return response

    async def leave(self, visit: Visit) -> Response:
        token, operator = self.room.cookie.read(visit.request), visit.operator

        def work(connection: Connection) -> None:
            close_session(connection, token, visit.now)
            choose_presence(connection, operator.id, Presence.OFFLINE, visit.now)

        await self.room.transactions.write(work)
        response = self.room.pages.done(visit, "/console/sign-in")
        self.room.cookie.remove(response)
        return response

    async def start(self, visit: Visit) -> Response:
        operator = visit.operator
        if not operator.is_ready:
            return RedirectResponse(path_of_duty(operator), SEE_OTHER)
        first = next((page for page in self.room.navigation if may(operator, page.permission)), None)
        if first is not None:
            return RedirectResponse(first.path, SEE_OTHER)
        return self.room.pages.page(visit, "start.html")

    async def file(self, visit: Visit) -> Response:
        assets = self.room.pages.assets
        asset = assets.files.get(visit.request.path_params["name"])
        if asset is None:
            raise RefusedError(Refusal.NOT_FOUND)
        is_current = visit.request.path_params["digest"] == assets.digest
        headers = {"Cache-Control": IMMUTABLE if is_current else "no-store"}
        return Response(asset.content, media_type=asset.media_type, headers=headers)

    async def _settle_in(self, visit: Visit, session: Session) -> None:
        """Whoever sits down is there, unless this account takes no conversations; a session left open here ends."""
        before = self.room.cookie.read(visit.request)

        def work(connection: Connection) -> None:
            if before:
                close_session(connection, before, visit.now)
            if may(session.operator, Permission.SET_OWN_PRESENCE):
                choose_presence(connection, session.operator.id, Presence.ONLINE, visit.now)

        await self.room.transactions.write(work)

    def _form(self, visit: Visit, following: str, login: str, error: str, status: int = 200) -> Response:
        context = {"following": own_path(following), "login": login, "error": error}
        return self.room.pages.page(visit, "sign_in.html", status, **context)


def own_path(typed: str) -> str:
    """Where to go after signing in: never to another site, whatever the address says."""
    return typed if _OWN_PATH.fullmatch(typed) and typed != "/console/sign-in" else START
