"""Finds, adds and lists documents."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, Select, Subquery, and_, case, false, func, insert, or_, select, true, update
from sqlalchemy.sql import ColumnElement
from sqlalchemy.sql.selectable import NamedFromClause

from desk.audit import AuditAction, record
from editing.actor import Actor
from editing.document import Document, DocumentKind, knowledge_documents
from editing.errors import WrongStateError
from editing.folding import folded
from editing.history import Happened, Subject, note
from editing.version import Standing, Version, VersionState, knowledge_versions
from editing.versions import IDS_AT_ONCE, is_open, is_served, version_from
from vietnamese.keys import plain_key


class DocumentOrder(StrEnum):
    """How a list is sorted; the second key is always the document's place in its file."""

    TOPIC = "topic"
    TITLE = "title"
    CHANGED = "changed"  # the newest first
    REVIEW_BY = "review_by"  # the soonest first


@dataclass(frozen=True)
class DocumentFilter:
    """Empty and None leave a field open. Days are compared with what is served on `day`, or else with the draft."""

    day: date
    text: str = ""
    kind: DocumentKind | None = None
    standing: Standing | None = None
    topic: str | None = None
    owner_id: int | None = None
    review_until: date | None = None
    expires_until: date | None = None
    not_written_by: int | None = None
    """With standing SUBMITTED: what this operator may review. Only the one who began it is left out here."""
    names: tuple[str, ...] | None = None
    """Only these keys, of any kind; used for flags that another table holds."""
    order: DocumentOrder = DocumentOrder.TOPIC


@dataclass(frozen=True)
class Listed:
    """`live` is served on the filter's day, `open` is the draft beside it; `newest` is there where both are None."""

    document: Document
    live: Version | None
    open: Version | None
    newest: Version

    @property
    def shown(self) -> Version:
        """Whose title stands in the list."""
        return self.live or self.open or self.newest


def find_document(connection: Connection, kind: DocumentKind, key: str) -> Document | None:
    """None when there is none."""
    columns = knowledge_documents.c
    return _one(connection, select(knowledge_documents).where(columns.kind == kind.value, columns.key == key))


def find_named(connection: Connection, name: str) -> Document | None:
    """By `Document.name`; None also for what is no such name."""
    kind, _, key = name.partition("/")
    return find_document(connection, DocumentKind(kind), key) if kind in set(DocumentKind) else None


def document_by_id(connection: Connection, document_id: int) -> Document | None:
    """None when there is none."""
    return _one(connection, select(knowledge_documents).where(knowledge_documents.c.id == document_id))


def documents_by_id(connection: Connection, document_ids: Iterable[int]) -> Mapping[int, Document]:
    """Those that are there."""
    found: dict[int, Document] = {}
    ids = sorted(set(document_ids))
    for start in range(0, len(ids), IDS_AT_ONCE):
        mine = knowledge_documents.c.id.in_(ids[start : start + IDS_AT_ONCE])
        rows = connection.execute(select(knowledge_documents).where(mine)).mappings()
        found |= {row["id"]: document_from(row) for row in rows}
    return found


def existing_document(connection: Connection, document_id: int) -> Document:
    """Raises WrongStateError when there is none."""
    found = document_by_id(connection, document_id)
    if found is None:
        raise WrongStateError(f"there is no document {document_id}")
    return found


def add_document(connection: Connection, kind: DocumentKind, key: str, file: str, topic: str, now: datetime) -> int:
    """Its id; it stands last in its file. Raises IntegrityError when the key is taken: look first."""
    columns = knowledge_documents.c
    last = connection.execute(select(func.max(columns.place)).where(columns.kind == kind.value, columns.file == file))
    values = {"kind": kind.value, "key": key, "file": file, "topic": topic, "created_at": now}
    place = (last.scalar() or 0) + 1
    adding = insert(knowledge_documents).values(**values, place=place).returning(columns.id)
    return int(connection.execute(adding).scalar_one())


