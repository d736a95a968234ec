"""A legal text that changes others, and the day from which it does: what is prepared for that day hangs on it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Column, Connection, Date, Integer, Row, String, Table, Text, select, update

from desk.database import RowId, UtcDateTime, insert_if_absent, metadata
from editing.actor import Actor
from vietnamese.legal_places import document_key

DOCUMENT_CHARACTERS = 300
KEY_CHARACTERS = 200
NOTE_CHARACTERS = 1_000

knowledge_laws = Table(
    "knowledge_laws",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("number_key", String(KEY_CHARACTERS), nullable=False, unique=True),
    Column("document", String(DOCUMENT_CHARACTERS), nullable=False),
    Column("effective_on", Date, nullable=False),
    Column("note", Text, nullable=False),
    Column("created_by", Integer, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
)


@dataclass(frozen=True)
class Law:
    """`document` as it is cited; `number_key` is the same as vietnamese.legal_places.document_key compares it."""

    id: int
    number_key: str
    document: str
    effective_on: date
    note: str
    created_by: int
    created_at: datetime


@dataclass(frozen=True)
class NewLaw:
    """What an editor fills in."""

    document: str
    effective_on: date
    note: str = ""


class NamelessLawError(ValueError):
    """Neither a number nor a name can be read in it."""


def record_law(connection: Connection, wanted: NewLaw, actor: Actor, now: datetime) -> tuple[int, bool]:
    """Its id, and whether it is new: the same number, however it is written, is one law. Raises NamelessLawError."""
    key = key_of(wanted.document)
    values = {"number_key": key, "document": wanted.document, "effective_on": wanted.effective_on}
    values |= {"note": wanted.note, "created_by": actor.operator_id or 0, "created_at": now}
    made = insert_if_absent(connection, knowledge_laws, values)
    if made is not None:
        return int(made), True
    known = select(knowledge_laws.c.id).where(knowledge_laws.c.number_key == key)
    return int(connection.execute(known).scalar_one()), False


def change_law(connection: Connection, law_id: int, effective_on: date, note: str) -> bool:
    """The day, and the note. False when there is no such law."""
    mine = update(knowledge_laws).where(knowledge_laws.c.id == law_id)
    return bool(connection.execute(mine.values(effective_on=effective_on, note=note)).rowcount)


def law_by_id(connection: Connection, law_id: int) -> Law | None:
    """None when there is none."""
    row = connection.execute(select(knowledge_laws).where(knowledge_laws.c.id == law_id)).one_or_none()
    return None if row is None else _law(row)


def laws(connection: Connection, limit: int) -> tuple[Law, ...]:
    """The latest day first."""
    columns = knowledge_laws.c
    statement = select(knowledge_laws).order_by(columns.effective_on.desc(), columns.id.desc()).limit(limit)
    return tuple(map(_law, connection.execute(statement)))


def key_of(document: str) -> str:
    """Raises NamelessLawError."""
    key = document_key(document)[:KEY_CHARACTERS]
    if not key:
        raise NamelessLawError
    return key


def _law(row: Row[tuple[object, ...]]) -> Law:
    return Law(**row._mapping)
