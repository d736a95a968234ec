"""What happened to a document, in order; never changed afterwards."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Column, Connection, Index, Integer, String, Table, Text, insert, select

from desk.append_only import keep_for
from desk.database import RowId, UtcDateTime, metadata
from editing.actor import Actor


class Happened(StrEnum):
    """As stored."""

    IMPORTED = "imported"  # from the project's files
    STARTED = "started"
    EDITED = "edited"
    SUBMITTED = "submitted"
    TAKEN_BACK = "taken_back"
    APPROVED = "approved"
    REJECTED = "rejected"
    DISCARDED = "discarded"
    PUBLISHED = "published"
    FORCED = "forced"
    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"
    RESTORED = "restored"  # live again after a roll-back
    ROLLED_BACK = "rolled_back"  # was live, is not any more
    OWNER_CHANGED = "owner_changed"


LEAST_DAYS = 3_650
"""Younger lines the database never gives up: who said what to citizens, and why, is asked for years later."""
_WRITING = (Happened.STARTED.value, Happened.EDITED.value)

knowledge_events = Table(
    "knowledge_events",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("document_id", Integer),
    Column("version_id", Integer),
    Column("release_id", Integer),
    Column("at", UtcDateTime, nullable=False),
    # As in the audit log: "operator:<id>", "terminal:<user>", "system".
    Column("actor", String(64), nullable=False),
    Column("event", String(32), nullable=False),
    Column("note", Text, nullable=False, server_default=""),
)
Index("ix_knowledge_events_document_id", knowledge_events.c.document_id, knowledge_events.c.id)
Index("ix_knowledge_events_version_id", knowledge_events.c.version_id)
keep_for(knowledge_events, LEAST_DAYS)


@dataclass(frozen=True)
class KnowledgeEvent:
    """`version_id` and `release_id` are None for what is about neither; `note` is a reason, mostly empty."""

    id: int
    document_id: int | None
    version_id: int | None
    release_id: int | None
    at: datetime
    actor: str
    event: Happened
    note: str


@dataclass(frozen=True)
class Subject:
    """What an event is about."""

    document_id: int | None = None
    version_id: int | None = None
    release_id: int | None = None


def note(
    connection: Connection, subject: Subject, event: Happened, actor: Actor, now: datetime, reason: str = ""
) -> None:
    """One line, in the transaction of what it tells."""
    note_all(connection, (subject,), event, actor, now, reason)


def note_all(
    connection: Connection, subjects: Iterable[Subject], event: Happened, actor: Actor, now: datetime, reason: str = ""
) -> None:
    """The same for many at once."""
    told = {"at": now, "actor": actor.name, "event": event.value, "note": reason}
    rows = [{**vars(subject), **told} for subject in subjects]
    if rows:
        connection.execute(insert(knowledge_events), rows)


def events_of(connection: Connection, document_id: int) -> tuple[KnowledgeEvent, ...]:
    """The oldest first; empty for a document that is not there."""
    statement = select(knowledge_events).where(knowledge_events.c.document_id == document_id)
    rows = connection.execute(statement.order_by(knowledge_events.c.id)).mappings()
    return tuple(KnowledgeEvent(**{**row, "event": Happened(row["event"])}) for row in rows)


def writers_of(connection: Connection, version_id: int) -> frozenset[str]:
    """Everybody who wrote on it, as actors: the one who began it and whoever saved it later."""
    columns = knowledge_events.c
    statement = select(columns.actor).where(columns.version_id == version_id, columns.event.in_(_WRITING))
    return frozenset(connection.execute(statement.distinct()).scalars())
