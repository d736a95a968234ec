"""Topics and documents whose answers a person checks first: what is held, holding more, and letting go."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from fastapi import Response
from sqlalchemy import Connection

from console.editor.announcement_form import check_times
from console.editor.law_fields import FaultError, line, moment, reason, sentence, typed_moment
from console.operator.room import Room, names_of_operators
from console.security.access import Door, Visit
from console.security.form import Form
from desk.accounts.permissions import Permission
from desk.audit import AuditAction, actor_of, record
from desk.calendar.zone import in_vietnam
from desk.notices.hold import (
    ARTICLES_CHARACTERS,
    MOST_DAYS,
    NAME_CHARACTERS,
    Hold,
    NewHold,
    Scope,
    end_hold,
    hold,
    list_holds,
)
from editing.documents import find_named, topics
from editing.relations.law import Law, law_by_id

HOLDS = "/console/knowledge/holds"
SHOWN = 100
FIRST_DAYS = 7


def doors(room: Room) -> Sequence[Door]:
    """See console/operator/doors.py."""
    page = _Holds(room)
    return (
        Door("GET", HOLDS, Permission.READ_KNOWLEDGE, page.page),
        Door("POST", HOLDS, Permission.APPROVE_KNOWLEDGE, page.hold),
        Door("POST", HOLDS + "/{hold}/end", Permission.APPROVE_KNOWLEDGE, page.end),
    )


@dataclass(frozen=True)
class HoldsFound:
    """`law` is the one for which something is to be held, where the page was opened from its day."""

    holds: tuple[Hold, ...]
    topics: tuple[str, ...]
    names: dict[int, str]
    law: Law | None


@dataclass(frozen=True)
class _Holds:
    room: Room

    async def page(self, visit: Visit) -> Response:
        return await self._show(visit, None)

    async def hold(self, visit: Visit) -> Response:
        form, now = visit.form, visit.now

        def work(connection: Connection) -> None:
            wanted = _wanted(connection, form)
            check_times(wanted.starts_at, wanted.ends_at, now, MOST_DAYS, "long_hold")
            made = hold(connection, wanted, visit.operator.id, now)
            detail = {"step": "held", "scope": wanted.scope.value, "part": wanted.name, "reason": wanted.reason}
            record(connection, actor_of(visit.operator.id), AuditAction.ANSWERS_HELD, f"hold:{made}", detail, now)

        try:
            await self.room.transactions.write(work)
        except FaultError as fault:
            return await self._show(visit, fault)
        return self.room.pages.done(visit, f"{HOLDS}?said=held")

    async def end(self, visit: Visit) -> Response:
        number = visit.number("hold")

        def work(connection: Connection) -> bool:
            ended = end_hold(connection, number, visit.operator.id, visit.now)
            if ended is None:
                return False
            detail = {"step": "ended", "scope": ended.scope.value, "part": ended.name}
            me = actor_of(visit.operator.id)
            record(connection, me, AuditAction.ANSWERS_HELD, f"hold:{number}", detail, visit.now)
            return True

        if not await self.room.transactions.write(work):
            return await self._show(visit, FaultError("moved"))
        return self.room.pages.done(visit, f"{HOLDS}?said=released")

    async def _show(self, visit: Visit, fault: FaultError | None) -> Response:
        law = visit.given("law", 18)
        law_id = int(law) if law.isascii() and law.isdecimal() else None
        found = await self.room.transactions.read(lambda connection: _read(connection, law_id))
        texts, said = self.room.editor.law_texts, visit.query("said", 32)
        begin = in_vietnam(visit.now)
        times = {"starts_at": typed_moment(begin), "ends_at": typed_moment(begin + timedelta(days=FIRST_DAYS))}
        return self.room.pages.page(
            visit,
            "holds.html",
            200 if fault is None else 422,
            found=found,
            typed={**times, "name": visit.query("name", NAME_CHARACTERS), **visit.form.fields},
            said=texts.said.get(said, "") if fault is None else "",
            error="" if fault is None else sentence(texts, fault),
            words=texts,
        )


def _wanted(connection: Connection, form: Form) -> NewHold:
    """A topic that is chosen, or a document by its name."""
    topic, name = form.text("topic").strip(), line(form, "name", NAME_CHARACTERS, is_needed=False)
    law = form.number("law")
    if not topic and not name:
        raise FaultError("missing", {"field": "name"})
    if topic and topic not in topics(connection):
        raise FaultError("topic_unknown")
    if not topic and find_named(connection, name) is None:
        raise FaultError("name_unknown", {"name": name})
    return NewHold(
        Scope.TOPIC if topic else Scope.DOCUMENT,
        topic or name,
        reason(form),
        moment(form, "starts_at"),
        moment(form, "ends_at"),
        "" if topic else line(form, "articles", ARTICLES_CHARACTERS, is_needed=False),
        law if law is not None and law_by_id(connection, law) is not None else None,
    )


def _read(connection: Connection, law_id: int | None) -> HoldsFound:
    law = None if law_id is None else law_by_id(connection, law_id)
    return HoldsFound(list_holds(connection, SHOWN), topics(connection), names_of_operators(connection), law)
