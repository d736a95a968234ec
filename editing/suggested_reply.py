"""An operator's reply that was suggested to the editors, and the draft that came of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Column, Connection, ForeignKey, Integer, Table, UniqueConstraint, select

from desk.accounts.operator import operators
from desk.audit import AuditAction, record
from desk.calendar.zone import vietnam_date
from desk.conversation import conversations
from desk.database import RowId, UtcDateTime, insert_if_absent, metadata
from editing.actor import Actor
from editing.document import Document
from editing.documents import document_by_id, existing_document
from editing.drafting import NewFaq, new_faq
from editing.errors import WrongStateError
from editing.version import Standing, Version
from editing.versions import live_version, versions_of
from vietnamese.identifiers import mask_identifiers

suggested_replies = Table(
    "suggested_replies",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("conversation_id", ForeignKey(conversations.c.id), nullable=False),
    # The operator's message, by its number in the conversation.
    Column("sequence", Integer, nullable=False),
    Column("operator_id", ForeignKey(operators.c.id), nullable=False),
    Column("document_id", Integer, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    # A message is suggested once, however often the form is sent.
    UniqueConstraint("conversation_id", "sequence"),
)


@dataclass(frozen=True)
class RepliedMessage:
    """An operator's message, by its number in the conversation, and who suggests it."""

    conversation_id: str
    sequence: int
    operator_id: int


@dataclass(frozen=True)
class SuggestedReply:
    """What became of it: `standing` is of what is served, else of the newest version; `note` why it was sent back."""

    document: Document
    title: str
    standing: Standing
    note: str
    at: datetime


def without_identifiers(words: str) -> str:
    """Of a conversation, fit for a base that everybody reads: each number is replaced by what it is."""
    return mask_identifiers(words)


def suggest_reply(connection: Connection, message: RepliedMessage, new: NewFaq, actor: Actor, now: datetime) -> Version:
    """A draft for the editors. Raises WrongStateError for a message that was suggested before, InvalidBodyError."""
    version = new_faq(connection, new, actor, now)
    values = {
        "conversation_id": message.conversation_id,
        "sequence": message.sequence,
        "operator_id": message.operator_id,
        "document_id": version.document_id,
        "at": now,
    }
    if insert_if_absent(connection, suggested_replies, values) is None:
        raise WrongStateError(f"message {message.sequence} was suggested before")
    detail = {"document": existing_document(connection, version.document_id).name}
    subject = f"conversation:{message.conversation_id}"
    record(connection, actor.name, AuditAction.REPLY_SUGGESTED, subject, detail, now)
    return version


def suggestion_of(connection: Connection, conversation_id: str, sequence: int) -> int | None:
    """The id of the document that a message became; None when nobody suggested it."""
    columns = suggested_replies.c
    this = (columns.conversation_id == conversation_id, columns.sequence == sequence)
    return connection.execute(select(columns.document_id).where(*this)).scalar_one_or_none()


def suggestions_by(connection: Connection, operator_id: int, limit: int, now: datetime) -> tuple[SuggestedReply, ...]:
    """Of one operator, the newest first."""
    columns = suggested_replies.c
    mine = select(columns.document_id, columns.at).where(columns.operator_id == operator_id)
    rows = connection.execute(mine.order_by(columns.id.desc()).limit(limit)).all()
    found = (_suggested(connection, row.document_id, row.at, now) for row in rows)
    return tuple(one for one in found if one is not None)


def _suggested(connection: Connection, document_id: int, at: datetime, now: datetime) -> SuggestedReply | None:
    document, today = document_by_id(connection, document_id), vietnam_date(now)
    versions = versions_of(connection, document_id)
    if document is None or not versions:
        return None
    shown = live_version(connection, document_id, today) or versions[0]
    return SuggestedReply(document, shown.title, shown.standing(today), shown.rejection, at)
