"""Documents that must be looked at again because the law under them changed.

A flag is settled by a version that was published after it, or by somebody who says, with a reason, that the document
is still right.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    ForeignKey,
    Index,
    Integer,
    Row,
    Select,
    Table,
    Text,
    UniqueConstraint,
    exists,
    func,
    select,
    update,
)

from desk.database import RowId, UtcDateTime, insert_if_absent, metadata
from editing.document import Document, DocumentKind, knowledge_documents
from editing.relations.law import knowledge_laws
from editing.relations.relation import Relation, knowledge_relations, relation_from
from editing.version import knowledge_versions

knowledge_flags = Table(
    "knowledge_flags",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("document_id", ForeignKey(knowledge_documents.c.id), nullable=False),
    Column("relation_id", ForeignKey(knowledge_relations.c.id), nullable=False),
    Column("opened_at", UtcDateTime, nullable=False),
    Column("settled_at", UtcDateTime),
    Column("settled_by", Integer),
    Column("settled_note", Text, nullable=False, server_default=""),
    UniqueConstraint("document_id", "relation_id"),
)
_unsettled = knowledge_flags.c.settled_at.is_(None)
Index("ix_knowledge_flags_open", knowledge_flags.c.document_id, postgresql_where=_unsettled, sqlite_where=_unsettled)


@dataclass(frozen=True)
class Flag:
    """`law` is the text that changed what the document rests on, as cited."""

    id: int
    document_id: int
    relation: Relation
    law: str
    opened_at: datetime


@dataclass(frozen=True)
class FlaggedDocument:
    """A document and why it must be looked at; `title` of its published version."""

    document: Document
    title: str
    flag: Flag


def open_flag(connection: Connection, document_id: int, relation_id: int, now: datetime) -> bool:
    """False when this relation has flagged the document before, settled or not."""
    values = {"document_id": document_id, "relation_id": relation_id, "opened_at": now}
    return insert_if_absent(connection, knowledge_flags, values) is not None


def open_flags(connection: Connection, document_ids: Collection[int]) -> Mapping[int, tuple[Flag, ...]]:
    """By document, the oldest first; a document without an open one is not there."""
    return _by_document(connection.execute(_open().where(knowledge_flags.c.document_id.in_(document_ids))))


def count_open_flags(connection: Connection) -> int:
    """How many documents must be looked at."""
    distinct = func.count(knowledge_flags.c.document_id.distinct())
    return int(connection.execute(select(distinct).where(is_open())).scalar_one())


def flagged_document_ids(connection: Connection) -> frozenset[int]:
    """For a filter of a list."""
    return frozenset(connection.execute(select(knowledge_flags.c.document_id).where(is_open())).scalars())


def flagged(connection: Connection, limit: int, law_id: int | None = None) -> tuple[FlaggedDocument, ...]:
    """What must be looked at, the earliest day of change first; of one law where it is given."""
    statement = _open(knowledge_documents, _title()).join(
        knowledge_documents, knowledge_documents.c.id == knowledge_flags.c.document_id
    )
    if law_id is not None:
        statement = statement.where(knowledge_relations.c.law_id == law_id)
    ordered = statement.order_by(None).order_by(knowledge_relations.c.valid_from, knowledge_flags.c.id).limit(limit)
    return tuple(_flagged(row) for row in connection.execute(ordered))


def flag_by_id(connection: Connection, flag_id: int) -> Flag | None:
    """None when there is none that is open."""
    row = connection.execute(_open().where(knowledge_flags.c.id == flag_id)).one_or_none()
    return None if row is None else _flag(row)


def settle_flag(connection: Connection, flag_id: int, operator_id: int, note: str, now: datetime) -> bool:
    """Somebody says why the document is right as it stands. False when it is open no more."""
    mine = update(knowledge_flags).where(knowledge_flags.c.id == flag_id, is_open())
    values = {"settled_at": now, "settled_by": operator_id, "settled_note": note}
    return bool(connection.execute(mine.values(values)).rowcount)


def drop_flags_of(connection: Connection, relation_id: int, operator_id: int, note: str, now: datetime) -> int:
    """The relation does not hold: nothing needs a look for it. How many were open."""
    mine = update(knowledge_flags).where(knowledge_flags.c.relation_id == relation_id, _unsettled)
    return connection.execute(mine.values(settled_at=now, settled_by=operator_id, settled_note=note)).rowcount


def is_open() -> ColumnElement[bool]:
    """Not settled by anybody, and no version was published since."""
    versions = knowledge_versions.c
    renewed = exists().where(
        versions.document_id == knowledge_flags.c.document_id, versions.published_at > knowledge_flags.c.opened_at
    )
    return _unsettled & ~renewed


def _open(*more: Table | ColumnElement[str]) -> Select[tuple[object, ...]]:
    columns = (knowledge_flags, knowledge_relations, knowledge_laws.c.document.label("law"), *more)
    return (
        select(*columns)
        .join(knowledge_relations, knowledge_relations.c.id == knowledge_flags.c.relation_id)
        .join(knowledge_laws, knowledge_laws.c.id == knowledge_relations.c.law_id)
        .where(is_open())
        .order_by(knowledge_flags.c.id)
    )


def _title() -> ColumnElement[str]:
    versions = knowledge_versions.c
    newest = (
        select(versions.title)
        .where(versions.document_id == knowledge_flags.c.document_id)
        .order_by(versions.published_at.is_(None), versions.number.desc())
        .limit(1)
        .scalar_subquery()
    )
    return func.coalesce(newest, "").label("version_title")


def _by_document(rows: Iterable[Row[tuple[object, ...]]]) -> Mapping[int, tuple[Flag, ...]]:
    found: dict[int, tuple[Flag, ...]] = {}
    for flag in map(_flag, rows):
        found[flag.document_id] = (*found.get(flag.document_id, ()), flag)
    return found


def _flag(row: Row[tuple[object, ...]]) -> Flag:
    fields, columns = row._mapping, knowledge_flags.c
    relation = relation_from(row)
    return Flag(fields[columns.id], fields[columns.document_id], relation, fields["law"], fields[columns.opened_at])


def _flagged(row: Row[tuple[object, ...]]) -> FlaggedDocument:
    fields, columns = row._mapping, knowledge_documents.c
    names = ("id", "kind", "key", "file", "place", "topic", "owner_id", "created_at")
    known = {name: fields[columns[name]] for name in names}
    document = Document(**{**known, "kind": DocumentKind(known["kind"])})
    return FlaggedDocument(document, fields["version_title"], _flag(row))
