"""Versions that begin to be served on a day of their own: what is ready for that day, and what is still written."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, select

from editing.document import DocumentKind, knowledge_documents, name_of
from editing.version import OPEN, VersionState, knowledge_versions

_SHOWN = (*(state.value for state in OPEN), VersionState.PUBLISHED.value)


@dataclass(frozen=True)
class Scheduled:
    """`state` as stored: a published one begins by itself, the others have to be approved and published before."""

    kind: DocumentKind
    key: str
    title: str
    number: int
    state: VersionState

    @property
    def name(self) -> str:
        """As editing.document.Document.name."""
        return name_of(self.kind, self.key)


def scheduled_for(connection: Connection, day: date) -> tuple[Scheduled, ...]:
    """Those whose first day it is, by document."""
    documents, versions = knowledge_documents.c, knowledge_versions.c
    statement = (
        select(documents.kind, documents.key, versions.title, versions.number, versions.state)
        .join(knowledge_versions, versions.document_id == documents.id)
        .where(versions.live_from == day, versions.state.in_(_SHOWN))
        .order_by(documents.id, versions.number)
    )
    return tuple(
        Scheduled(DocumentKind(row.kind), row.key, row.title, row.number, VersionState(row.state))
        for row in connection.execute(statement)
    )
