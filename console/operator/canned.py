"""Canned responses: the list that operators look into, and its care by those who may."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from fastapi import Response
from fastapi.responses import JSONResponse
from sqlalchemy import Connection

from console.operator.room import Room
from console.operator.texts import given_name
from console.security.access import Door, Visit
from console.security.refusal import Refusal, RefusedError
from desk.accounts.permissions import Permission
from desk.audit import AuditAction, actor_of, record
from desk.canned_responses import (
    CODE_CHARACTERS,
    TEXT_CHARACTERS,
    TITLE_CHARACTERS,
    CannedResponse,
    folded_code,
    list_canned,
    put_canned,
    remove_canned,
)

PAGE = "/console/canned"


def doors(room: Room) -> Sequence[Door]:
    """See console/operator/doors.py."""
    canned = _Canned(room)
    return (
        Door("GET", PAGE, Permission.USE_CANNED_RESPONSES, canned.page),
        Door("GET", PAGE + "/list", Permission.USE_CANNED_RESPONSES, canned.list, is_by_itself=True),
        Door("POST", PAGE, Permission.EDIT_CANNED_RESPONSES, canned.put),
        Door("POST", PAGE + "/remove", Permission.EDIT_CANNED_RESPONSES, canned.remove),
    )


@dataclass(frozen=True)
class _Canned:
    room: Room

    async def page(self, visit: Visit) -> Response:
        found = await self.room.transactions.read(list_canned)
        return self.room.pages.page(visit, "canned.html", canned=found, limit=TEXT_CHARACTERS)

    async def list(self, visit: Visit) -> Response:
        """For the box in which replies are written, filled in with the operator's name."""
        found = await self.room.transactions.read(list_canned)
        name = given_name(visit.operator.display_name)
        return JSONResponse(
            [{"code": each.code, "title": each.title, "text": each.text.replace("{ten}", name)} for each in found]
        )

    async def put(self, visit: Visit) -> Response:
        code = folded_code(visit.form.text("code"))
        title, text = visit.form.text("title").strip(), visit.form.text("text").strip()
        if code is None:
            raise RefusedError(Refusal.CANNED_CODE_INVALID, {"limit": CODE_CHARACTERS})
        if not title or not text or len(title) > TITLE_CHARACTERS or len(text) > TEXT_CHARACTERS:
            raise RefusedError(Refusal.CANNED_TEXT_INVALID, {"limit": TEXT_CHARACTERS})

        def work(connection: Connection) -> None:
            put_canned(connection, CannedResponse(code, title, text), visit.operator.id, visit.now)
            self._note(connection, visit, code, "put")

        await self.room.transactions.write(work)
        return self.room.pages.done(visit, PAGE, self.room.pages.texts.said["canned_kept"].format(code=code))

    async def remove(self, visit: Visit) -> Response:
        code = folded_code(visit.form.text("code")) or ""

        def work(connection: Connection) -> bool:
            removed = remove_canned(connection, code, visit.operator.id, visit.now)
            if removed:
                self._note(connection, visit, code, "removed")
            return removed

        if not await self.room.transactions.write(work):
            raise RefusedError(Refusal.NOT_FOUND)
        return self.room.pages.done(visit, PAGE, self.room.pages.texts.said["canned_removed"].format(code=code))

    @staticmethod
    def _note(connection: Connection, visit: Visit, code: str, what: str) -> None:
        me = actor_of(visit.operator.id)
        action = AuditAction.CANNED_RESPONSES_CHANGED
        record(connection, me, action, f"canned_response:{code}", {"what": what}, visit.now)
