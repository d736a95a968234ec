"""Finds releases and changes them under the condition that they still are as they were seen."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, Select, insert, select, update

from editing.errors import OutdatedError, WrongStateError
from editing.release import Release, ReleaseKind, ReleaseState, knowledge_releases

UNFINISHED = (ReleaseState.REQUESTED, ReleaseState.BUILDING, ReleaseState.READY)


def release_by_id(connection: Connection, release_id: int) -> Release | None:
    """None when there is none."""
    return _one(connection, select(knowledge_releases).where(knowledge_releases.c.id == release_id))


def live_release(connection: Connection) -> Release | None:
    """What the action servers are to serve; None before the first import."""
    state = knowledge_releases.c.state == ReleaseState.LIVE.value
    return _one(connection, select(knowledge_releases).where(state))


def releases(
    connection: Connection,
    limit: int,
    states: Iterable[ReleaseState] | None = None,
    kinds: Iterable[ReleaseKind] | None = None,
    before_id: int | None = None,
) -> tuple[Release, ...]:
    """The newest first; `before_id` is the last one of the page before."""
    columns = knowledge_releases.c
    statement = select(knowledge_releases).order_by(columns.id.desc()).limit(limit)
    if states is not None:
        statement = statement.where(columns.state.in_([state.value for state in states]))
    if kinds is not None:
        statement = statement.where(columns.kind.in_([kind.value for kind in kinds]))
    if before_id is not None:
        statement = statement.where(columns.id < before_id)
    return tuple(_release(row) for row in connection.execute(statement).mappings())


def forced_releases(connection: Connection, limit: int) -> tuple[Release, ...]:
    """Those that went live without everybody's approval, with their reasons; the newest first."""
    columns = knowledge_releases.c
    statement = select(knowledge_releases).where(columns.is_forced).order_by(columns.id.desc()).limit(limit)
    return tuple(_release(row) for row in connection.execute(statement).mappings())


def releases_of_digest(connection: Connection, digest: str) -> tuple[Release, ...]:
    """Of the same set on the same base, the newest first."""
    columns = knowledge_releases.c
    statement = select(knowledge_releases).where(columns.digest == digest).order_by(columns.id.desc())
    return tuple(_release(row) for row in connection.execute(statement).mappings())


def newest_with(
    connection: Connection, kind: ReleaseKind, version_id: int, limit: int, base_id: int | None = None
) -> tuple[int, ...]:
    """Ids of those that change this version, the newest first. Reads no more of each than what it changes.

    With `base_id` only of those made on it, however many were made since; without it the newest 200 are looked at.
    """
    columns = knowledge_releases.c
    statement = select(columns.id, columns.changes).where(columns.kind == kind.value).order_by(columns.id.desc())
    looked_at = statement.limit(_LOOKED_AT) if base_id is None else statement.where(columns.base_id == base_id)
    rows = connection.execute(looked_at)
    found = (row.id for row in rows if any(change.get("version_id") == version_id for change in row.changes))
    return tuple(found)[:limit]


_LOOKED_AT = 200


def add_release(connection: Connection, values: Mapping[str, Any]) -> Release:
    """A new row."""
    added = connection.execute(insert(knowledge_releases).values(dict(values)).returning(knowledge_releases.c.id))
    return existing_release(connection, added.scalar_one())


def existing_release(connection: Connection, release_id: int) -> Release:
    """Raises WrongStateError when there is none."""
    found = release_by_id(connection, release_id)
    if found is None:
        raise WrongStateError(f"there is no release {release_id}")
    return found


def change_release(connection: Connection, seen: Release, values: Mapping[str, Any]) -> Release:
    """Changes the row if its state still is as `seen`. Raises OutdatedError when another was faster."""
    columns = knowledge_releases.c
    same = (columns.id == seen.id, columns.state == seen.state.value)
    if not connection.execute(update(knowledge_releases).where(*same).values(dict(values))).rowcount:
        raise OutdatedError(f"release {seen.id} is {seen.state.value} no more")
    return existing_release(connection, seen.id)


def outdate_others(connection: Connection, live_id: int) -> None:
    """What was built, or is being built, on another base than this one can go live no more."""
    columns = knowledge_releases.c
    unfinished = columns.state.in_([state.value for state in UNFINISHED])
    other = (columns.id != live_id, columns.base_id.is_distinct_from(live_id))
    values = {"state": ReleaseState.OUTDATED.value}
    connection.execute(update(knowledge_releases).where(unfinished, *other).values(values))


def _release(row: Mapping[Any, Any]) -> Release:
    versions = {name: tuple(numbers) for name, numbers in row["versions"].items()}
    typed = {"kind": ReleaseKind(row["kind"]), "state": ReleaseState(row["state"]), "versions": versions}
    fields = {field.name: row[field.name] for field in dataclasses.fields(Release)}
    return Release(**{**fields, **typed, "changes": tuple(row["changes"])})


def _one(connection: Connection, statement: Select[Any]) -> Release | None:
    row = connection.execute(statement).mappings().first()
    return None if row is None else _release(row)
