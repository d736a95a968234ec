"""Tickets: what a citizen left for a person to answer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Column, Connection, ForeignKey, String, Table, Text, UniqueConstraint, select

from desk.case_code import new_case_code
from desk.conversation import ConversationKey, conversations, ensure_conversation
from desk.database import RowId, UtcDateTime, insert_if_absent, metadata

CODE_ATTEMPTS = 5


class TicketKind(StrEnum):
    """Why somebody has to look at it."""

    MESSAGE = "message"


class TicketState(StrEnum):
    """How far it is."""

    NEW = "new"


tickets = Table(
    "tickets",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("case_code", String(24), nullable=False, unique=True),
    Column("kind", String(32), nullable=False),
    Column("state", String(32), nullable=False),
    Column("conversation_id", ForeignKey(conversations.c.id), nullable=False),
    # Given by the client, so that a form sent twice over a bad line makes one ticket.
    Column("request_id", String(64), nullable=False),
    Column("name", Text, nullable=False),
    Column("contact", Text, nullable=False),
    Column("question", Text, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    UniqueConstraint("conversation_id", "request_id"),
)


class CaseCodesExhaustedError(RuntimeError):
    """Every code tried was taken; chance alone cannot explain it."""


@dataclass(frozen=True)
class TicketRequest:
    """What the citizen filled in, already checked by the channel."""

    request_id: str
    name: str
    contact: str
    question: str


def file_ticket(
    connection: Connection,
    key: ConversationKey,
    request: TicketRequest,
    now: datetime,
    make_code: Callable[[], str] = new_case_code,
) -> str:
    """The case code: a new one, or the first one when this request was already filed in this conversation.

    Raises CaseCodesExhaustedError.
    """
    ensure_conversation(connection, key, now)
    for _ in range(CODE_ATTEMPTS):
        values = {
            "case_code": make_code(),
            "kind": TicketKind.MESSAGE,
            "state": TicketState.NEW,
            "conversation_id": key.id,
            "request_id": request.request_id,
            "name": request.name,
            "contact": request.contact,
            "question": request.question,
            "created_at": now,
        }
        if insert_if_absent(connection, tickets, values) is not None:
            return str(values["case_code"])
        filed = _filed_code(connection, key.id, request.request_id)
        if filed is not None:
            return filed
    raise CaseCodesExhaustedError(f"no free case code after {CODE_ATTEMPTS} attempts")


def _filed_code(connection: Connection, conversation_id: str, request_id: str) -> str | None:
    statement = select(tickets.c.case_code).where(
        tickets.c.conversation_id == conversation_id, tickets.c.request_id == request_id
    )
    return connection.execute(statement).scalar_one_or_none()
