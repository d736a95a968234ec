"""Takes the citizen's name on their channel away from what is left of a conversation after an erasure."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import Column, Connection, String, cast, delete, literal, select, update

from connectors.deliveries import DeliveryState, deliveries, is_unfinished
from connectors.dialogue_memory import memory_erasures
from connectors.erased_messages import REPEATED_FOR, mark_erased
from connectors.inbox import inbox
from connectors.nameless import NAMELESS, copy_nameless
from connectors.outbox import outbox
from desk.alert import alerts
from desk.conversation import conversations
from desk.database import metadata
from desk.tickets.ticket import tickets


def unname(connection: Connection, conversation_id: str, now: datetime) -> str:
    """The random id under which the bare rows go on. The conversation must exist and be locked by the caller.

    Whoever has a message or a send of it in work holds a lease that is gone, so nothing can be written back. If the
    citizen writes again, that is a new conversation.
    """
    _mark_recent(connection, conversation_id, now)
    _end_sends(connection, conversation_id, now)
    nameless = copy_nameless(connection, conversation_id)
    for column in columns_naming_conversations():
        connection.execute(update(column.table).where(column == conversation_id).values({column.name: nameless}))
    connection.execute(delete(conversations).where(conversations.c.id == conversation_id))
    # The names that channels and pages give to messages hold the citizen's id, or are known to their browser.
    unnamed = update(inbox).where(inbox.c.conversation_id == nameless)
    connection.execute(unnamed.values(message_id=literal(NAMELESS).concat(cast(inbox.c.id, String))))
    connection.execute(update(outbox).where(outbox.c.conversation_id == nameless).values(request_id=None))
    unasked = update(tickets).where(tickets.c.conversation_id == nameless)
    connection.execute(unasked.values(request_id=literal(NAMELESS).concat(cast(tickets.c.id, String))))
    settled = update(alerts).where(alerts.c.conversation_id == nameless)
    connection.execute(settled.values(detail="", settled_at=now))
    return nameless


def columns_naming_conversations() -> Iterator[Column[str]]:
    """In all tables, those of the rooms that come later too; but not where the erasure itself is noted."""
    for table in metadata.sorted_tables:
        if table in (conversations, memory_erasures):
            continue
        for column in table.columns:
            refers = any(key.column is conversations.c.id for key in column.foreign_keys)
            if refers or column.name == "conversation_id":
                yield column


def _mark_recent(connection: Connection, conversation_id: str, now: datetime) -> None:
    recent = (inbox.c.conversation_id == conversation_id, inbox.c.received_at > now - REPEATED_FOR)
    for row in connection.execute(select(inbox.c.channel, inbox.c.account, inbox.c.message_id).where(*recent)).all():
        mark_erased(connection, *row, now)


def _end_sends(connection: Connection, conversation_id: str, now: datetime) -> None:
    """Also those on their way: what the channel says of them later finds no row that it may change."""
    ended = update(deliveries).where(deliveries.c.conversation_id == conversation_id, is_unfinished(deliveries))
    values = {"state": DeliveryState.CANCELLED, "finished_at": now, "sending_owner": None, "sending_until": None}
    connection.execute(ended.values(values))
    # An unknown end may be settled by a late answer of the channel, which would bring an id back.
    unknown = (deliveries.c.conversation_id == conversation_id, deliveries.c.state == DeliveryState.UNKNOWN)
    connection.execute(update(deliveries).where(*unknown).values(state=DeliveryState.FAILED))
