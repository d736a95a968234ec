"""Answers of the assistant that were not sent, because a person looks at them first. None is ever sent by itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import (
    JSON,
    Column,
    Connection,
    ForeignKey,
    Index,
    Integer,
    Row,
    String,
    Table,
    Text,
    insert,
    select,
    update,
)

from connectors.message import Reply
from connectors.outbox import content_of, reply_of
from connectors.stored_text import storable
from desk.conversation import conversations
from desk.database import RowId, UtcDateTime, metadata
from desk.handoff.log import episodes
from desk.notices.hold import answer_holds


class HeldState(StrEnum):
    """Decided by an operator; one that nobody decided stays as it is and is sent to nobody."""

    WAITING = "waiting"
    SENT = "sent"
    EDITED = "edited"
    DROPPED = "dropped"  # answered otherwise


held_answers = Table(
    "held_answers",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("conversation_id", ForeignKey(conversations.c.id), nullable=False),
    Column("episode_id", ForeignKey(episodes.c.id), nullable=False),
    Column("hold_id", ForeignKey(answer_holds.c.id), nullable=False),
    Column("state", String(16), nullable=False),
    # What the assistant would have said, kept as the outbox keeps a reply.
    Column("status", String(64), nullable=False),
    Column("text", Text, nullable=False),
    Column("content", JSON, nullable=False),
    Column("held_at", UtcDateTime, nullable=False),
    Column("decided_by", Integer),
    Column("decided_at", UtcDateTime),
    # Number of the operator's message that came of it.
    Column("sequence", Integer),
)
_waiting = held_answers.c.state == HeldState.WAITING.value
Index("ix_held_answers_conversation_id", held_answers.c.conversation_id)
Index("ix_held_answers_waiting", held_answers.c.episode_id, postgresql_where=_waiting, sqlite_where=_waiting)


@dataclass(frozen=True)
class HeldAnswer:
    """`reason` is the hold's: an approver's words, or, with `is_suspended`, the text that suspends what it rests on."""

    id: int
    conversation_id: str
    reply: Reply
    reason: str
    is_suspended: bool
    held_at: datetime


def keep_back(
    connection: Connection, conversation_id: str, episode_id: int, hold_id: int, reply: Reply, now: datetime
) -> int:
    """Its id. Of one episode the last answer waits: an older one that nobody decided is dropped for it."""
    older = update(held_answers).where(held_answers.c.episode_id == episode_id, _waiting)
    connection.execute(older.values(state=HeldState.DROPPED, decided_at=now))
    values = {
        "conversation_id": conversation_id,
        "episode_id": episode_id,
        "hold_id": hold_id,
        "state": HeldState.WAITING,
        "status": reply.status,
        "text": storable(reply.text),
        "content": content_of(reply),
        "held_at": now,
    }
    return int(connection.execute(insert(held_answers).values(**values).returning(held_answers.c.id)).scalar_one())


def waiting_answer(connection: Connection, conversation_id: str) -> HeldAnswer | None:
    """The newest of this conversation that nobody has decided, in an episode that is open."""
    columns = held_answers.c
    statement = (
        select(held_answers, answer_holds.c.reason, answer_holds.c.relation_id)
        .join(answer_holds, answer_holds.c.id == columns.hold_id)
        .join(episodes, episodes.c.id == columns.episode_id)
        .where(columns.conversation_id == conversation_id, _waiting, episodes.c.closed_at.is_(None))
        .order_by(columns.id.desc())
        .limit(1)
    )
    row = connection.execute(statement).one_or_none()
    return None if row is None or not row.text else _held(row)


def decide(
    connection: Connection, held_id: int, state: HeldState, operator_id: int, sequence: int | None, now: datetime
) -> bool:
    """False when it was decided before, or erased. `sequence` is the message that came of it."""
    mine = update(held_answers).where(held_answers.c.id == held_id, _waiting)
    values = {"state": state, "decided_by": operator_id, "decided_at": now, "sequence": sequence}
    return bool(connection.execute(mine.values(values)).rowcount)


def _held(row: Row[tuple[object, ...]]) -> HeldAnswer:
    fields = row._mapping
    reply = reply_of(fields["text"], fields["status"], fields["content"])
    is_suspended = fields["relation_id"] is not None
    return HeldAnswer(fields["id"], fields["conversation_id"], reply, fields["reason"], is_suspended, fields["held_at"])
