"""What operators write to each other about a conversation. Citizens never see it; an erasure removes it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Column, Connection, ForeignKey, Index, Table, Text, func, insert, select

from desk.accounts.operator import operators
from desk.conversation import conversations
from desk.database import RowId, UtcDateTime, metadata

NOTE_CHARACTERS = 2_000
MOST_NOTES = 200

conversation_notes = Table(
    "conversation_notes",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("conversation_id", ForeignKey(conversations.c.id), nullable=False),
    Column("operator_id", ForeignKey(operators.c.id), nullable=False),
    Column("text", Text, nullable=False),
    Column("written_at", UtcDateTime, nullable=False),
)
Index("ix_conversation_notes_conversation_id", conversation_notes.c.conversation_id)


@dataclass(frozen=True)
class Note:
    """By an operator, in the order of writing."""

    id: int
    operator_id: int
    text: str
    written_at: datetime


def write_note(connection: Connection, conversation_id: str, operator_id: int, text: str, now: datetime) -> int:
    """The note's id."""
    values = {"conversation_id": conversation_id, "operator_id": operator_id, "text": text, "written_at": now}
    making = insert(conversation_notes).values(values).returning(conversation_notes.c.id)
    return int(connection.execute(making).scalar_one())


def notes_of(connection: Connection, conversation_id: str) -> tuple[Note, ...]:
    """The newest MOST_NOTES, the oldest of them first."""
    columns = conversation_notes.c
    newest = select(columns.id, columns.operator_id, columns.text, columns.written_at).where(
        columns.conversation_id == conversation_id
    )
    rows = connection.execute(newest.order_by(columns.id.desc()).limit(MOST_NOTES)).all()
    return tuple(Note(*row) for row in reversed(rows))


def last_note(connection: Connection, conversation_id: str) -> int:
    """The id of the newest; 0 without any."""
    mine = conversation_notes.c.conversation_id == conversation_id
    found: int | None = connection.execute(select(func.max(conversation_notes.c.id)).where(mine)).scalar_one()
    return found or 0
