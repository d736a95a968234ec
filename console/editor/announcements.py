"""Announcements: the list, one of them, writing, approving by somebody else, taking back."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from fastapi import Response
from sqlalchemy import Connection

from console.editor.announcement_form import CHANNELS, typed_wording, wording_of
from console.editor.law_fields import FaultError, sentence, typed_moment
from console.operator.room import Room, names_of_operators
from console.security.access import Door, Visit
from console.security.form import Form
from console.security.refusal import Refusal, RefusedError
from desk.accounts.permissions import Permission
from desk.audit import AuditAction, actor_of, record
from desk.calendar.zone import in_vietnam
from desk.notices.announcement import (
    TEXT_CHARACTERS,
    Announcement,
    MovedAnnouncementError,
    OwnAnnouncementError,
    Wording,
    announcement_by_id,
    approve,
    end,
    list_announcements,
    rewrite,
    write,
)
from desk.notices.said import count_heard
from editing.documents import topics
from editing.relations.law import Law, law_by_id

ANNOUNCEMENTS = "/console/knowledge/announcements"
SHOWN = 100
FIRST_DAYS = 30
Acting = Callable[[Connection, Announcement, int], object]


def doors(room: Room) -> Sequence[Door]:
    """See console/operator/doors.py."""
    page, one = _Announcements(room), ANNOUNCEMENTS + "/{announcement}"
    return (
        Door("GET", ANNOUNCEMENTS, Permission.READ_KNOWLEDGE, page.listing),
        Door("GET", ANNOUNCEMENTS + "/new", Permission.EDIT_KNOWLEDGE, page.new),
        Door("POST", ANNOUNCEMENTS, Permission.EDIT_KNOWLEDGE, page.write),
        Door("GET", one, Permission.READ_KNOWLEDGE, page.one),
        Door("POST", one, Permission.EDIT_KNOWLEDGE, page.rewrite),
        Door("POST", one + "/approve", Permission.APPROVE_KNOWLEDGE, page.approve),
        Door("POST", one + "/end", Permission.APPROVE_KNOWLEDGE, page.end),
        Door("POST", one + "/discard", Permission.EDIT_KNOWLEDGE, page.discard),
    )


@dataclass(frozen=True)
class Around:
    """What the pages show beside an announcement; `heard` counts conversations by its id."""

    topics: tuple[str, ...]
    names: Mapping[int, str]
    heard: Mapping[int, int]
    law: Law | None


@dataclass(frozen=True)
class _Announcements:
    room: Room

    async def listing(self, visit: Visit) -> Response:
        found, around = await self.room.transactions.read(
            lambda connection: (list_announcements(connection, SHOWN), _around(connection, None))
        )
        texts = self.room.editor.law_texts
        said = texts.said.get(visit.query("said", 32), "")
        return self.room.pages.page(
            visit, "announcements.html", found=found, around=around, said=said, error="", words=texts
        )

    async def new(self, visit: Visit) -> Response:
        law = visit.query("law", 18)
        begin = in_vietnam(visit.now).replace(minute=0) + timedelta(hours=1)
        typed = {
            "starts_at": typed_moment(begin),
            "ends_at": typed_moment(begin + timedelta(days=FIRST_DAYS)),
            "law": law if law.isascii() and law.isdecimal() else "",
            **{f"channel_{channel}": "1" for channel in CHANNELS},
        }
        return await self._show(visit, None, typed, None)

    async def one(self, visit: Visit) -> Response:
        found = await self._found(visit)
        return await self._show(visit, found, typed_wording(found.wording), None)

    async def write(self, visit: Visit) -> Response:
        known = await self.room.transactions.read(topics)
        try:
            wording = wording_of(visit.form, known, self.room.links, visit.now)
        except FaultError as fault:
            return await self._show(visit, None, visit.form.fields, fault)

        def work(connection: Connection) -> int:
            made = write(connection, _of_known_law(connection, wording), visit.operator.id, visit.now)
            _audit(connection, made, "written", visit)
            return made

        made = await self.room.transactions.write(work)
        return self.room.pages.done(visit, f"{ANNOUNCEMENTS}/{made}?said=written")

    async def rewrite(self, visit: Visit) -> Response:
        """Nothing that was typed is lost when somebody else was quicker."""
        found = await self._found(visit)
        known = await self.room.transactions.read(topics)
        revision = visit.form.number("revision") or 0
        try:
            wording = wording_of(visit.form, known, self.room.links, visit.now)

            def work(connection: Connection) -> None:
                known_law = _of_known_law(connection, wording)
                rewrite(connection, found.id, revision, known_law, visit.operator.id, visit.now)
                _audit(connection, found.id, "edited", visit)

            await self.room.transactions.write(work)
        except FaultError as fault:
            return await self._show(visit, found, visit.form.fields, fault)
        except MovedAnnouncementError:
            return await self._show(visit, found, visit.form.fields, FaultError("moved"))
        return self.room.pages.done(visit, f"{ANNOUNCEMENTS}/{found.id}?said=written")

    async def approve(self, visit: Visit) -> Response:
        """Names the wording that was read: what somebody changed meanwhile is not approved."""

        def acting(connection: Connection, found: Announcement, revision: int) -> object:
            return approve(connection, found.id, revision, visit.operator.id, visit.now)

        return await self._act(visit, acting, "approved", "announced")

    async def end(self, visit: Visit) -> Response:
        def acting(connection: Connection, found: Announcement, _revision: int) -> object:
            return end(connection, found.id, visit.operator.id, visit.now)

        return await self._act(visit, acting, "ended", "withdrawn")

    async def discard(self, visit: Visit) -> Response:
        """A draft, by any editor; what is approved only an approver takes back."""

        def acting(connection: Connection, found: Announcement, _revision: int) -> object:
            return end(connection, found.id, visit.operator.id, visit.now, drafts_only=True)

        return await self._act(visit, acting, "discarded", "withdrawn")

    async def _act(self, visit: Visit, acting: Acting, step: str, said: str) -> Response:
        found = await self._found(visit)

        def work(connection: Connection) -> None:
            acting(connection, found, visit.form.number("revision") or 0)
            _audit(connection, found.id, step, visit)

        try:
            await self.room.transactions.write(work)
        except MovedAnnouncementError:
            now = await self._found(visit)
            return await self._show(visit, now, typed_wording(now.wording), FaultError("moved"))
        except OwnAnnouncementError:
            return await self._show(visit, found, typed_wording(found.wording), FaultError("own"))
        return self.room.pages.done(visit, f"{ANNOUNCEMENTS}/{found.id}?said={said}")

    async def _found(self, visit: Visit) -> Announcement:
        number = visit.number("announcement")
        found = await self.room.transactions.read(lambda connection: announcement_by_id(connection, number))
        if found is None:
            raise RefusedError(Refusal.NOT_FOUND)
        return found

    async def _show(
        self, visit: Visit, found: Announcement | None, typed: Mapping[str, str], fault: FaultError | None
    ) -> Response:
        law_id = Form(typed).number("law")
        around = await self.room.transactions.read(lambda connection: _around(connection, law_id))
        texts, said = self.room.editor.law_texts, visit.query("said", 32)
        return self.room.pages.page(
            visit,
            "announcement.html",
            200 if fault is None else 422,
            found=found,
            typed=typed,
            around=around,
            channels=CHANNELS,
            limit=TEXT_CHARACTERS,
            said=texts.said.get(said, "") if fault is None else "",
            error="" if fault is None else sentence(texts, fault),
            words=texts,
        )


def _around(connection: Connection, law_id: int | None) -> Around:
    law = None if law_id is None else law_by_id(connection, law_id)
    return Around(topics(connection), names_of_operators(connection), count_heard(connection), law)


def _of_known_law(connection: Connection, wording: Wording) -> Wording:
    is_known = wording.law_id is None or law_by_id(connection, wording.law_id) is not None
    return wording if is_known else replace(wording, law_id=None)


def _audit(connection: Connection, announcement_id: int, step: str, visit: Visit) -> None:
    me, subject = actor_of(visit.operator.id), f"announcement:{announcement_id}"
    record(connection, me, AuditAction.ANNOUNCEMENT_CHANGED, subject, {"step": step}, visit.now)