def set_owner(connection: Connection, document_id: int, owner_id: int | None, actor: Actor, now: datetime) -> None:
    """Who answers for it from now on. Nothing happens for a document that is not there."""
    statement = update(knowledge_documents).where(knowledge_documents.c.id == document_id).values(owner_id=owner_id)
    if connection.execute(statement).rowcount:
        subject = Subject(document_id)
        note(connection, subject, Happened.OWNER_CHANGED, actor, now, str(owner_id) if owner_id else "")
        name = existing_document(connection, document_id).name
        detail = {"step": Happened.OWNER_CHANGED.value, "owner": owner_id}
        record(connection, actor.name, AuditAction.KNOWLEDGE_EDITED, f"knowledge:{name}", detail, now)


def topics(connection: Connection) -> tuple[str, ...]:
    """Of all entries, by name."""
    column = knowledge_documents.c.topic
    return tuple(connection.execute(select(column).where(column != "").distinct().order_by(column)).scalars())


def documents(
    connection: Connection, wanted: DocumentFilter, limit: int, after: int | None = None
) -> tuple[Listed, ...]:
    """A page of the list; `after` is how many rows stand on the pages before."""
    tables = _Tables.of(wanted.day)
    chosen = tables.joined(knowledge_documents.c.id).where(*_conditions(tables, wanted)).limit(limit)
    ids = connection.execute(chosen.order_by(*_order(tables, wanted.order)).offset(after or 0)).scalars().all()
    # Whole bodies are read of this page alone: the database would carry all of them through its sorting.
    found: dict[int, Listed] = {}
    for start in range(0, len(ids), IDS_AT_ONCE):
        mine = knowledge_documents.c.id.in_(ids[start : start + IDS_AT_ONCE])
        rows = connection.execute(tables.joined(*tables.columns()).where(mine)).mappings()
        found |= {row["id"]: _listed(row) for row in rows}
    return tuple(found[document_id] for document_id in ids)


def count_documents(connection: Connection, wanted: DocumentFilter) -> int:
    """How many the list holds on all its pages."""
    return count_each(connection, (wanted,))[0]


def count_each(connection: Connection, wanted: Sequence[DocumentFilter]) -> tuple[int, ...]:
    """The same for several filters of one day at once: the documents are looked through once."""
    tables = _Tables.of(wanted[0].day)
    counted = (func.sum(case((and_(true(), *_conditions(tables, one)), 1), else_=0)) for one in wanted)
    found = connection.execute(tables.joined(*counted)).one()
    return tuple(int(number or 0) for number in found)


@dataclass(frozen=True)
class _Tables:
    """A document with up to three of its versions: served on the day, open, and the newest of all."""

    live: NamedFromClause
    open: NamedFromClause
    newest: NamedFromClause
    last: Subquery
    day: date

    @classmethod
    def of(cls, day: date) -> _Tables:
        columns = knowledge_versions.c
        last = select(columns.document_id, func.max(columns.number).label("number")).group_by(columns.document_id)
        live, opened, newest = (knowledge_versions.alias(name) for name in ("live", "opened", "newest"))
        return cls(live, opened, newest, last.subquery("last"), day)

    def columns(self) -> tuple[ColumnElement[Any], ...]:
        versions = (self.live, self.open, self.newest)
        of_versions = [column.label(f"{one.name}_{column.name}") for one in versions for column in one.c]
        return (*knowledge_documents.c, *of_versions)

    def joined(self, *columns: ColumnElement[Any]) -> Select[Any]:
        document = knowledge_documents.c.id
        live, opened, newest, last = self.live.c, self.open.c, self.newest.c, self.last.c
        tables = (
            knowledge_documents.join(self.last, last.document_id == document)
            .join(self.newest, and_(newest.document_id == document, newest.number == last.number))
            .outerjoin(self.live, and_(live.document_id == document, is_served(live, self.day)))
            .outerjoin(self.open, and_(opened.document_id == document, is_open(opened)))
        )
        return select(*columns).select_from(tables)


