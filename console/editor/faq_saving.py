"""Saving the draft of an entry, and what is shown while it is typed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from fastapi import Response
from sqlalchemy import Connection

from console.editor.acts import revision_of
from console.editor.document_view import page_of
from console.editor.faq_form import FaqForm, typed_day, typed_form
from console.editor.faq_hints import FaqHints, hints_of, with_alike
from console.editor.faq_page import FAQ_PAGE, FaqPage, FaqShowing
from console.editor.problem_words import in_words
from console.editor.refusing import told
from console.operator.room import Room
from console.security.access import Door, Visit, is_from_script
from console.security.refusal import Refusal, RefusedError
from desk.accounts.permissions import Permission
from desk.calendar.zone import vietnam_date
from editing.actor import operator_actor
from editing.bodies.faq import FaqBody, faq_from_json, faq_to_json
from editing.document import Document, DocumentKind
from editing.documents import find_document
from editing.drafting import DraftChanges, save_draft
from editing.errors import InvalidBodyError
from editing.problem import BodyProblem
from editing.validation import problems_of
from editing.version import Version
from editing.versions import open_version

SHOWN = frozenset({Refusal.KNOWLEDGE_DAY, Refusal.KNOWLEDGE_STALE, Refusal.KNOWLEDGE_STATE, Refusal.KNOWLEDGE_UNFIT})


def doors(room: Room) -> Sequence[Door]:
    """See console/operator/doors.py. Saving has the page's own address: who signs in again comes back to it."""
    saving, edit = _Saving(room, FaqPage(room)), Permission.EDIT_KNOWLEDGE
    return (
        Door("POST", FAQ_PAGE, edit, saving.save),
        Door("POST", FAQ_PAGE + "/preview", edit, saving.preview, is_by_itself=True),
        Door("POST", FAQ_PAGE + "/hints", edit, saving.hints, is_by_itself=True),
    )


@dataclass(frozen=True)
class Hinted:
    """What the form holds, and what is to say about it."""

    document: Document
    body: FaqBody
    problems: tuple[BodyProblem, ...]
    hints: FaqHints


@dataclass(frozen=True)
class _Saving:
    room: Room
    page: FaqPage

    async def save(self, visit: Visit) -> Response:
        """A draft may be incomplete; who was slower sees both texts and decides."""
        typed = typed_form(visit.form)
        try:
            path = await self.room.transactions.write(lambda connection: self._save(connection, visit, typed))
        except InvalidBodyError as error:
            return await self._again(visit, typed, RefusedError(Refusal.KNOWLEDGE_UNFIT), error.problems)
        except RefusedError as refused:
            return await self._again(visit, typed, refused)
        return self.room.pages.done(visit, path, self.room.editor.texts.said["saved"])

    async def preview(self, visit: Visit) -> Response:
        """What is in the form, as each channel would show it today."""
        typed = typed_form(visit.form)

        def work(connection: Connection) -> Response:
            document = entry_or_refuse(connection, visit)
            body = typed.body(_stored(draft_or_refuse(connection, document)))
            return self._part(visit, "faq_previews.html", answer=self.page.answer(connection, visit, body))

        return await self.room.transactions.read(work)

    async def hints(self, visit: Visit) -> Response:
        """What is wrong in the form, and which other documents say nearly the same."""
        typed = typed_form(visit.form)
        found = await self.room.transactions.read(lambda connection: self._hinted(connection, visit, typed))
        hints = await with_alike(found.hints, self.room.editor.workshop, found.body, found.document.name)
        return self._part(visit, "faq_hints.html", hints=hints, problems=found.problems)

    def _hinted(self, connection: Connection, visit: Visit, typed: FaqForm) -> Hinted:
        document = entry_or_refuse(connection, visit)
        stored = draft_or_refuse(connection, document)
        body, day = typed.body(_stored(stored)), vietnam_date(visit.now)
        problems = in_words(self._problems(connection, visit, typed), self.room.editor.texts)
        hints = hints_of(connection, document, body, day, self.room.editor.texts.units["dong"])
        return Hinted(document, body, problems, hints)

    def _save(self, connection: Connection, visit: Visit, typed: FaqForm) -> str:
        document = entry_or_refuse(connection, visit)
        stored = draft_or_refuse(connection, document)
        if stored.id != visit.form.number("version"):
            raise RefusedError(Refusal.KNOWLEDGE_STATE)
        days = typed_day(typed.live_from), typed_day(typed.live_to)
        notes = typed.change_note.strip(), typed.public_note.strip()
        changes = DraftChanges(typed.body(_stored(stored)), *days, *notes)
        with told():
            save_draft(connection, stored.id, revision_of(visit), changes, operator_actor(visit.operator.id), visit.now)
        return page_of(document, "" if is_from_script(visit.request) else "saved")

    async def _again(
        self, visit: Visit, typed: FaqForm, refused: RefusedError, problems: tuple[BodyProblem, ...] = ()
    ) -> Response:
        """The same page with what was typed. Raises RefusedError where there is no page to show."""
        if is_from_script(visit.request) or refused.refusal not in SHOWN:
            raise refused
        stored = await self.room.transactions.read(
            lambda connection: open_version(connection, entry_or_refuse(connection, visit).id)
        )
        theirs = stored if refused.refusal is Refusal.KNOWLEDGE_STALE else None
        body = FaqBody(question=typed.question, answer=typed.answer, next_steps=typed.next_steps)
        problems = await self._all_problems(visit, typed, problems) if problems else ()
        error = self.room.pages.texts.refused(refused)
        return await self.page.render(visit, FaqShowing(error, typed, body, theirs, problems, int(refused.status)))

    async def _all_problems(
        self, visit: Visit, typed: FaqForm, unfit: tuple[BodyProblem, ...]
    ) -> tuple[BodyProblem, ...]:
        """What kept it from being saved, and whatever else is wrong beside it: nobody mends one to meet the next."""
        found = await self.room.transactions.read(lambda connection: self._problems(connection, visit, typed))
        known = {(one.field, one.kind) for one in unfit}
        return (*unfit, *(one for one in found if (one.field, one.kind) not in known))

    def _problems(self, connection: Connection, visit: Visit, typed: FaqForm) -> tuple[BodyProblem, ...]:
        stored = draft_or_refuse(connection, entry_or_refuse(connection, visit))
        return problems_of(connection, as_typed(stored, typed), visit.now)

    def _part(self, visit: Visit, template: str, **context: object) -> Response:
        return self.room.pages.part(visit, template, labels=self.room.editor.texts, **context)


def entry_or_refuse(connection: Connection, visit: Visit) -> Document:
    """Of the address. Raises RefusedError."""
    document = find_document(connection, DocumentKind.FAQ, str(visit.request.path_params.get("key", "")))
    if document is None:
        raise RefusedError(Refusal.NOT_FOUND)
    return document


def draft_or_refuse(connection: Connection, document: Document) -> Version:
    """The open version. Raises RefusedError when nobody works on the document any more."""
    version = open_version(connection, document.id)
    if version is None:
        raise RefusedError(Refusal.KNOWLEDGE_STATE)
    return version


def as_typed(stored: Version, typed: FaqForm) -> Version:
    """The stored version as if the form were saved. Raises RefusedError for what is no day."""
    body = typed.body(_stored(stored))
    start, end = typed_day(typed.live_from), typed_day(typed.live_to)
    said = replace(stored, body=faq_to_json(body), review_by=body.review_by, title=body.question)
    return replace(said, live_from=start, live_to=end)


def _stored(version: Version) -> FaqBody:
    return faq_from_json(version.body)
