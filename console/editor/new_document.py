"""A new entry or parameter: as little as is needed to have a page, where the rest is written."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from fastapi import Response
from sqlalchemy import Connection

from console.editor.document_view import page_of
from console.editor.list_filters import PAGE
from console.editor.refusing import told
from console.operator.room import Room
from console.security.access import Door, Visit, is_from_script
from console.security.refusal import Refusal, RefusedError
from console.supervisor.fields import one_line
from desk.accounts.permissions import Permission
from editing.actor import operator_actor
from editing.bodies.faq import FaqBody
from editing.bodies.parameter import ParameterBody
from editing.document import KEY_CHARACTERS, TOPIC_CHARACTERS, Document, DocumentKind
from editing.documents import existing_document, find_document, topics
from editing.drafting import NewFaq, new_faq, new_parameter
from editing.errors import InvalidBodyError
from editing.keys import is_key
from knowledge.faqs.entry import MAX_QUESTION_CHARACTERS
from knowledge.faqs.parameters import Unit

NEW = PAGE + "/new"
NOTHING: Mapping[str, str] = MappingProxyType({})


def doors(room: Room) -> Sequence[Door]:
    """See console/operator/doors.py."""
    new, edit = _New(room), Permission.EDIT_KNOWLEDGE
    return (
        Door("GET", NEW, edit, new.show),
        Door("POST", NEW, edit, new.entry),
        Door("POST", NEW + "/parameter", edit, new.parameter),
    )


@dataclass(frozen=True)
class _New:
    room: Room

    async def show(self, visit: Visit) -> Response:
        return await self._page(visit, "", NOTHING)

    async def entry(self, visit: Visit) -> Response:
        """The question and its topic; the key is made from the question unless it is given."""

        def work(connection: Connection) -> Document:
            question = _needed(visit, "question", MAX_QUESTION_CHARACTERS, Refusal.KNOWLEDGE_QUESTION)
            topic, key = (
                _needed(visit, "topic", TOPIC_CHARACTERS, Refusal.KNOWLEDGE_TOPIC),
                visit.form.text("key").strip(),
            )
            if key:
                refuse_key(connection, DocumentKind.FAQ, key)
            new = NewFaq(topic, FaqBody(question=question), key, visit.operator.id)
            with told():
                made = new_faq(connection, new, operator_actor(visit.operator.id), visit.now)
            return existing_document(connection, made.document_id)

        return await self._made(visit, work)

    async def parameter(self, visit: Visit) -> Response:
        """Answers name it by its key."""

        def work(connection: Connection) -> Document:
            name, unit = visit.form.text("name").strip(), visit.form.text("unit")
            title = _needed(visit, "title", TOPIC_CHARACTERS, Refusal.KNOWLEDGE_QUESTION)
            refuse_key(connection, DocumentKind.PARAMETER, name)
            body = ParameterBody(title, unit if unit in set(Unit) else Unit.DONG.value)
            with told():
                made = new_parameter(connection, name, body, operator_actor(visit.operator.id), visit.now)
            return existing_document(connection, made.document_id)

        return await self._made(visit, work)

    async def _made(self, visit: Visit, work: Callable[[Connection], Document]) -> Response:
        try:
            document = await self.room.transactions.write(work)
        except (RefusedError, InvalidBodyError) as error:
            refused = error if isinstance(error, RefusedError) else RefusedError(Refusal.KNOWLEDGE_UNFIT)
            if is_from_script(visit.request):
                raise refused from error
            return await self._page(visit, self.room.pages.texts.refused(refused), visit.form.fields, refused.status)
        return self.room.pages.done(visit, page_of(document, "created"), self.room.editor.texts.said["created"])

    async def _page(self, visit: Visit, error: str, typed: Mapping[str, str], status: int = 200) -> Response:
        known = await self.room.transactions.read(topics)
        labels = self.room.editor.texts
        context = {"topics": known, "error": error, "typed": typed, "labels": labels, "units": tuple(Unit)}
        return self.room.pages.page(visit, "knowledge_new.html", status, **context)


def refuse_key(connection: Connection, kind: DocumentKind, key: str) -> None:
    """Raises RefusedError for a key that is none, or that another document has."""
    if not is_key(kind, key):
        raise RefusedError(Refusal.KNOWLEDGE_KEY, {"limit": KEY_CHARACTERS})
    if find_document(connection, kind, key) is not None:
        raise RefusedError(Refusal.KNOWLEDGE_KEY_TAKEN)


def _needed(visit: Visit, field: str, limit: int, refusal: Refusal) -> str:
    line = one_line(visit.form.text(field))
    if not line or len(line) > limit:
        raise RefusedError(refusal, {"limit": limit})
    return line