def _conditions(tables: _Tables, wanted: DocumentFilter) -> list[ColumnElement[bool]]:
    columns, live, opened = knowledge_documents.c, tables.live.c, tables.open.c
    exact = ((columns.kind, wanted.kind), (columns.topic, wanted.topic), (columns.owner_id, wanted.owner_id))
    conditions: list[ColumnElement[bool]] = [column == value for column, value in exact if value is not None]
    if wanted.names is not None:
        conditions.append((columns.kind + "/" + columns.key).in_(wanted.names))
    if wanted.text.strip():
        conditions.append(_found(tables, wanted.text))
    if wanted.standing is not None:
        conditions.append(_stands(tables, wanted.standing))
    if wanted.review_until is not None:
        conditions.append(func.coalesce(live.review_by, opened.review_by) <= wanted.review_until)
    if wanted.expires_until is not None:
        conditions.append(live.live_to <= wanted.expires_until)
    if wanted.not_written_by is not None:
        conditions.append(or_(opened.author_id.is_(None), opened.author_id != wanted.not_written_by))
    return conditions


def _found(tables: _Tables, typed: str) -> ColumnElement[bool]:
    """All words as typed, or all words with abbreviations written out; nothing for a search of signs alone."""
    versions = (tables.live.c, tables.open.c, tables.newest.c)

    def hold_all(words: list[str]) -> ColumnElement[bool]:
        each = (or_(*(one.search_text.contains(word, autoescape=True) for one in versions)) for word in words)
        return and_(false() if not words else true(), *each)

    return or_(hold_all(folded(typed).split()), hold_all(plain_key(typed).split()))


def _stands(tables: _Tables, standing: Standing) -> ColumnElement[bool]:
    live, opened, newest = tables.live.c, tables.open.c, tables.newest.c
    if standing is Standing.LIVE:
        return live.id.is_not(None)
    if standing is Standing.SCHEDULED:
        return _has_published(knowledge_versions.c.live_from > tables.day)
    if standing is Standing.EXPIRED:
        ended = or_(knowledge_versions.c.live_to < tables.day, knowledge_versions.c.replaced_on <= tables.day)
        return and_(live.id.is_(None), _has_published(ended))
    if standing.value in set(VersionState) and standing not in _ENDED:
        return and_(opened.id.is_not(None), opened.state == standing.value)
    return and_(live.id.is_(None), opened.id.is_(None), newest.state == standing.value)


_ENDED = frozenset({Standing.SUPERSEDED, Standing.WITHDRAWN, Standing.DISCARDED})


def _has_published(condition: ColumnElement[bool]) -> ColumnElement[bool]:
    columns = knowledge_versions.c
    state = columns.state == VersionState.PUBLISHED.value
    return select(columns.id).where(columns.document_id == knowledge_documents.c.id, state, condition).exists()


def _order(tables: _Tables, order: DocumentOrder) -> tuple[ColumnElement[Any], ...]:
    columns, live, opened, newest = knowledge_documents.c, tables.live.c, tables.open.c, tables.newest.c
    place = (columns.kind, columns.topic, columns.place, columns.id)
    if order is DocumentOrder.TITLE:
        return (func.coalesce(live.title, opened.title, newest.title), *place)
    if order is DocumentOrder.CHANGED:
        return (func.coalesce(opened.updated_at, live.updated_at, newest.updated_at).desc(), *place)
    if order is DocumentOrder.REVIEW_BY:
        # A day that everybody's calendar has: entries without one come last on both databases.
        return (func.coalesce(live.review_by, opened.review_by, date.max), *place)
    return place


def _listed(row: Mapping[Any, Any]) -> Listed:
    live, opened, newest = (_version_in(row, name) for name in ("live", "opened", "newest"))
    assert newest is not None
    return Listed(document_from(row), live, opened, newest)


def _version_in(row: Mapping[Any, Any], name: str) -> Version | None:
    if row[f"{name}_id"] is None:
        return None
    return version_from({column.name: row[f"{name}_{column.name}"] for column in knowledge_versions.c})


def document_from(row: Mapping[Any, Any]) -> Document:
    """From a row of the table, by the names of its columns."""
    kind = DocumentKind(row["kind"])
    owner, created = row["owner_id"], row["created_at"]
    return Document(row["id"], kind, row["key"], row["file"], row["place"], row["topic"], owner, created)


def _one(connection: Connection, statement: Select[Any]) -> Document | None:
    row = connection.execute(statement).mappings().first()
    return None if row is None else document_from(row)
