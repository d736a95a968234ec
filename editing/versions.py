"""Finds versions and changes them under the condition that they still are as they were seen."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, func, insert, or_, select, update
from sqlalchemy.sql.base import ReadOnlyColumnCollection

from editing.document import knowledge_documents
from editing.errors import StaleError, WrongStateError
from editing.version import OPEN, Version, VersionState, knowledge_versions

Columns = ReadOnlyColumnCollection[str, Any]
"""Of the table, or of an alias of it."""
IDS_AT_ONCE = 500
_COLUMNS = tuple(column for column in knowledge_versions.c if column.name != "search_text")


def version_by_id(connection: Connection, version_id: int) -> Version | None:
    """None when there is none."""
    return _one(connection, select(*_COLUMNS).where(knowledge_versions.c.id == version_id))


def version_by_number(connection: Connection, document_id: int, number: int) -> Version | None:
    """None when there is none."""
    columns = knowledge_versions.c
    return _one(connection, select(*_COLUMNS).where(columns.document_id == document_id, columns.number == number))


def versions_of(connection: Connection, document_id: int) -> tuple[Version, ...]:
    """The newest first."""
    columns = knowledge_versions.c
    statement = select(*_COLUMNS).where(columns.document_id == document_id).order_by(columns.number.desc())
    return versions_from(connection, statement)


def versions_by_id(connection: Connection, version_ids: Iterable[int]) -> tuple[Version, ...]:
    """Those that are there, by id."""
    columns = knowledge_versions.c
    statement = select(*_COLUMNS).where(columns.id.in_(list(version_ids))).order_by(columns.id)
    return versions_from(connection, statement)


def live_version(connection: Connection, document_id: int, day: date) -> Version | None:
    """What is served on that day; None before the first, after the last, and between two."""
    columns = knowledge_versions.c
    statement = select(*_COLUMNS).where(columns.document_id == document_id, is_served(columns, day))
    return _one(connection, statement.order_by(columns.number.desc()).limit(1))


def open_version(connection: Connection, document_id: int) -> Version | None:
    """The one draft, whatever its state before it is published; None when nobody works on the document."""
    columns = knowledge_versions.c
    return _one(connection, select(*_COLUMNS).where(columns.document_id == document_id, is_open(columns)))


def published_versions(connection: Connection, document_id: int) -> tuple[Version, ...]:
    """Served today, later or formerly, but neither superseded nor withdrawn; in the order of their days."""
    columns = knowledge_versions.c
    state = columns.state == VersionState.PUBLISHED.value
    statement = select(*_COLUMNS).where(columns.document_id == document_id, state).order_by(columns.number)
    return tuple(sorted(versions_from(connection, statement), key=lambda one: one.live_from or date.min))


def open_versions(
    connection: Connection, state: VersionState, limit: int | None = None, after: int = 0
) -> tuple[Version, ...]:
    """All in one of the open states, those that wait longest first; or a page of them, after so many."""
    columns = knowledge_versions.c
    statement = select(*_COLUMNS).where(columns.state == state.value).order_by(columns.updated_at, columns.id)
    return versions_from(connection, statement.limit(limit).offset(after) if limit is not None else statement)


def count_versions(connection: Connection, state: VersionState) -> int:
    """How many stand in a state."""
    counted = select(func.count()).where(knowledge_versions.c.state == state.value)
    return int(connection.execute(counted).scalar_one())


def open_versions_of(connection: Connection, document_ids: Iterable[int]) -> Mapping[int, Version]:
    """By document; one on which nobody works is not there."""
    columns = knowledge_versions.c
    found: dict[int, Version] = {}
    ids = list(document_ids)
    for start in range(0, len(ids), IDS_AT_ONCE):
        mine = columns.document_id.in_(ids[start : start + IDS_AT_ONCE])
        rows = versions_from(connection, select(*_COLUMNS).where(mine, is_open(columns)))
        found |= {version.document_id: version for version in rows}
    return found


def versions_from(connection: Connection, statement: Select[Any]) -> tuple[Version, ...]:
    """Of a statement that selects the columns of `Version`."""
    return tuple(version_from(row) for row in connection.execute(statement).mappings())


def version_from(row: Mapping[Any, Any]) -> Version:
    """From a row of the table, by the names of its columns."""
    fields = {column.name: row[column.name] for column in _COLUMNS}
    return Version(**{**fields, "state": VersionState(fields["state"])})


def is_open(columns: Columns) -> ColumnElement[bool]:
    """Condition on the table or an alias of it."""
    state: ColumnElement[str] = columns["state"]
    return state.in_([one.value for one in OPEN])


def is_served(columns: Columns, day: date) -> ColumnElement[bool]:
    """The same as `Version.standing(day)` being live."""
    start, end, follower = columns["live_from"], columns["live_to"], columns["replaced_on"]
    return and_(
        columns["state"] == VersionState.PUBLISHED.value,
        or_(start.is_(None), start <= day),
        or_(end.is_(None), end >= day),
        or_(follower.is_(None), follower > day),
    )


def add_version(connection: Connection, values: Mapping[str, Any]) -> Version:
    """A new row. The database refuses a second open version of the same document."""
    added = connection.execute(insert(knowledge_versions).values(dict(values)).returning(knowledge_versions.c.id))
    version = version_by_id(connection, added.scalar_one())
    assert version is not None
    return version


def change_version(
    connection: Connection, seen: Version, expected: Iterable[VersionState], values: Mapping[str, Any]
) -> Version:
    """Changes the row if it still is as `seen`. Raises WrongStateError, or StaleError when another was faster."""
    allowed = tuple(expected)
    if seen.state not in allowed:
        raise WrongStateError(f"version {seen.id} is {seen.state.value}")
    columns = knowledge_versions.c
    same = (columns.id == seen.id, columns.revision == seen.revision, columns.state == seen.state.value)
    if not connection.execute(update(knowledge_versions).where(*same).values(dict(values))).rowcount:
        raise StaleError(f"version {seen.id} was changed since revision {seen.revision}")
    changed = version_by_id(connection, seen.id)
    if changed is None:
        raise StaleError(f"version {seen.id} is gone")
    return changed


def lock_document(connection: Connection, document_id: int) -> None:
    """Others who begin a draft of the same document wait until this transaction ends."""
    row = select(knowledge_documents.c.id).where(knowledge_documents.c.id == document_id).with_for_update()
    connection.execute(row)


def existing(version: Version | None, version_id: int) -> Version:
    """Raises WrongStateError when there is none."""
    if version is None:
        raise WrongStateError(f"there is no version {version_id}")
    return version


def _one(connection: Connection, statement: Select[Any]) -> Version | None:
    row = connection.execute(statement).mappings().first()
    return None if row is None else version_from(row)
