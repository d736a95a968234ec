"""Documents that must be looked at because a law changed; somebody may say, with a reason, that one is still right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from fastapi import Response
from sqlalchemy import Connection

from console.editor.law_fields import FaultError, reason, sentence
from console.operator.room import Room
from console.security.access import Door, Visit
from desk.accounts.permissions import Permission
from desk.audit import AuditAction, actor_of, record
from desk.calendar.zone import vietnam_date
from editing.relations.flag import FlaggedDocument, count_open_flags, flag_by_id, flagged, settle_flag

REVIEW_NEEDED = "/console/knowledge/review-needed"
SHOWN = 300


def doors(room: Room) -> Sequence[Door]:
    """See console/operator/doors.py."""
    page = _ReviewNeeded(room)
    return (
        Door("GET", REVIEW_NEEDED, Permission.READ_KNOWLEDGE, page.page),
        Door("POST", REVIEW_NEEDED + "/{flag}", Permission.EDIT_KNOWLEDGE, page.settle),
    )


@dataclass(frozen=True)
class _ReviewNeeded:
    room: Room

    async def page(self, visit: Visit) -> Response:
        return await self._show(visit, None, 0)

    async def settle(self, visit: Visit) -> Response:
        number = visit.number("flag")
        try:
            why = reason(visit.form)
            await self.room.transactions.write(lambda connection: _settle(connection, number, why, visit))
        except FaultError as fault:
            return await self._show(visit, fault, number)
        return self.room.pages.done(visit, f"{REVIEW_NEEDED}?said=settled")

    async def _show(self, visit: Visit, fault: FaultError | None, tried: int) -> Response:
        rows, total = await self.room.transactions.read(_read)
        texts, said = self.room.editor.law_texts, visit.query("said", 32)
        return self.room.pages.page(
            visit,
            "review_needed.html",
            200 if fault is None else 422,
            rows=rows,
            total=total,
            tried=tried,
            today=vietnam_date(visit.now),
            typed=visit.form.fields,
            said=texts.said.get(said, "") if fault is None else "",
            error="" if fault is None else sentence(texts, fault),
            words=texts,
            labels=self.room.editor.texts,
        )


def _read(connection: Connection) -> tuple[tuple[FlaggedDocument, ...], int]:
    return flagged(connection, SHOWN), count_open_flags(connection)


def _settle(connection: Connection, number: int, why: str, visit: Visit) -> None:
    flag = flag_by_id(connection, number)
    if flag is None or not settle_flag(connection, number, visit.operator.id, why, visit.now):
        raise FaultError("settled")
    detail: dict[str, str | int | bool | None] = {"step": "still_right", "document": flag.document_id, "reason": why}
    me, subject = actor_of(visit.operator.id), f"law:{flag.relation.law_id}"
    record(connection, me, AuditAction.LAW_CHANGED, subject, detail, visit.now)
