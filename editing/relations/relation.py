"""What a law does to another text: amends, replaces, suspends or repeals it, or some of its articles."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import Column, Connection, Date, ForeignKey, Index, Integer, Row, String, Table, Text, select

from desk.database import RowId, UtcDateTime, metadata
from editing.relations.law import DOCUMENT_CHARACTERS, KEY_CHARACTERS, knowledge_laws

ARTICLES_CHARACTERS = 300
NOTE_CHARACTERS = 500
LEAST_REASON, REASON_CHARACTERS = 10, 500


class RelationKind(StrEnum):
    """As an editor reads it in the final clause of the law."""

    AMENDS = "amends"
    REPLACES = "replaces"
    SUSPENDS = "suspends"  # for a time: it comes back into force by itself
    REPEALS = "repeals"


class RelationState(StrEnum):
    """Only an approved one has effects; what was approved by mistake is ended, and its effects with it."""

    PROPOSED = "proposed"
    APPROVED = "approved"
    REJECTED = "rejected"
    ENDED = "ended"


knowledge_relations = Table(
    "knowledge_relations",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("law_id", ForeignKey(knowledge_laws.c.id), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("affected", String(DOCUMENT_CHARACTERS), nullable=False),
    Column("affected_key", String(KEY_CHARACTERS), nullable=False),
    # Empty: the whole text.
    Column("articles", String(ARTICLES_CHARACTERS), nullable=False),
    Column("valid_from", Date, nullable=False),
    # Last day of a suspension; NULL for all others.
    Column("valid_to", Date),
    Column("note", Text, nullable=False),
    Column("state", String(16), nullable=False),
    Column("author_id", Integer, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("decided_by", Integer),
    Column("decided_at", UtcDateTime),
    # Why it was rejected, or ended.
    Column("decision_note", Text, nullable=False, server_default=""),
    Column("ended_by", Integer),
    Column("ended_at", UtcDateTime),
)
Index("ix_knowledge_relations_law_id", knowledge_relations.c.law_id)
Index("ix_knowledge_relations_affected_key", knowledge_relations.c.affected_key)


@dataclass(frozen=True)
class NewRelation:
    """What an editor fills in; `articles` empty means the whole text, `valid_to` belongs to a suspension."""

    law_id: int
    kind: RelationKind
    affected: str
    articles: str
    valid_from: date
    valid_to: date | None
    note: str = ""


@dataclass(frozen=True)
class Relation:
    """See the columns."""

    id: int
    law_id: int
    kind: RelationKind
    affected: str
    affected_key: str
    articles: str
    valid_from: date
    valid_to: date | None
    note: str
    state: RelationState
    author_id: int
    created_at: datetime
    decided_by: int | None
    decided_at: datetime | None
    decision_note: str
    ended_by: int | None
    ended_at: datetime | None


def relation_by_id(connection: Connection, relation_id: int) -> Relation | None:
    """None when there is none."""
    row = connection.execute(select(knowledge_relations).where(knowledge_relations.c.id == relation_id)).one_or_none()
    return None if row is None else relation_from(row)


def relations_of(connection: Connection, law_id: int) -> tuple[Relation, ...]:
    """What this law does, in the order in which it was recorded; rejected and ended ones too."""
    mine = select(knowledge_relations).where(knowledge_relations.c.law_id == law_id)
    return tuple(map(relation_from, connection.execute(mine.order_by(knowledge_relations.c.id))))


def proposed_relations(connection: Connection) -> tuple[Relation, ...]:
    """Those that wait for somebody to approve them, the oldest first."""
    waiting = select(knowledge_relations).where(knowledge_relations.c.state == RelationState.PROPOSED)
    return tuple(map(relation_from, connection.execute(waiting.order_by(knowledge_relations.c.id))))


def relation_from(row: Row[tuple[object, ...]]) -> Relation:
    """From a row that holds all columns, alone or joined."""
    known = {column.name: row._mapping[column] for column in knowledge_relations.c}
    return Relation(**{**known, "kind": RelationKind(known["kind"]), "state": RelationState(known["state"])})
