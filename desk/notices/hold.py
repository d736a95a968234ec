"""What an approver holds back: answers about it are shown to a person first. It begins and ends at stated times."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Column, Connection, Index, Integer, Row, String, Table, Text, insert, select, update

from desk.database import RowId, UtcDateTime, metadata
from vietnamese.legal_places import touch

NAME_CHARACTERS = 200
ARTICLES_CHARACTERS = 300
LEAST_REASON, REASON_CHARACTERS = 10, 200
"""A line: it stands in the audit log, whole."""
MOST_DAYS = 92
"""Nobody may forget one: it ends by itself after a quarter at the latest."""


class Scope(StrEnum):
    """What `name` names."""

    TOPIC = "topic"
    DOCUMENT = "document"  # as editing.document.Document.name: "faq/x", "directive/x"


answer_holds = Table(
    "answer_holds",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("scope", String(16), nullable=False),
    Column("name", String(NAME_CHARACTERS), nullable=False),
    # Of a directive: places that are held; empty: all of it.
    Column("articles", String(ARTICLES_CHARACTERS), nullable=False),
    Column("reason", Text, nullable=False),
    Column("starts_at", UtcDateTime, nullable=False),
    Column("ends_at", UtcDateTime, nullable=False),
    # For which law, and by which suspension, it was made: see editing/relations/.
    Column("law_id", Integer),
    Column("relation_id", Integer),
    Column("held_by", Integer, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("ended_by", Integer),
    Column("ended_at", UtcDateTime),
)
_not_ended = answer_holds.c.ended_at.is_(None)
Index("ix_answer_holds_name", answer_holds.c.name, postgresql_where=_not_ended, sqlite_where=_not_ended)


@dataclass(frozen=True)
class NewHold:
    """From `starts_at` until before `ends_at`."""

    scope: Scope
    name: str
    reason: str
    starts_at: datetime
    ends_at: datetime
    articles: str = ""
    law_id: int | None = None
    relation_id: int | None = None


@dataclass(frozen=True)
class Hold:
    """See the columns."""

    id: int
    scope: Scope
    name: str
    articles: str
    reason: str
    starts_at: datetime
    ends_at: datetime
    law_id: int | None
    relation_id: int | None
    held_by: int
    created_at: datetime
    ended_by: int | None
    ended_at: datetime | None

    def is_on(self, now: datetime) -> bool:
        """Whether it holds answers at this moment."""
        return self.ended_at is None and self.starts_at <= now < self.ends_at

    def is_to_come(self, now: datetime) -> bool:
        """Whether it will begin by itself."""
        return self.ended_at is None and now < self.starts_at


def hold(connection: Connection, wanted: NewHold, operator_id: int, now: datetime) -> int:
    """Its id. Whether the times and the reason are within limits, the caller has seen to."""
    values = {each.name: getattr(wanted, each.name) for each in fields(wanted)}
    making = insert(answer_holds).values(**values, held_by=operator_id, created_at=now)
    return int(connection.execute(making.returning(answer_holds.c.id)).scalar_one())


def end_hold(connection: Connection, hold_id: int, operator_id: int, now: datetime) -> Hold | None:
    """The hold that ends now; None when there is none, or somebody has ended it before."""
    mine = (answer_holds.c.id == hold_id, _not_ended)
    ended = connection.execute(update(answer_holds).where(*mine).values(ended_by=operator_id, ended_at=now))
    return hold_by_id(connection, hold_id) if ended.rowcount else None


def end_holds_of(connection: Connection, relation_id: int, operator_id: int, now: datetime) -> int:
    """Those that a suspension made; how many there were."""
    mine = (answer_holds.c.relation_id == relation_id, _not_ended)
    return connection.execute(update(answer_holds).where(*mine).values(ended_by=operator_id, ended_at=now)).rowcount


def hold_by_id(connection: Connection, hold_id: int) -> Hold | None:
    """None when there is none."""
    row = connection.execute(select(answer_holds).where(answer_holds.c.id == hold_id)).one_or_none()
    return None if row is None else _hold(row)


def list_holds(connection: Connection, limit: int, law_id: int | None = None) -> tuple[Hold, ...]:
    """Those that are not ended first, then the newest; of one law where it is given."""
    statement = select(answer_holds).order_by(_not_ended.desc(), answer_holds.c.id.desc()).limit(limit)
    if law_id is not None:
        statement = statement.where(answer_holds.c.law_id == law_id)
    return tuple(map(_hold, connection.execute(statement)))


def names_held_for(connection: Connection, relation_id: int) -> frozenset[str]:
    """Documents that a suspension has holds on, ended ones too: who ended one by hand meant it."""
    mine = select(answer_holds.c.name).where(answer_holds.c.relation_id == relation_id)
    return frozenset(connection.execute(mine).scalars())


def hold_on(connection: Connection, document: str, topic: str, section: str, now: datetime) -> Hold | None:
    """The oldest hold that an answer from this place falls under; None when it may be sent."""
    columns = answer_holds.c
    named = ((columns.scope == Scope.DOCUMENT) & (columns.name == document)) | (
        (columns.scope == Scope.TOPIC) & (columns.name == topic)
    )
    on = select(answer_holds).where(_not_ended, named, columns.starts_at <= now, columns.ends_at > now)
    found = map(_hold, connection.execute(on.order_by(columns.id)))
    return next((each for each in found if touch(each.articles, section)), None)


def _hold(row: Row[tuple[object, ...]]) -> Hold:
    known = dict(row._mapping)
    return Hold(**{**known, "scope": Scope(known["scope"])})
