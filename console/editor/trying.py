"""Asking as a citizen would, against what is served, a built release or a draft, and seeing why it answers so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from fastapi import Response
from sqlalchemy import Connection

from console.editor.faq_form import typed_day
from console.editor.list_filters import PAGE
from console.editor.ports import Tried, TrySubject, WorkshopAwayError
from console.operator.room import Room
from console.security.access import Door, Visit, is_from_script
from console.security.refusal import Refusal, RefusedError
from desk.accounts.permissions import Permission
from editing.release import Release, ReleaseState
from editing.releasing import releases

TRY_PAGE = PAGE + "/try"
QUESTION_CHARACTERS = 600
RELEASES_SHOWN = 30
LIVE, VERSION, RELEASE = "live", "version", "release"


def doors(room: Room) -> Sequence[Door]:
    """See console/operator/doors.py. Questions are posted: they may be those of citizens."""
    trying = _Trying(room)
    return (
        Door("GET", TRY_PAGE, Permission.READ_KNOWLEDGE, trying.show),
        Door("POST", TRY_PAGE, Permission.READ_KNOWLEDGE, trying.ask),
    )


@dataclass(frozen=True)
class Asked:
    """The form as it was filled in."""

    question: str = ""
    subject: str = LIVE
    as_of: str = ""


@dataclass(frozen=True)
class _Trying:
    room: Room

    async def show(self, visit: Visit) -> Response:
        """Pages of releases link here with themselves as the subject."""
        return await self._page(visit, Asked(subject=visit.query("subject", 30) or LIVE), None, "")

    async def ask(self, visit: Visit) -> Response:
        """A part for the boxes of other pages, which scripts post; else the whole page."""
        form = visit.form
        asked = Asked(form.text("question").strip(), form.text("subject").strip() or LIVE, form.text("as_of").strip())
        try:
            subject = subject_of(asked)
        except RefusedError as refused:
            if is_from_script(visit.request):
                raise
            return await self._page(visit, asked, None, self.room.pages.texts.refused(refused), refused.status)
        tried = await self._try(asked.question, subject)
        if is_from_script(visit.request):
            return self.room.pages.part(visit, "try_result.html", tried=tried, labels=self.room.editor.texts)
        return await self._page(visit, asked, tried, "" if tried else self.room.editor.texts.tried["away"])

    async def _try(self, question: str, subject: TrySubject) -> Tried | None:
        """None while the workshop does not answer."""
        try:
            return await self.room.editor.workshop.try_question(question, subject)
        except WorkshopAwayError:
            return None

    async def _page(self, visit: Visit, asked: Asked, tried: Tried | None, error: str, status: int = 200) -> Response:
        found = await self.room.transactions.read(built_releases)
        labels = self.room.editor.texts
        return self.room.pages.page(
            visit, "try_page.html", status, asked=asked, tried=tried, error=error, releases=found, labels=labels
        )


def built_releases(connection: Connection) -> tuple[Release, ...]:
    """Those whose snapshot can be asked."""
    found = releases(connection, RELEASES_SHOWN)
    return tuple(each for each in found if each.state is ReleaseState.READY and each.snapshot_id)


def subject_of(asked: Asked) -> TrySubject:
    """Raises RefusedError for a question that is empty or too long, and for a form that no page of ours sends."""
    if not asked.question or len(asked.question) > QUESTION_CHARACTERS:
        raise RefusedError(Refusal.KNOWLEDGE_QUESTION, {"limit": QUESTION_CHARACTERS})
    kind, _, number = asked.subject.partition(":")
    as_of = typed_day(asked.as_of)
    if kind == LIVE:
        return TrySubject(as_of=as_of)
    if not (number.isascii() and number.isdecimal() and len(number) <= 18) or kind not in {VERSION, RELEASE}:
        raise RefusedError(Refusal.BAD_FORM)
    if kind == VERSION:
        return TrySubject(version_id=int(number), as_of=as_of)
    return TrySubject(release_id=int(number), as_of=as_of)
