"""What has been kept long enough, kind by kind: which rows, and what is done with them. Nothing open is touched."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    String,
    Table,
    and_,
    cast,
    delete,
    exists,
    func,
    null,
    or_,
    select,
    update,
)

from app.privacy.erasing import erase_all_of
from connectors.dead_letters import unreadable_updates
from connectors.deliveries import deliveries, is_unfinished
from connectors.erasure import EMPTY_CONTENT, ERASED
from connectors.held_answer import held_answers
from connectors.inbox import InboxState, inbox
from connectors.nameless import NAMELESS
from connectors.outbox import outbox
from desk.accounts.session import operator_sessions
from desk.alert import alerts
from desk.answer_log import answer_log
from desk.audit import LEAST_DAYS, audit_entries
from desk.conversation import ConversationKey, conversations
from desk.feedback import feedback
from desk.handoff.erasure import CODES, empty_events
from desk.handoff.log import desk_events, episodes
from desk.notes import conversation_notes
from desk.retention_settings import RetentionSettings
from desk.satisfaction import satisfaction
from desk.tickets.erasure import empty_tickets
from desk.tickets.ticket import tickets
from editing.gaps.erasure import forget_old_vectors
from editing.importing.record import knowledge_imports

SYSTEM = "system"
ERASED_AT_ONCE = 10
"""An erasure goes through a dozen tables: two hundred in one transaction would hold up every citizen for seconds."""


class Kind(StrEnum):
    """As settings.yml, the metric and the audit log name them."""

    MESSAGES = "messages"
    DEAD_LETTERS = "dead_letters"
    TICKETS = "tickets"
    NOTES = "notes"
    RATINGS = "ratings"
    QUESTIONS = "questions"
    IDENTITIES = "identities"
    UNREADABLE = "unreadable"
    ALERTS = "alerts"
    SESSIONS = "sessions"
    IMPORTS = "imports"
    AUDIT = "audit"


@dataclass(frozen=True)
class Sweep:
    """Rows for which `due` holds; `key` tells them apart, and `clear` sees to those that its condition names.

    `most` of them go in one transaction, however many settings.yml allows; None where it alone decides.
    """

    kind: Kind
    key: Column[Any]
    due: ColumnElement[bool]
    clear: Callable[[Connection, ColumnElement[bool]], object]
    most: int | None = None


def sweeps(settings: RetentionSettings, now: datetime, newest_line: datetime) -> tuple[Sweep, ...]:
    """All of them, in the order in which they are done. `newest_line`: see `newest_audit_line`."""

    def before(kind: Kind) -> datetime:
        days: int = getattr(settings, f"{kind}_days")
        return now - timedelta(days=days)

    return (
        *_of_messages(before(Kind.MESSAGES)),
        _of_dead_letters(before(Kind.DEAD_LETTERS)),
        _of_tickets(before(Kind.TICKETS)),
        *_of_notes(before(Kind.NOTES)),
        *_of_ratings(before(Kind.RATINGS)),
        _of_questions(before(Kind.QUESTIONS)),
        _of_identities(before(Kind.IDENTITIES), now),
        _removing(Kind.UNREADABLE, unreadable_updates, unreadable_updates.c.received_at < before(Kind.UNREADABLE)),
        _removing(Kind.ALERTS, alerts, alerts.c.settled_at < before(Kind.ALERTS)),
        _removing(Kind.SESSIONS, operator_sessions, operator_sessions.c.expires_at < before(Kind.SESSIONS)),
        _of_imports(before(Kind.IMPORTS)),
        _of_audit(min(before(Kind.AUDIT), newest_line - timedelta(days=LEAST_DAYS))),
    )


def newest_audit_line(connection: Connection, now: datetime) -> datetime:
    """From here the database counts back which lines it gives up; `now` while there is none."""
    newest: datetime | None = connection.execute(select(func.max(audit_entries.c.at))).scalar_one()
    return newest or now


def nothing_open(conversation_id: ColumnElement[str]) -> ColumnElement[bool]:
    """No episode and no ticket of this conversation waits for anybody."""
    episode = exists().where(episodes.c.conversation_id == conversation_id, episodes.c.closed_at.is_(None))
    ticket = exists().where(tickets.c.conversation_id == conversation_id, tickets.c.closed_at.is_(None))
    return and_(~episode, ~ticket)


def _of_messages(before: datetime) -> tuple[Sweep, ...]:
    has_words = or_(inbox.c.text != ERASED, inbox.c.payload.is_not(None), _holds_json(inbox.c.extras))
    heard = and_(
        inbox.c.received_at < before, inbox.c.state == InboxState.DONE, has_words, nothing_open(inbox.c.conversation_id)
    )
    on_its_way = exists().where(deliveries.c.outbox_id == outbox.c.id, is_unfinished(deliveries))
    said = and_(
        outbox.c.created_at < before, outbox.c.text != ERASED, ~on_its_way, nothing_open(outbox.c.conversation_id)
    )
    brought = and_(
        deliveries.c.created_at < before,
        deliveries.c.text != ERASED,
        ~is_unfinished(deliveries),
        nothing_open(deliveries.c.conversation_id),
    )
    held = and_(
        held_answers.c.held_at < before, held_answers.c.text != ERASED, nothing_open(held_answers.c.conversation_id)
    )
    # Without its words a failed one cannot be sent again: it is trouble for nobody any more.
    no_sends: dict[str, Any] = {"text": ERASED, "buttons": [], "channel_message_id": None}
    no_sends |= {"error_class": None, "error_detail": None}
    return (
        _emptying(Kind.MESSAGES, inbox, heard, text=ERASED, payload=None, extras=null()),
        _emptying(Kind.MESSAGES, outbox, said, text=ERASED, content=EMPTY_CONTENT, has_buttons=False),
        _emptying(Kind.MESSAGES, deliveries, brought, **no_sends),
        _emptying(Kind.MESSAGES, held_answers, held, text=ERASED, content=EMPTY_CONTENT),
    )


def _of_dead_letters(before: datetime) -> Sweep:
    due = and_(inbox.c.received_at < before, inbox.c.state == InboxState.DEAD, nothing_open(inbox.c.conversation_id))
    # Without its words it cannot be tried again.
    bare = {"text": ERASED, "payload": None, "extras": null(), "state": InboxState.DONE}
    return _emptying(Kind.DEAD_LETTERS, inbox, due, **bare)


def _of_tickets(before: datetime) -> Sweep:
    has_words = or_(tickets.c.name != ERASED, tickets.c.contact != ERASED, tickets.c.question != ERASED)
    due = and_(tickets.c.closed_at < before, has_words)
    return Sweep(Kind.TICKETS, tickets.c.id, due, empty_tickets)


def _of_notes(before: datetime) -> tuple[Sweep, ...]:
    written = and_(conversation_notes.c.written_at < before, nothing_open(conversation_notes.c.conversation_id))
    data = cast(desk_events.c.data, String)
    over = exists().where(episodes.c.id == desk_events.c.episode_id, episodes.c.closed_at < before)
    forwarded = and_(desk_events.c.at < before, over, data.contains('"note"'), ~data.contains('"note": ""'))

    def empty(connection: Connection, which: ColumnElement[bool]) -> int:
        return empty_events(connection, desk_events, which, CODES)

    return (
        _removing(Kind.NOTES, conversation_notes, written),
        Sweep(Kind.NOTES, desk_events.c.id, forwarded, empty),
    )


def _of_ratings(before: datetime) -> tuple[Sweep, ...]:
    rated = and_(
        satisfaction.c.asked_at < before, satisfaction.c.words != ERASED, nothing_open(satisfaction.c.conversation_id)
    )
    thumbed = and_(
        feedback.c.updated_at < before, feedback.c.comment != ERASED, nothing_open(feedback.c.conversation_id)
    )
    return (
        _emptying(Kind.RATINGS, satisfaction, rated, words=ERASED),
        _emptying(Kind.RATINGS, feedback, thumbed, comment=ERASED),
    )


def _of_questions(before: datetime) -> Sweep:
    due = and_(answer_log.c.at < before, answer_log.c.question != ERASED, nothing_open(answer_log.c.conversation_id))

    def empty(connection: Connection, which: ColumnElement[bool]) -> None:
        connection.execute(update(answer_log).where(which).values(question=ERASED))
        forget_old_vectors(connection)

    return Sweep(Kind.QUESTIONS, answer_log.c.id, due, empty)


def _of_identities(before: datetime, now: datetime) -> Sweep:
    """Who has not been here for so long: what is left of them goes on without a name."""
    mine = conversations.c.id
    heard = exists().where(inbox.c.conversation_id == mine, inbox.c.received_at >= before)
    said = exists().where(outbox.c.conversation_id == mine, outbox.c.created_at >= before)
    filed = exists().where(tickets.c.conversation_id == mine, tickets.c.closed_at >= before)
    due = and_(
        conversations.c.created_at < before, mine.not_like(f"{NAMELESS}%"), ~heard, ~said, ~filed, nothing_open(mine)
    )

    def unname_all(connection: Connection, which: ColumnElement[bool]) -> None:
        columns = (mine, conversations.c.channel, conversations.c.account, conversations.c.participant)
        for row in connection.execute(select(*columns).where(which).with_for_update()).all():
            erase_all_of(connection, ConversationKey(*row), SYSTEM, now)

    return Sweep(Kind.IDENTITIES, mine, due, unname_all, ERASED_AT_ONCE)


def _of_imports(before: datetime) -> Sweep:
    """The files; what was read of them and what it became stays."""
    kept = knowledge_imports.c
    return _emptying(
        Kind.IMPORTS, knowledge_imports, and_(kept.created_at < before, kept.original.is_not(None)), original=None
    )


def _of_audit(before: datetime) -> Sweep:
    return _removing(Kind.AUDIT, audit_entries, audit_entries.c.at < before)


def _holds_json(column: Column[Any]) -> ColumnElement[bool]:
    # "Nothing" is stored as the null of JSON as well as that of SQL.
    return and_(column.is_not(None), cast(column, String) != "null")


def _emptying(kind: Kind, table: Table, due: ColumnElement[bool], **values: Any) -> Sweep:
    return Sweep(
        kind, table.c.id, due, lambda connection, which: connection.execute(update(table).where(which).values(values))
    )


def _removing(kind: Kind, table: Table, due: ColumnElement[bool]) -> Sweep:
    return Sweep(kind, table.c.id, due, lambda connection, which: connection.execute(delete(table).where(which)))
