"""What an operator says of themselves, and the page's own signs that somebody sits before it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from fastapi import Response
from fastapi.responses import JSONResponse
from sqlalchemy import Connection

from console.operator.room import Room
from console.security.access import Door, Visit
from console.security.refusal import Refusal, RefusedError
from desk.accounts.permissions import Permission
from desk.accounts.session import touch_session
from desk.presence import Presence, choose_presence, hear_page, presence_of

CHOICES = (Presence.ONLINE, Presence.BUSY, Presence.AWAY)


def doors(room: Room) -> Sequence[Door]:
    """See console/operator/doors.py."""
    presence = _Presence(room)
    need = Permission.SET_OWN_PRESENCE
    return (
        Door("POST", "/console/presence", need, presence.choose),
        Door("POST", "/console/presence/sign", need, presence.hear, is_by_itself=True),
    )


@dataclass(frozen=True)
class _Presence:
    room: Room

    async def choose(self, visit: Visit) -> Response:
        given = visit.form.text("presence")
        if given not in CHOICES:
            raise RefusedError(Refusal.BAD_FORM)
        choosing = partial(choose_presence, operator_id=visit.operator.id, chosen=Presence(given), now=visit.now)
        await self.room.transactions.write(choosing)
        return self.room.pages.done(visit, "/console/desk")

    async def hear(self, visit: Visit) -> Response:
        """Every half minute: is the page still open, and did somebody touch it since?"""
        is_active, session = visit.form.is_on("active"), visit.session

        def work(connection: Connection) -> str:
            hear_page(connection, visit.operator.id, is_active, visit.now)
            if is_active and session is not None:
                touch_session(connection, session.id, visit.now)
            found = presence_of(connection, visit.operator.id, visit.now, self.room.presence)
            return Presence.OFFLINE.value if found is None else found.presence.value

        return JSONResponse({"presence": await self.room.transactions.write(work)})
