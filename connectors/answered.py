"""What the assistant knew of a conversation before a person came: its last answer, and what it remembered."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, select

from connectors.message import DialogueState, Reply
from connectors.outbox import ASSISTANT, outbox, reply_of

LOOKED_THROUGH = 20
_ANSWERS = ("answered", "clarification", "unanswerable_", "error_")
"""Beginnings of the statuses that answer a question: handing over to a person is none."""


@dataclass(frozen=True)
class LastAnswer:
    """`sequence` is its number in the conversation."""

    sequence: int
    reply: Reply


@dataclass(frozen=True)
class Knowledge:
    """None where the assistant never answered, or said only what it always says."""

    answer: LastAnswer | None
    dialogue: DialogueState | None


def known_of(connection: Connection, conversation_id: str) -> Knowledge:
    """From its newest replies; what was said longer ago no longer helps."""
    statement = (
        select(outbox.c.sequence, outbox.c.text, outbox.c.status, outbox.c.content)
        .where(outbox.c.conversation_id == conversation_id, outbox.c.author == ASSISTANT)
        .order_by(outbox.c.sequence.desc())
        .limit(LOOKED_THROUGH)
    )
    rows = connection.execute(statement).all()
    replies = [LastAnswer(row.sequence, reply_of(row.text, row.status, row.content)) for row in rows]
    answer = next((each for each in replies if each.reply.status.startswith(_ANSWERS)), None)
    dialogue = next((each.reply.dialogue for each in replies if each.reply.dialogue is not None), None)
    return Knowledge(answer, dialogue)
