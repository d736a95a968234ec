"""A second pair of eyes: what waits, what changes and what it does to the answers; approve or send back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from fastapi import Response
from sqlalchemy import Connection

from console.editor.acts import document_of, revision_of, version_or_refuse
from console.editor.differing import Compared, compare
from console.editor.document_view import DocumentView, EditorAct, view_of
from console.editor.list_filters import PAGE
from console.editor.notices import refused_before, said_before
from console.editor.problem_words import in_words
from console.editor.refusing import reason_of, told
from console.editor.release_view import GateShown, gate_of
from console.editor.review_queue import read_queues
from console.editor.texts import EditorTexts
from console.operator.room import Room
from console.security.access import Door, Visit, is_from_script
from console.security.refusal import Refusal, RefusedError
from desk.accounts.permissions import Permission, may
from desk.calendar.zone import vietnam_date
from editing.actor import operator_actor
from editing.previews import fresh_preview, request_preview
from editing.problem import BodyProblem
from editing.release import ReleaseState
from editing.review import approve, reject
from editing.validation import problems_of
from editing.version import Version, VersionState

REVIEW_PAGE = PAGE + "/review"
ONE = REVIEW_PAGE + "/{version}"


def doors(room: Room) -> Sequence[Door]:
    """See console/operator/doors.py."""
    review, approving = _Review(room), Permission.APPROVE_KNOWLEDGE
    return (
        Door("GET", REVIEW_PAGE, Permission.READ_KNOWLEDGE, review.queue),
        Door("GET", ONE, Permission.READ_KNOWLEDGE, review.show),
        Door("GET", ONE + "/gate", Permission.READ_KNOWLEDGE, review.gate, is_by_itself=True),
        Door("POST", ONE + "/compare", approving, review.compare),
        Door("POST", ONE + "/approve", approving, review.approve),
        Door("POST", ONE + "/reject", approving, review.reject),
    )


@dataclass(frozen=True)
class ReviewView:
    """`gate` is None where nothing is compared yet, or nothing can be: only what waits (`is_waiting`) is."""

    at: DocumentView
    version: Version
    author: str
    compared: Compared
    problems: tuple[BodyProblem, ...]
    gate: GateShown | None
    is_waiting: bool
    may_compare: bool
    may_decide: bool


@dataclass(frozen=True)
class _Review:
    room: Room

    async def queue(self, visit: Visit) -> Response:
        queues = await self.room.transactions.read(partial(read_queues, visit=visit))
        return self._page(visit, "review_queue.html", queues=queues)

    async def show(self, visit: Visit) -> Response:
        view = await self.room.transactions.read(partial(_read, visit=visit, texts=self.room.editor.texts))
        return self._page(visit, "review_page.html", view=view, at=view.at)

    async def gate(self, visit: Visit) -> Response:
        """The part of the page that tells how far the comparison is."""
        found = await self.room.transactions.read(partial(_preview, visit=visit))
        return self.room.pages.part(visit, "review_gate.html", gate=found, labels=self.room.editor.texts)

    async def compare(self, visit: Visit) -> Response:
        """Asks for the comparison now; the workshop asks for those of submitted versions by itself."""

        def work(connection: Connection) -> Version:
            version = version_or_refuse(connection, visit)
            found = fresh_preview(connection, version, visit.now)
            if found is None or found.state is ReleaseState.FAILED:
                with told(Refusal.KNOWLEDGE_STATE):
                    request_preview(connection, version, operator_actor(visit.operator.id), visit.now)
            return version

        response = await self._decided(visit, work, "comparing")
        await self.room.editor.workshop.wake()
        return response

    async def approve(self, visit: Visit) -> Response:
        def work(connection: Connection) -> Version:
            version = version_or_refuse(connection, visit)
            with told(Refusal.KNOWLEDGE_STATE):
                return approve(connection, version.id, revision_of(visit), operator_actor(visit.operator.id), visit.now)

        return await self._decided(visit, work, "approved")

    async def reject(self, visit: Visit) -> Response:
        reason = visit.form.text("reason")

        def work(connection: Connection) -> Version:
            version, actor = version_or_refuse(connection, visit), operator_actor(visit.operator.id)
            why = reason_of(reason)
            with told(Refusal.KNOWLEDGE_STATE):
                return reject(connection, version.id, revision_of(visit), why, actor, visit.now)

        return await self._decided(visit, work, "rejected")

    async def _decided(self, visit: Visit, work: Callable[[Connection], Version], said: str) -> Response:
        try:
            version = await self.room.transactions.write(work)
        except RefusedError as refused:
            if is_from_script(visit.request) or refused.refusal is Refusal.NOT_FOUND:
                raise
            view = await self.room.transactions.read(partial(_read, visit=visit, texts=self.room.editor.texts))
            error, typed = self.room.pages.texts.refused(refused), visit.form.text("reason")
            context = {"view": view, "at": view.at, "error": error, "typed": typed}
            return self._page(visit, "review_page.html", refused.status, **context)
        words = self.room.editor.texts.said[said]
        return self.room.pages.done(visit, f"{REVIEW_PAGE}/{version.id}?said={said}", words)

    def _page(self, visit: Visit, template: str, status: int = 200, **context: object) -> Response:
        given = {
            "labels": self.room.editor.texts,
            "said": said_before(self.room, visit),
            "error": refused_before(self.room, visit),
            "typed": "",
            "today": vietnam_date(visit.now),
            "in_words": partial(in_words, texts=self.room.editor.texts),
        }
        return self.room.pages.page(visit, template, status, **{**given, **context})


def _read(connection: Connection, visit: Visit, texts: EditorTexts) -> ReviewView:
    version = version_or_refuse(connection, visit)
    document = document_of(connection, version)
    at = view_of(connection, visit, document)
    former = at.live or next(iter(reversed(at.served)), None)
    is_waiting = version.state in {VersionState.SUBMITTED, VersionState.APPROVED}
    release = fresh_preview(connection, version, visit.now) if is_waiting else None
    return ReviewView(
        at=at,
        version=version,
        author=at.names.get(version.author_id or 0, ""),
        compared=compare(document, former if former is None or former.id != version.id else None, version, texts),
        problems=problems_of(connection, version, visit.now) if is_waiting and not version.withdraws else (),
        gate=gate_of(release) if release else None,
        is_waiting=is_waiting,
        may_compare=is_waiting and may(visit.operator, Permission.APPROVE_KNOWLEDGE),
        may_decide=EditorAct.REVIEW in at.acts,
    )


def _preview(connection: Connection, visit: Visit) -> GateShown | None:
    release = fresh_preview(connection, version_or_refuse(connection, visit), visit.now)
    return gate_of(release) if release else None
