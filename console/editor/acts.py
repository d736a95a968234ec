"""What is done to a document without typing: begin, submit, take back, throw away, propose to withdraw, hand over."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from fastapi import Response
from fastapi.responses import RedirectResponse
from sqlalchemy import Connection

from console.editor.document_view import page_of
from console.editor.list_filters import PAGE
from console.editor.listing import editors
from console.editor.refusing import reason_of, told
from console.operator.pages import SEE_OTHER
from console.operator.room import Room
from console.security.access import Door, Visit, is_from_script
from console.security.refusal import Refusal, RefusedError
from desk.accounts.permissions import Permission, may
from editing.actor import Actor, operator_actor
from editing.document import Document
from editing.documents import document_by_id, set_owner
from editing.drafting import discard_draft, propose_withdrawal, start_draft
from editing.errors import InvalidBodyError
from editing.review import submit, take_back
from editing.version import Version
from editing.versions import version_by_id

Step = Callable[[Connection, int, int, Actor, datetime], Version]
"""Takes version, revision, actor, now."""


def doors(room: Room) -> Sequence[Door]:
    """See console/operator/doors.py."""
    acts, edit = _Acts(room), Permission.EDIT_KNOWLEDGE
    document, version = PAGE + "/documents/{document}", PAGE + "/versions/{version}"
    return (
        Door("POST", document + "/start", edit, acts.start),
        Door("POST", document + "/withdraw", edit, acts.withdraw),
        Door("POST", document + "/owner", Permission.ASSIGN_KNOWLEDGE, acts.owner),
        Door("POST", version + "/submit", edit, acts.submit),
        Door("POST", version + "/take-back", edit, acts.take_back),
        Door("POST", version + "/discard", edit, acts.discard),
        Door("GET", version, Permission.READ_KNOWLEDGE, acts.back),
    )


@dataclass(frozen=True)
class _Acts:
    room: Room

    async def start(self, visit: Visit) -> Response:
        """An open draft is opened, not begun again."""

        def work(connection: Connection) -> Document:
            document = document_or_refuse(connection, visit)
            given = visit.form.number("from_version")
            with told(Refusal.KNOWLEDGE_STATE):
                start_draft(connection, document.id, operator_actor(visit.operator.id), visit.now, given)
            return document

        return await self._done(visit, work, "drafted")

    async def withdraw(self, visit: Visit) -> Response:
        """A proposal, which goes the way of every change."""

        def work(connection: Connection) -> Document:
            document, reason = document_or_refuse(connection, visit), reason_of(visit.form.text("reason"))
            with told(Refusal.KNOWLEDGE_STATE):
                propose_withdrawal(connection, document.id, reason, operator_actor(visit.operator.id), visit.now)
            return document

        return await self._done(visit, work, "withdrawal")

    async def owner(self, visit: Visit) -> Response:
        if not any(may(visit.operator, one) for one in (Permission.EDIT_KNOWLEDGE, Permission.APPROVE_KNOWLEDGE)):
            raise RefusedError(Refusal.FORBIDDEN)

        def work(connection: Connection) -> Document:
            document, chosen = document_or_refuse(connection, visit), visit.form.number("owner")
            if chosen is not None and chosen not in {each.id for each in editors(connection)}:
                raise RefusedError(Refusal.COLLEAGUE_UNKNOWN)
            set_owner(connection, document.id, chosen, operator_actor(visit.operator.id), visit.now)
            return document

        return await self._done(visit, work, "owner")

    async def submit(self, visit: Visit) -> Response:
        """Asks the workshop to compare; it would look by itself a second later."""
        response = await self._step(visit, submit, "submitted")
        await self.room.editor.workshop.wake()
        return response

    async def take_back(self, visit: Visit) -> Response:
        return await self._step(visit, take_back, "taken_back")

    async def discard(self, visit: Visit) -> Response:
        return await self._step(visit, discard_draft, "discarded")

    async def back(self, visit: Visit) -> Response:
        def work(connection: Connection) -> Document:
            return document_of(connection, version_or_refuse(connection, visit))

        return RedirectResponse(page_of(await self.room.transactions.read(work)), SEE_OTHER)

    async def _step(self, visit: Visit, step: Step, said: str) -> Response:
        def work(connection: Connection) -> Document:
            version = version_or_refuse(connection, visit)
            with told(Refusal.KNOWLEDGE_STATE):
                step(connection, version.id, revision_of(visit), operator_actor(visit.operator.id), visit.now)
            return document_of(connection, version)

        return await self._done(visit, work, said)

    async def _done(self, visit: Visit, work: Callable[[Connection], Document], said: str) -> Response:
        """What was refused is said on the document's own page, which shows how it stands now."""
        try:
            document = await self.room.transactions.write(work)
        except InvalidBodyError:
            return await self._refused(visit, RefusedError(Refusal.KNOWLEDGE_INVALID))
        except RefusedError as refused:
            return await self._refused(visit, refused)
        words = self.room.editor.texts.said[said]
        return self.room.pages.done(visit, page_of(document, "" if is_from_script(visit.request) else said), words)

    async def _refused(self, visit: Visit, refused: RefusedError) -> Response:
        if is_from_script(visit.request) or refused.refusal in {Refusal.NOT_FOUND, Refusal.BAD_FORM}:
            raise refused
        document = await self.room.transactions.read(lambda connection: named_document(connection, visit))
        return RedirectResponse(f"{page_of(document)}?refused={refused.refusal.value}", SEE_OTHER)


def document_or_refuse(connection: Connection, visit: Visit) -> Document:
    """Of the address. Raises RefusedError."""
    document = document_by_id(connection, visit.number("document"))
    if document is None:
        raise RefusedError(Refusal.NOT_FOUND)
    return document


def version_or_refuse(connection: Connection, visit: Visit) -> Version:
    """Of the address. Raises RefusedError."""
    version = version_by_id(connection, visit.number("version"))
    if version is None:
        raise RefusedError(Refusal.NOT_FOUND)
    return version


def document_of(connection: Connection, version: Version) -> Document:
    """Whose version it is. Raises RefusedError."""
    document = document_by_id(connection, version.document_id)
    if document is None:
        raise RefusedError(Refusal.NOT_FOUND)
    return document


def named_document(connection: Connection, visit: Visit) -> Document:
    """Of an address that names a document, or a version. Raises RefusedError."""
    if "document" in visit.request.path_params:
        return document_or_refuse(connection, visit)
    return document_of(connection, version_or_refuse(connection, visit))


def revision_of(visit: Visit) -> int:
    """The one that the page showed. Raises RefusedError for a form without it."""
    revision = visit.form.number("revision")
    if revision is None:
        raise RefusedError(Refusal.BAD_FORM)
    return revision
