"""The first import: an empty database takes over what the current snapshot serves."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, insert, select, text

from desk.database import reading, writing
from editing.actor import SYSTEM
from editing.bodies.body import columns_of
from editing.document import knowledge_documents
from editing.files.filed import FiledDocument
from editing.files.grouping import Filed, grouped
from editing.files.reading import read_content
from editing.history import Happened, Subject, note_all
from editing.pointer import pointed_at
from editing.release import ReleaseKind, ReleaseState
from editing.release_set import digest_of_wish
from editing.release_store import add_release
from editing.version import VersionState, knowledge_versions
from knowledge.errors import KnowledgeError
from knowledge.pointer import content_of

log = logging.getLogger(__name__)
ROWS_AT_ONCE = 500
_LOCK = text("LOCK TABLE knowledge_documents IN SHARE ROW EXCLUSIVE MODE")


def seed_if_empty(engine: Engine, index_folder: Path, content_folder: Path, now: datetime) -> int:
    """How many documents were taken over; 0 where there are some already, or no snapshot yet.

    Of two processes that do it at once, one waits and finds it done. Files that cannot be read are logged: citizens
    are answered from the snapshot all the same.
    """
    snapshot_id = pointed_at(index_folder)
    if snapshot_id is None or not _is_empty_in(engine):
        return 0
    kept = content_of(index_folder, snapshot_id)
    try:
        filed = grouped(read_content(kept if kept.is_dir() else content_folder))
    except KnowledgeError as error:
        log.error("the knowledge base was not taken into the database: %s", error)  # noqa: TRY400 - the text says it
        return 0
    with writing(engine) as connection:
        return take_over(connection, filed, snapshot_id, now)


def take_over(connection: Connection, filed: Mapping[str, Filed], snapshot_id: str, now: datetime) -> int:
    """Fills empty tables; the release that serves `snapshot_id` is live. 0 when somebody else was faster."""
    if connection.dialect.name == "postgresql":
        connection.execute(_LOCK)
    if not is_empty(connection):
        return 0
    _insert(connection, knowledge_documents, (_document_row(one, now) for one in filed.values()))
    columns = knowledge_documents.c
    ids = {f"{row.kind}/{row.key}": row.id for row in connection.execute(select(columns.id, columns.kind, columns.key))}
    numbers = {name: _numbers(one) for name, one in filed.items()}
    rows = (row for name, one in filed.items() for row in _version_rows(one, ids[name], numbers[name], now))
    _insert(connection, knowledge_versions, rows)
    note_all(connection, (Subject(ids[name]) for name in filed), Happened.IMPORTED, SYSTEM, now)
    _first_release(connection, numbers, snapshot_id, now)
    return len(filed)


def is_empty(connection: Connection) -> bool:
    """Whether the base has never been taken into this database."""
    return connection.execute(select(knowledge_documents.c.id).limit(1)).first() is None


def _is_empty_in(engine: Engine) -> bool:
    with reading(engine) as connection:
        return is_empty(connection)


def _document_row(filed: Filed, now: datetime) -> dict[str, Any]:
    first = filed.first
    named = {"kind": first.kind.value, "key": first.key, "file": first.file}
    return {**named, "place": first.place, "topic": first.topic, "file_digest": filed.digest, "created_at": now}


def _numbers(filed: Filed) -> tuple[int, ...]:
    """As the snapshot tells them; counted where it does not."""
    told = tuple(one.number for one in filed.periods)
    return told if all(told) and len(set(told)) == len(told) else tuple(range(1, len(told) + 1))


def _version_rows(filed: Filed, document_id: int, numbers: tuple[int, ...], now: datetime) -> Iterator[dict[str, Any]]:
    followers: list[FiledDocument | None] = [*filed.periods[1:], None]
    for one, number, follower in zip(filed.periods, numbers, followers, strict=True):
        yield {
            **columns_of(one.key, one.body),
            "document_id": document_id,
            "number": number,
            "state": VersionState.PUBLISHED.value,
            "revision": 1,
            "live_from": one.live_from,
            "live_to": one.live_to,
            "replaced_on": follower.live_from if follower else None,
            "created_at": now,
            "updated_at": now,
            "published_at": now,
        }


def _insert(connection: Connection, table: Any, rows: Iterable[dict[str, Any]]) -> None:
    waiting: list[dict[str, Any]] = []
    for row in rows:
        waiting.append(row)
        if len(waiting) == ROWS_AT_ONCE:
            connection.execute(insert(table), waiting)
            waiting = []
    if waiting:
        connection.execute(insert(table), waiting)


def _first_release(
    connection: Connection, numbers: Mapping[str, tuple[int, ...]], snapshot_id: str, now: datetime
) -> None:
    values = {
        "kind": ReleaseKind.FILES.value,
        "state": ReleaseState.LIVE.value,
        "snapshot_id": snapshot_id,
        "versions": {name: list(listed) for name, listed in numbers.items()},
        "changes": [],
        "digest": digest_of_wish(None, ()),
        "requested_by": SYSTEM.name,
        "requested_at": now,
        "ready_at": now,
        "published_by": SYSTEM.name,
        "published_at": now,
    }
    add_release(connection, values)
