"""All versions of a document, what happened to it, and any two versions side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from fastapi import Response
from sqlalchemy import Connection

from console.editor.acts import document_or_refuse
from console.editor.differing import Compared, compare
from console.editor.document_view import DocumentView, page_of, view_of
from console.editor.list_filters import PAGE
from console.editor.texts import EditorTexts
from console.operator.room import Room
from console.security.access import Door, Visit
from desk.accounts.permissions import Permission
from desk.calendar.zone import vietnam_date
from editing.document import Document
from editing.history import KnowledgeEvent, events_of
from editing.version import Version
from editing.versions import versions_of


def doors(room: Room) -> Sequence[Door]:
    """See console/operator/doors.py."""
    return (Door("GET", PAGE + "/documents/{document}/history", Permission.READ_KNOWLEDGE, _History(room).show),)


@dataclass(frozen=True)
class EventLine:
    """`number` is that of the version it is about, None where it is about the document."""

    event: KnowledgeEvent
    who: str
    number: int | None


@dataclass(frozen=True)
class HistoryView:
    """`compared` are the versions that the address names, else the newest and the one before."""

    at: DocumentView
    versions: tuple[Version, ...]
    lines: tuple[EventLine, ...]
    compared: Compared | None


@dataclass(frozen=True)
class _History:
    room: Room

    async def show(self, visit: Visit) -> Response:
        view = await self.room.transactions.read(lambda connection: self._read(connection, visit))
        return self.room.pages.page(
            visit,
            "history_page.html",
            view=view,
            at=view.at,
            labels=self.room.editor.texts,
            today=vietnam_date(visit.now),
            back=page_of(view.at.document),
        )

    def _read(self, connection: Connection, visit: Visit) -> HistoryView:
        document = document_or_refuse(connection, visit)
        at, versions = view_of(connection, visit, document), versions_of(connection, document.id)
        numbers = {version.id: version.number for version in versions}
        lines = tuple(
            EventLine(event, self._who(event, at.names), numbers.get(event.version_id or 0))
            for event in reversed(events_of(connection, document.id))
        )
        return HistoryView(at, versions, lines, compared(document, versions, visit, self.room.editor.texts))

    def _who(self, event: KnowledgeEvent, names: Mapping[int, str]) -> str:
        return self.room.editor.texts.actor(event.actor, names)


def compared(document: Document, versions: tuple[Version, ...], visit: Visit, texts: EditorTexts) -> Compared | None:
    """None where there is nothing to compare with."""
    by_number = {str(version.number): version for version in versions}
    after = by_number.get(visit.query("after", 9)) or versions[0]
    before = by_number.get(visit.query("before", 9)) or by_number.get(str(after.number - 1))
    return compare(document, before, after, texts) if before is not None and before.id != after.id else None
