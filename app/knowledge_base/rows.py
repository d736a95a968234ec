"""What `bhxh knowledge list` and `history` show, a row each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from sqlalchemy import Connection

from app.failures import CommandError
from editing.documents import DocumentFilter, Listed, documents, find_named
from editing.history import events_of
from editing.pointer import has_snapshot
from editing.release_store import releases
from editing.version import OPEN
from editing.versions import versions_of

PAGE = 500
MOST_RELEASES = 50


@dataclass(frozen=True)
class DocumentRow:
    """`version` is the one served today, 0 for none; `draft` the state of the open one, empty for none."""

    document: str
    version: int
    draft: str
    review_by: date | None
    title: str


@dataclass(frozen=True)
class ReleaseRow:
    """`snapshot` is empty until built; `on_disk` says whether one can go back to it at once."""

    release: int
    state: str
    kind: str
    changes: int
    snapshot: str
    on_disk: bool
    published_at: datetime | None
    published_by: str
    forced: bool
    reason: str


@dataclass(frozen=True)
class VersionRow:
    """One version of a document."""

    version: int
    state: str
    live_from: date | None
    live_to: date | None
    author: str
    updated_at: datetime
    published_at: datetime | None
    title: str


@dataclass(frozen=True)
class EventRow:
    """One step; `version` is 0 for what is about the document as a whole."""

    at: datetime
    event: str
    version: int
    actor: str
    note: str


def document_rows(connection: Connection, day: date, *, drafts: bool) -> tuple[DocumentRow, ...]:
    """All documents that are served or drafted; only those with a draft on wish."""
    found = (one for one in _all(connection, day) if one.open or (one.live and not drafts))
    return tuple(_row(one) for one in found)


def release_rows(connection: Connection, index: Path) -> tuple[ReleaseRow, ...]:
    """The newest first."""
    return tuple(
        ReleaseRow(
            one.id,
            one.state.value,
            one.kind.value,
            len(one.changes),
            one.snapshot_id or "",
            has_snapshot(index, one.snapshot_id),
            one.published_at,
            one.published_by or "",
            one.is_forced,
            one.reason,
        )
        for one in releases(connection, MOST_RELEASES)
    )


def history_rows(connection: Connection, name: str) -> tuple[tuple[VersionRow, ...], tuple[EventRow, ...]]:
    """Versions, the newest first, and what happened, in order. Raises CommandError for an unknown document."""
    document = find_named(connection, name)
    if document is None:
        raise CommandError(f"there is no document {name}; names are like faq/thai-san-dieu-kien")
    versions = versions_of(connection, document.id)
    numbers = {version.id: version.number for version in versions}
    shown = tuple(
        VersionRow(
            one.number,
            one.state.value,
            one.live_from,
            one.live_to,
            f"operator:{one.author_id}" if one.author_id else "files",
            one.updated_at,
            one.published_at,
            one.title,
        )
        for one in versions
    )
    events = events_of(connection, document.id)
    told = (EventRow(one.at, one.event, numbers.get(one.version_id or 0, 0), one.actor, one.note) for one in events)
    return shown, tuple(told)


def _all(connection: Connection, day: date) -> Iterable[Listed]:
    done = 0
    while page := documents(connection, DocumentFilter(day), PAGE, done):
        yield from page
        done += len(page)


def _row(listed: Listed) -> DocumentRow:
    shown, opened = listed.shown, listed.open
    number = listed.live.number if listed.live else 0
    state = opened.state.value if opened and opened.state in OPEN else ""
    return DocumentRow(listed.document.name, number, state, shown.review_by, shown.title)
