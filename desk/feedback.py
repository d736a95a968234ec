"""Thumbs up or down on one answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Column, Connection, ForeignKey, Integer, String, Table, Text, UniqueConstraint, update

from desk.answer_log import Trouble, note_trouble, take_back_trouble
from desk.conversation import conversations
from desk.database import RowId, UtcDateTime, insert_if_absent, metadata


class Thumb(StrEnum):
    """The citizen's verdict."""

    UP = "up"
    DOWN = "down"


feedback = Table(
    "feedback",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("conversation_id", ForeignKey(conversations.c.id), nullable=False),
    # The answer's number in its conversation; the channel has checked that an answer stands there.
    Column("sequence", Integer, nullable=False),
    Column("value", String(8), nullable=False),
    Column("comment", Text, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("updated_at", UtcDateTime, nullable=False),
    UniqueConstraint("conversation_id", "sequence"),
)


@dataclass(frozen=True)
class Feedback:
    """`comment` is empty when the citizen wrote none."""

    conversation_id: str
    sequence: int
    value: Thumb
    comment: str


def record_feedback(connection: Connection, given: Feedback, now: datetime) -> None:
    """One verdict for each answer: a later one replaces the earlier. The editors hear of a thumb that points down."""
    values = {
        "conversation_id": given.conversation_id,
        "sequence": given.sequence,
        "value": given.value,
        "comment": given.comment,
    }
    if insert_if_absent(connection, feedback, {**values, "created_at": now, "updated_at": now}) is None:
        same_answer = (
            feedback.c.conversation_id == given.conversation_id,
            feedback.c.sequence == given.sequence,
        )
        connection.execute(update(feedback).where(*same_answer).values(**values, updated_at=now))
    if given.value is Thumb.DOWN:
        note_trouble(connection, given.conversation_id, given.sequence, Trouble.THUMBS_DOWN, now)
    else:
        take_back_trouble(connection, given.conversation_id, given.sequence, Trouble.THUMBS_DOWN)
