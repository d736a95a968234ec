"""Keeps imports: what was read, what a person changed in it, and when it ended."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, insert, select, update

from desk.audit import AuditAction, record
from editing.actor import Actor
from editing.errors import StaleError, WrongStateError
from editing.importing.imported import Notice, NoticeKind
from editing.importing.record import (
    NAME_CHARACTERS,
    Import,
    ImportKind,
    ImportRow,
    ImportState,
    knowledge_import_rows,
    knowledge_imports,
)
from editing.importing.refusal import RefusedFileError

_COLUMNS = tuple(column for column in knowledge_imports.c if column.name != "original")
_HAS_ORIGINAL = knowledge_imports.c.original.is_not(None).label("has_original")


@dataclass(frozen=True)
class BroughtFile:
    """As it came."""

    kind: ImportKind
    name: str
    data: bytes

    @property
    def digest(self) -> str:
        """SHA-256 of the bytes."""
        return hashlib.sha256(self.data).hexdigest()


@dataclass(frozen=True)
class NewRow:
    """See the columns of knowledge_import_rows."""

    place: int
    fields: Mapping[str, Any]
    faults: tuple[str, ...] = ()


def add_import(
    connection: Connection,
    brought: BroughtFile,
    media: str,
    notices: Sequence[Notice],
    rows: Iterable[NewRow],
    actor: Actor,
    now: datetime,
) -> int:
    """Its id. Nothing is in the base yet."""
    told = [{"kind": notice.kind.value, "values": [list(pair) for pair in notice.values]} for notice in notices]
    values = {"state": ImportState.READY.value, "media": media, "original": brought.data, "notices": told}
    import_id = _add(connection, brought, values, actor, now)
    listed = [{**asdict(row), "faults": list(row.faults), "import_id": import_id, "is_out": False} for row in rows]
    if listed:
        connection.execute(insert(knowledge_import_rows), listed)
    _audit(connection, import_id, "read", actor, now)
    return import_id


def note_refused(connection: Connection, refused: RefusedFileError, actor: Actor, now: datetime) -> None:
    """Only that a file was brought and why it was refused: it is no import, and nothing of it is kept."""
    detail: dict[str, str | int | bool | None] = {"what": "refused", "why": refused.refusal.value}
    record(connection, actor.name, AuditAction.KNOWLEDGE_IMPORTED, "import", detail, now)


def import_by_id(connection: Connection, import_id: int) -> Import | None:
    """None when there is none."""
    statement = select(*_COLUMNS, _HAS_ORIGINAL).where(knowledge_imports.c.id == import_id)
    row = connection.execute(statement).mappings().first()
    return None if row is None else _import(row)


def imports(connection: Connection, limit: int, before_id: int | None = None) -> tuple[Import, ...]:
    """The newest first."""
    statement = select(*_COLUMNS, _HAS_ORIGINAL).order_by(knowledge_imports.c.id.desc()).limit(limit)
    if before_id is not None:
        statement = statement.where(knowledge_imports.c.id < before_id)
    return tuple(_import(row) for row in connection.execute(statement).mappings())


def row_counts(connection: Connection, import_ids: Sequence[int]) -> Mapping[int, int]:
    """How many rows are not taken out, by import."""
    columns = knowledge_import_rows.c
    counted = select(columns.import_id, func.count()).where(columns.import_id.in_(import_ids), ~columns.is_out)
    return {row[0]: row[1] for row in connection.execute(counted.group_by(columns.import_id))}


def same_file(connection: Connection, found: Import) -> tuple[Import, ...]:
    """Earlier imports of the very same bytes."""
    columns = knowledge_imports.c
    statement = select(*_COLUMNS, _HAS_ORIGINAL).where(columns.digest == found.digest, columns.id < found.id)
    return tuple(_import(row) for row in connection.execute(statement.order_by(columns.id.desc()).limit(3)).mappings())


def original_of(connection: Connection, import_id: int) -> bytes | None:
    """None when it is not kept any more, or never was."""
    return connection.execute(
        select(knowledge_imports.c.original).where(knowledge_imports.c.id == import_id)
    ).scalar_one_or_none()


def rows_of_import(connection: Connection, import_id: int) -> tuple[ImportRow, ...]:
    """In the order of the file."""
    columns = knowledge_import_rows.c
    statement = select(knowledge_import_rows).where(columns.import_id == import_id).order_by(columns.place)
    return tuple(_row(row) for row in connection.execute(statement).mappings())


def row_of_import(connection: Connection, import_id: int, place: int) -> ImportRow | None:
    """None when there is none."""
    columns = knowledge_import_rows.c
    statement = select(knowledge_import_rows).where(columns.import_id == import_id, columns.place == place)
    row = connection.execute(statement).mappings().first()
    return None if row is None else _row(row)


def change_row(connection: Connection, import_id: int, place: int, revision: int, values: Mapping[str, Any]) -> None:
    """What a person changed about a row. Raises StaleError when another page did since `revision`, WrongStateError."""
    step_forward(connection, import_id, revision)
    columns = knowledge_import_rows.c
    where = (columns.import_id == import_id, columns.place == place)
    if not connection.execute(update(knowledge_import_rows).where(*where).values(dict(values))).rowcount:
        raise WrongStateError(f"import {import_id} has no row {place}")


def correct_row(
    connection: Connection, import_id: int, place: int, revision: int, values: Mapping[str, Any], actor: Actor
) -> None:
    """As `change_row`, of what a row says: the actor counts as one who wrote it."""
    change_row(connection, import_id, place, revision, values)
    columns = knowledge_import_rows.c
    where = (columns.import_id == import_id, columns.place == place)
    before = connection.execute(select(columns.corrected_by).where(*where)).scalar_one()
    if actor.operator_id is not None and actor.operator_id not in before:
        corrected = [*before, actor.operator_id]
        connection.execute(update(knowledge_import_rows).where(*where).values(corrected_by=corrected))


def note_alike(connection: Connection, import_id: int, compared: ImportRow, alike: Sequence[Mapping[str, Any]]) -> bool:
    """What is near to a row, as it was when it was compared; False, and nothing noted, where it says something else."""
    columns = knowledge_import_rows.c
    where = (columns.import_id == import_id, columns.place == compared.place)
    now = connection.execute(select(columns.fields).where(*where).with_for_update()).scalar_one_or_none()
    if now != compared.fields:
        return False
    note_row(connection, import_id, compared.place, {"alike": [dict(one) for one in alike]})
    return True


def note_row(connection: Connection, import_id: int, place: int, values: Mapping[str, Any]) -> None:
    """What we found out about a row ourselves."""
    columns = knowledge_import_rows.c
    where = (columns.import_id == import_id, columns.place == place)
    connection.execute(update(knowledge_import_rows).where(*where).values(dict(values)))


def step_forward(connection: Connection, import_id: int, revision: int) -> None:
    """Raises WrongStateError for an import that has ended, StaleError when it is not at that revision any more."""
    columns = knowledge_imports.c
    where = (columns.id == import_id, columns.state == ImportState.READY.value, columns.revision == revision)
    if connection.execute(update(knowledge_imports).where(*where).values(revision=revision + 1)).rowcount:
        return
    found = import_by_id(connection, import_id)
    if found is None or found.state is not ImportState.READY:
        raise WrongStateError(f"import {import_id} is {found.state.value if found else 'not there'}")
    raise StaleError(f"import {import_id} was changed since revision {revision}")


def end_import(
    connection: Connection, import_id: int, expected: ImportState, ended: ImportState, actor: Actor, now: datetime
) -> None:
    """Raises WrongStateError when it does not stand where it was expected."""
    columns = knowledge_imports.c
    values = {"state": ended.value, "ended_by": actor.operator_id, "ended_at": now}
    where = (columns.id == import_id, columns.state == expected.value)
    if not connection.execute(update(knowledge_imports).where(*where).values(values)).rowcount:
        raise WrongStateError(f"import {import_id} is not {expected.value}")
    _audit(connection, import_id, ended.value, actor, now)


def _add(connection: Connection, brought: BroughtFile, values: Mapping[str, Any], actor: Actor, now: datetime) -> int:
    known = {
        "kind": brought.kind.value,
        "file_name": brought.name[-NAME_CHARACTERS:],
        "size": len(brought.data),
        "digest": brought.digest,
        "revision": 1,
        "created_by": actor.operator_id or 0,
        "created_at": now,
    }
    adding = insert(knowledge_imports).values({**known, **values}).returning(knowledge_imports.c.id)
    return int(connection.execute(adding).scalar_one())


def _audit(connection: Connection, import_id: int, what: str, actor: Actor, now: datetime) -> None:
    record(connection, actor.name, AuditAction.KNOWLEDGE_IMPORTED, f"import:{import_id}", {"what": what}, now)


def _import(row: Mapping[Any, Any]) -> Import:
    notices = tuple(
        Notice(NoticeKind(each["kind"]), tuple((name, text) for name, text in each["values"]))
        for each in row["notices"]
    )
    fields = {column.name: row[column.name] for column in _COLUMNS}
    own = {"kind": ImportKind(row["kind"]), "state": ImportState(row["state"]), "notices": notices}
    return Import(**{**fields, **own, "has_original": bool(row["has_original"])})


def _row(row: Mapping[Any, Any]) -> ImportRow:
    alike = None if row["alike"] is None else tuple(row["alike"])
    names = ("place", "fields", "is_out", "version_id", "version_revision", "kept_because")
    faults, corrected = tuple(row["faults"]), tuple(row["corrected_by"])
    return ImportRow(**{name: row[name] for name in names}, faults=faults, alike=alike, corrected_by=corrected)
