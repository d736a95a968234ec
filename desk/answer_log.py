"""What was answered to each question, from which version of which entry: unanswered questions, recall and insight."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import (
    Boolean,
    Column,
    Connection,
    Float,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
    and_,
    false,
    insert,
    select,
    update,
)

from desk.conversation import conversations
from desk.database import RowId, UtcDateTime, metadata

QUESTION_CHARACTERS = 1_000
ANSWERED, CLARIFICATION = "answered", "clarification"
GIVEN = (ANSWERED, "unanswerable_own_case", "unanswerable_out_of_scope")
"""With a source the words of an entry were said: also above the ways to somebody's own record, or of other bodies."""
UNANSWERED = ("unanswerable_no_content", "unanswerable_low_score")
"""What a new entry could answer; own cases and what is not ours could not."""
EDITED = "handed_off_edited"
"""An operator's words in place of a held answer: its entry is named, and counts neither as given nor as received."""


class Trouble(StrEnum):
    """Why an answer is looked at again by the editors."""

    UNANSWERED = "unanswered"
    OPTIONS_REFUSED = "options_refused"  # asked back, and none of it was meant
    REJECTED = "rejected"  # the citizen said that it was wrong
    THUMBS_DOWN = "thumbs_down"
    MARKED = "marked"  # an operator says that it was wrong


answer_log = Table(
    "answer_log",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("conversation_id", ForeignKey(conversations.c.id), nullable=False),
    # Of the reply: its number in the conversation, as feedback names it too.
    Column("sequence", Integer, nullable=False),
    Column("channel", String(32), nullable=False),
    Column("at", UtcDateTime, nullable=False),
    # As the dialogue engine heard it, identifiers masked; emptied by retention and by an erasure.
    Column("question", Text, nullable=False),
    Column("status", String(64), nullable=False),
    # Where the answer stands; of what was not answered the nearest that was found. Empty where nothing was.
    Column("passage_id", String(255), nullable=False),
    Column("document", String(160), nullable=False),
    Column("section", String(255), nullable=False),
    Column("version", String(16), nullable=False),
    Column("snapshot", String(64), nullable=False),
    Column("topic", String(200), nullable=False),
    # NULL where the citizen chose the answer, or nothing was searched for.
    Column("score", Float),
    Column("was_chosen", Boolean, nullable=False),
    Column("trouble", String(16), nullable=False, server_default=""),
    Column("troubled_at", UtcDateTime),
    # Whether editing/gaps has taken notice of the trouble.
    Column("is_sorted", Boolean, nullable=False, server_default=false()),
    UniqueConstraint("conversation_id", "sequence"),
)
_waits = and_(answer_log.c.trouble != "", answer_log.c.is_sorted.is_(False))
Index("ix_answer_log_unsorted", answer_log.c.id, postgresql_where=_waits, sqlite_where=_waits)
Index("ix_answer_log_document", answer_log.c.document, answer_log.c.version, answer_log.c.at)
Index("ix_answer_log_status", answer_log.c.status, answer_log.c.at)
Index("ix_answer_log_topic", answer_log.c.topic, answer_log.c.at)
# All that insight counts by: it reads no row of a long period.
Index("ix_answer_log_at", answer_log.c.at, answer_log.c.status, answer_log.c.topic, answer_log.c.document)


@dataclass(frozen=True)
class LoggedAnswer:
    """`question` is masked by the caller. `version` is empty for an answer from files that are in no database."""

    conversation_id: str
    sequence: int
    channel: str
    at: datetime
    question: str
    status: str
    passage_id: str = ""
    document: str = ""
    section: str = ""
    version: str = ""
    snapshot: str = ""
    topic: str = ""
    score: float | None = None
    was_chosen: bool = False


def log_answer(connection: Connection, given: LoggedAnswer) -> None:
    """In the transaction that stores the reply: both stand, or neither. Questions are cut at 1,000 characters."""
    is_unanswered = given.status in UNANSWERED
    values = {
        "conversation_id": given.conversation_id,
        "sequence": given.sequence,
        "channel": given.channel,
        "at": given.at,
        "question": given.question[:QUESTION_CHARACTERS],
        "status": given.status,
        "passage_id": given.passage_id[:255],
        "document": given.document[:160],
        "section": given.section[:255],
        "version": given.version[:16],
        "snapshot": given.snapshot[:64],
        "topic": given.topic[:200],
        "score": given.score,
        "was_chosen": given.was_chosen,
        "trouble": Trouble.UNANSWERED if is_unanswered else "",
        "troubled_at": given.at if is_unanswered else None,
    }
    connection.execute(_INSERT, values)


_INSERT = insert(answer_log)  # put together once: that costs more than running it


def note_trouble(connection: Connection, conversation_id: str, sequence: int, trouble: Trouble, now: datetime) -> bool:
    """Of one answer; False when nothing was answered under this number. The last to say so is kept."""
    this = (answer_log.c.conversation_id == conversation_id, answer_log.c.sequence == sequence)
    values = {"trouble": trouble.value, "troubled_at": now, "is_sorted": False}
    return connection.execute(update(answer_log).where(*this).values(values)).rowcount > 0


def take_back_trouble(connection: Connection, conversation_id: str, sequence: int, trouble: Trouble) -> None:
    """A thumb that was turned up again. What the editors have sorted already stays with them."""
    this = (answer_log.c.conversation_id == conversation_id, answer_log.c.sequence == sequence)
    still = (answer_log.c.trouble == trouble.value, answer_log.c.is_sorted.is_(False))
    connection.execute(update(answer_log).where(*this, *still).values(trouble="", troubled_at=None))


def note_refusal(connection: Connection, conversation_id: str, before: int, now: datetime) -> None:
    """The citizen says no to the last answer before number `before`, or to all that they were asked back about."""
    columns = answer_log.c
    mine = (columns.conversation_id == conversation_id, columns.sequence < before)
    newest = (
        select(columns.sequence, columns.status, columns.document)
        .where(*mine)
        .order_by(columns.sequence.desc())
        .limit(1)
    )
    last = connection.execute(newest).one_or_none()
    if last is None:
        return
    if last.status == CLARIFICATION:
        note_trouble(connection, conversation_id, last.sequence, Trouble.OPTIONS_REFUSED, now)
    elif last.status == ANSWERED or (last.status in GIVEN and last.document):
        note_trouble(connection, conversation_id, last.sequence, Trouble.REJECTED, now)
