"""The outbox: what the assistant said, written in the transaction that ends the citizen's message."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Connection,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
    insert,
    select,
)

from connectors.asked import Asked, log_turn
from connectors.deliveries import put_deliveries
from connectors.inbox import inbox, is_waiting
from connectors.message import NO_STATUS, OF_THE_DESK, AnswerSource, Button, Citation, DialogueState, Found, Reply
from connectors.outgoing import OutgoingMessage
from connectors.stored_text import storable
from desk.conversation import ConversationKey, conversations
from desk.database import RowId, UtcDateTime, metadata

OFFERS_REMEMBERED = 200
Render = Callable[[Reply, int], tuple[OutgoingMessage, ...]]
"""Puts a reply, and its number in the conversation, into the messages of one channel."""


outbox = Table(
    "outbox",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("inbox_id", ForeignKey(inbox.c.id)),
    Column("part", Integer, nullable=False),
    Column("conversation_id", ForeignKey(conversations.c.id), nullable=False),
    Column("channel", String(32), nullable=False),
    Column("account", String(64), nullable=False),
    Column("sequence", Integer, nullable=False),
    Column("author", String(16), nullable=False),
    # Of an operator's message, given by the console: a form sent twice over a bad line says a thing once.
    Column("request_id", String(64)),
    Column("status", String(64), nullable=False),
    Column("text", Text, nullable=False),
    Column("content", JSON, nullable=False),
    Column("has_buttons", Boolean, nullable=False),
    # Who owned the conversation when this was said: after a take-over it is no longer sent.
    Column("ownership_version", Integer, nullable=False, server_default="0"),
    Column("created_at", UtcDateTime, nullable=False),
    # Answering one message twice is impossible, whatever the workers do.
    UniqueConstraint("inbox_id", "part"),
    UniqueConstraint("conversation_id", "sequence"),
)
_asked = outbox.c.request_id.is_not(None)
Index(
    "uq_outbox_request_id",
    outbox.c.conversation_id,
    outbox.c.request_id,
    unique=True,
    postgresql_where=_asked,
    sqlite_where=_asked,
)
ASSISTANT = "assistant"
OPERATOR = "operator"
SYSTEM = "system"


@dataclass(frozen=True)
class Answering:
    """Which message is answered, by whom, and from which part of its answer and which number on.

    `asked` is None where no words of a citizen are answered.
    """

    key: ConversationKey
    inbox_id: int
    first_part: int
    first_sequence: int
    ownership_version: int
    author: str = ASSISTANT
    asked: Asked | None = None


def put_replies(
    connection: Connection, answering: Answering, replies: Sequence[Reply], render: Render | None, now: datetime
) -> None:
    """Stores the replies, and what brings them to the citizen. Without `render` the citizen fetches them."""
    for number, reply in enumerate(replies):
        sequence = answering.first_sequence + number
        values = {
            "inbox_id": answering.inbox_id,
            "part": answering.first_part + number,
            "conversation_id": answering.key.id,
            "channel": answering.key.channel,
            "account": answering.key.account,
            "sequence": sequence,
            "author": SYSTEM if reply.status.startswith(OF_THE_DESK) else answering.author,
            "status": reply.status,
            "text": storable(reply.text),
            "content": content_of(reply),
            "has_buttons": bool(reply.buttons),
            "ownership_version": answering.ownership_version,
            "created_at": now,
        }
        outbox_id = connection.execute(_INSERT, values).scalar_one()
        if render is not None:
            put_deliveries(connection, outbox_id, answering.key, render(reply, sequence), now)
    if answering.asked is not None and answering.author == ASSISTANT:
        log_turn(connection, answering.key, answering.asked, replies, answering.first_sequence, now)


_INSERT = insert(outbox).returning(outbox.c.id)  # put together once: that costs more than running it


def content_of(reply: Reply) -> dict[str, Any]:
    """What the `content` column keeps: everything of a reply but its text and status."""
    fields = asdict(reply)
    return {name: value for name, value in fields.items() if name not in {"text", "status"}}


def reply_of(text: str, status: str, content: Mapping[str, Any]) -> Reply:
    """The reply that a row was made from."""
    return Reply(
        text=text,
        status=status,
        citations=tuple(Citation(**citation) for citation in content["citations"]),
        buttons=tuple(Button(**button) for button in content["buttons"]),
        feedback=content["feedback"],
        handoff=content["handoff"],
        form=content["form"],
        offer=content.get("offer"),
        # Rows from before operators were shown what was found have neither.
        found=tuple(Found(**found) for found in content.get("found", ())),
        dialogue=DialogueState(**content["dialogue"]) if content.get("dialogue") else None,
        source=AnswerSource(**content["source"]) if content.get("source") else None,
    )


@dataclass(frozen=True)
class Offer:
    """Buttons that were shown; `is_last` when nothing was said after the turn that showed them."""

    sequence: int
    buttons: tuple[Button, ...]
    is_last: bool


def offers(connection: Connection, conversation_id: str, limit: int = OFFERS_REMEMBERED) -> Iterator[Offer]:
    """What was offered in this conversation, the newest first."""
    of_conversation = outbox.c.conversation_id == conversation_id
    newest = connection.execute(
        select(outbox.c.sequence, outbox.c.inbox_id).where(of_conversation).order_by(outbox.c.sequence.desc()).limit(1)
    ).one_or_none()
    statement = (
        select(outbox.c.sequence, outbox.c.inbox_id, outbox.c.text, outbox.c.status, outbox.c.content)
        .where(of_conversation, outbox.c.has_buttons)
        .order_by(outbox.c.sequence.desc())
        .limit(limit)
    )
    for row in connection.execute(statement):
        is_last = newest is not None and row.inbox_id == newest.inbox_id and row.inbox_id is not None
        buttons = reply_of(row.text, row.status, row.content).buttons
        yield Offer(row.sequence, buttons, is_last or (newest is not None and row.sequence == newest.sequence))


def offered_button(connection: Connection, conversation_id: str, payload: str) -> Button | None:
    """The newest button with this payload that was offered in this conversation; None if there never was one."""
    shown = (button for offer in offers(connection, conversation_id) for button in offer.buttons)
    return next((button for button in shown if button.payload == payload), None)


def is_answer(connection: Connection, conversation_id: str, sequence: int) -> bool:
    """Whether the assistant said something under this number in this conversation."""
    statement = select(outbox.c.id).where(
        outbox.c.conversation_id == conversation_id,
        outbox.c.sequence == sequence,
        outbox.c.author == ASSISTANT,
    )
    return connection.execute(statement).first() is not None


def is_what_the_dialogue_speaks_of(connection: Connection, conversation_id: str, sequence: int) -> bool:
    """Whether this is the last question's answer, and no other message waits for one: a remark on it means no other."""
    later = select(outbox.c.id).where(
        outbox.c.conversation_id == conversation_id,
        outbox.c.sequence > sequence,
        outbox.c.author == ASSISTANT,
        outbox.c.status != NO_STATUS,
    )
    waiting = select(inbox.c.id).where(inbox.c.conversation_id == conversation_id, is_waiting(inbox))
    return not any(connection.execute(found.limit(1)).first() for found in (later, waiting))
