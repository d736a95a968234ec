"""What waits to be read by another, and what waits to be published; page by page."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection

from console.editor.document_view import is_own_work
from console.operator.room import names_of_operators
from console.security.access import Visit
from editing.document import Document
from editing.documents import documents_by_id
from editing.rolling_back import is_taken_back
from editing.version import Version, VersionState
from editing.versions import count_versions, open_versions

PER_PAGE = 50


@dataclass(frozen=True)
class Waiting:
    """A version in the queue. `is_kept`: a copy of what was live until somebody went back to an earlier release."""

    document: Document
    version: Version
    author: str
    is_own: bool
    is_kept: bool


@dataclass(frozen=True)
class Queue:
    """One page of versions in one state, those that wait longest first; `name` turns its pages in the address."""

    name: str
    rows: tuple[Waiting, ...]
    total: int
    page: int

    @property
    def pages(self) -> int:
        """How many there are; at least one."""
        return max(1, -(-self.total // PER_PAGE))


@dataclass(frozen=True)
class Queues:
    """Both; each turns its own pages, and keeps that of the other."""

    submitted: Queue
    approved: Queue

    def at(self, queue: Queue, page: int) -> str:
        """Query of the address."""
        turned = {one.name: page if one is queue else one.page for one in (self.submitted, self.approved)}
        return "&".join(f"{name}={number}" for name, number in turned.items())


def read_queues(connection: Connection, visit: Visit) -> Queues:
    """Of the pages that the address names; what makes no sense is the first or the last."""
    return Queues(
        _queue(connection, visit, "page", VersionState.SUBMITTED),
        _queue(connection, visit, "approved", VersionState.APPROVED),
    )


def _queue(connection: Connection, visit: Visit, name: str, state: VersionState) -> Queue:
    total = count_versions(connection, state)
    typed = visit.query(name, 5)
    wanted = int(typed) if typed.isascii() and typed.isdecimal() else 1
    page = max(1, min(wanted, -(-total // PER_PAGE)))
    versions = open_versions(connection, state, PER_PAGE, (page - 1) * PER_PAGE)
    names, found = names_of_operators(connection), documents_by_id(connection, [one.document_id for one in versions])
    rows = (
        Waiting(
            document=found[version.document_id],
            version=version,
            author=names.get(version.author_id or 0, ""),
            is_own=is_own_work(connection, version, visit.operator),
            is_kept=is_taken_back(connection, version),
        )
        for version in versions
    )
    return Queue(name, tuple(rows), total, page)
