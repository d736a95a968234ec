"""What a citizen asked, and the line that the answer log keeps of it and of its answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime

from sqlalchemy import Connection

from connectors.heard import heard
from connectors.message import Reply
from connectors.stored_text import storable
from desk.answer_log import ANSWERED, CLARIFICATION, GIVEN, LoggedAnswer, log_answer, note_refusal
from desk.conversation import ConversationKey

ANSWERS = (ANSWERED, CLARIFICATION, "unanswerable_", "error_")
"""Beginnings of the statuses that answer a question: handing over to a person is none."""


@dataclass(frozen=True)
class Asked:
    """The citizen's words; of a pressed button its title, which is no question by itself."""

    text: str
    is_choice: bool


def log_turn(
    connection: Connection,
    key: ConversationKey,
    asked: Asked,
    replies: Sequence[Reply],
    first_sequence: int,
    now: datetime,
) -> None:
    """One line for the question, whatever number of messages answered it; none for a greeting or what the desk says."""
    if any(reply.rejects for reply in replies):
        note_refusal(connection, key.id, first_sequence, now)
    for number, reply in enumerate(replies):
        if reply.status.startswith(ANSWERS):
            log_answer(connection, logged_answer(key, asked, reply, first_sequence + number, now))
            return


def logged_answer(key: ConversationKey, asked: Asked, reply: Reply, sequence: int, now: datetime) -> LoggedAnswer:
    """The line of one reply. Pure."""
    source = reply.source
    was_chosen = reply.status in GIVEN and source is not None and source.score is None
    understood = reply.dialogue.question if reply.dialogue is not None else ""
    # Of a button, or of "the second one", only the dialogue knows what was meant.
    question = understood if (asked.is_choice or was_chosen) and understood else heard(asked.text)
    bare = LoggedAnswer(key.id, sequence, key.channel, now, storable(question), reply.status, was_chosen=was_chosen)
    return bare if source is None else replace(bare, **asdict(source))
