"""Everything that is held of one citizen, read for them: they have a right to see it as it stands, unmasked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Unpack

from sqlalchemy import Connection, Row, select

from connectors.deliveries import deliveries
from connectors.held_answer import held_answers
from connectors.inbox import inbox
from connectors.message import InboundKind
from connectors.outbox import ASSISTANT, outbox
from desk.answer_log import answer_log
from desk.citizen import Held
from desk.conversation import conversations
from desk.feedback import feedback
from desk.handoff.log import desk_events, episodes
from desk.notes import conversation_notes
from desk.notices.mailing import mailings
from desk.notices.recipient import mailing_recipients
from desk.notices.subscription import subscriptions_of
from desk.satisfaction import satisfaction
from desk.tickets.late_dossier import late_dossiers
from desk.tickets.log import ticket_events
from desk.tickets.ticket import tickets


@dataclass(frozen=True)
class Coded:
    """A word of our own code; `group` says which list of names tells what people read for it."""

    group: str
    value: str


Cell = str | int | datetime | date | Coded | None


@dataclass(frozen=True)
class Section:
    """`columns` name the cells of each row, as export.yml does."""

    kind: Held
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True)
class HeldData:
    """`memory` is what the dialogue engine remembers, as it stores it; None when there is nothing."""

    conversation_id: str
    channel: str
    account: str
    participant: str
    first_at: datetime
    sections: tuple[Section, ...]
    memory: str | None


def read_held(connection: Connection, conversation_id: str, memory: str | None) -> HeldData | None:
    """None when there is no such conversation."""
    row = connection.execute(select(conversations).where(conversations.c.id == conversation_id)).one_or_none()
    if row is None:
        return None
    sections = tuple(reading(connection, conversation_id) for reading in _READINGS)
    return HeldData(row.id, row.channel, row.account, row.participant, row.created_at, sections, memory)


def _messages(connection: Connection, conversation_id: str) -> Section:
    said = connection.execute(select(inbox).where(inbox.c.conversation_id == conversation_id)).all()
    answered = connection.execute(select(outbox).where(outbox.c.conversation_id == conversation_id)).all()
    states = _delivery_states(connection, conversation_id)
    rows: dict[int, tuple[Cell, ...]] = {}
    for row in said:
        kind, state = Coded("kinds", row.kind), Coded("inbox_states", row.state)
        rows[row.sequence] = (row.received_at, Coded("authors", "citizen"), kind, row.text, _extras(row.extras), state)
    for row in answered:
        buttons = " · ".join(button["title"] for button in row.content.get("buttons", ()))
        state = Coded("deliveries", states.get(row.id, "fetched"))
        # Only the assistant's answers have a status that says something.
        what = Coded("statuses", row.status) if row.author == ASSISTANT else Coded("kinds", InboundKind.TEXT)
        rows[row.sequence] = (row.created_at, Coded("authors", row.author), what, row.text, buttons, state)
    columns = ("at", "author", "kind", "text", "attached", "state")
    return Section(Held.MESSAGES, columns, tuple(rows[sequence] for sequence in sorted(rows)))


def _held_answers(connection: Connection, conversation_id: str) -> Section:
    """What the assistant would have said, and was shown to an operator first."""
    columns = ("held_at", "text", "state", "decided_at")
    mine = select(held_answers).where(held_answers.c.conversation_id == conversation_id).order_by(held_answers.c.id)
    rows = (_cells(row, columns, {"state": "held_states"}) for row in connection.execute(mine))
    return Section(Held.HELD_ANSWERS, columns, tuple(rows))


def _delivery_states(connection: Connection, conversation_id: str) -> Mapping[int, str]:
    """Of each reply the state of its last piece."""
    mine = select(deliveries.c.outbox_id, deliveries.c.state).where(deliveries.c.conversation_id == conversation_id)
    return {row.outbox_id: row.state for row in connection.execute(mine.order_by(deliveries.c.id))}


def _extras(extras: Mapping[str, Any] | None) -> str:
    return " · ".join(_flat(extras or {}))


def _flat(value: object) -> Iterator[str]:
    if isinstance(value, Mapping):
        value = list(value.values())
    if isinstance(value, list):
        for inner in value:
            yield from _flat(inner)
    elif value not in (None, ""):
        yield str(value)


def _tickets(connection: Connection, conversation_id: str) -> Section:
    statement = select(tickets, late_dossiers.c.dossier_code, late_dossiers.c.place, late_dossiers.c.promised_on)
    joined = statement.outerjoin(late_dossiers, late_dossiers.c.ticket_id == tickets.c.id)
    found = connection.execute(joined.where(tickets.c.conversation_id == conversation_id).order_by(tickets.c.id))
    columns = (
        *("case_code", "kind", "state", "created_at", "due_at", "answered_at", "closed_at", "outcome"),
        *("name", "contact", "question", "dossier_code", "place", "promised_on", "reappointed_on"),
    )
    groups = {"kind": "ticket_kinds", "state": "ticket_states", "outcome": "outcomes"}
    return Section(Held.TICKETS, columns, tuple(_cells(row, columns, groups) for row in found))


def _ticket_events(connection: Connection, conversation_id: str) -> Section:
    mine = tickets.c.conversation_id == conversation_id
    statement = select(tickets.c.case_code, ticket_events).join(tickets, tickets.c.id == ticket_events.c.ticket_id)
    found = connection.execute(statement.where(mine).order_by(ticket_events.c.id))
    rows = ((row.case_code, row.at, Coded("ticket_events", row.kind), _words(row.data)) for row in found)
    return Section(Held.TICKET_EVENTS, ("case_code", "at", "kind", "text"), tuple(rows))


def _notes(connection: Connection, conversation_id: str) -> Section:
    columns = conversation_notes.c
    mine = select(columns.written_at, columns.text).where(columns.conversation_id == conversation_id)
    rows = connection.execute(mine.order_by(columns.id))
    return Section(Held.NOTES, ("at", "text"), tuple((row.written_at, row.text) for row in rows))


def _ratings(connection: Connection, conversation_id: str) -> Section:
    columns = ("asked_at", "about", "rated_at", "score", "words")
    mine = select(satisfaction).where(satisfaction.c.conversation_id == conversation_id).order_by(satisfaction.c.id)
    rows = (_cells(row, columns, {"about": "about"}) for row in connection.execute(mine))
    return Section(Held.RATINGS, columns, tuple(rows))


def _feedback(connection: Connection, conversation_id: str) -> Section:
    columns = ("updated_at", "value", "comment")
    mine = select(feedback).where(feedback.c.conversation_id == conversation_id).order_by(feedback.c.id)
    rows = (_cells(row, columns, {"value": "thumbs"}) for row in connection.execute(mine))
    return Section(Held.FEEDBACK, columns, tuple(rows))


def _questions(connection: Connection, conversation_id: str) -> Section:
    columns = ("at", "question", "status", "document", "version", "trouble")
    mine = select(answer_log).where(answer_log.c.conversation_id == conversation_id).order_by(answer_log.c.sequence)
    rows = (_cells(row, columns, {"status": "statuses", "trouble": "troubles"}) for row in connection.execute(mine))
    return Section(Held.QUESTIONS, columns, tuple(rows))


def _subscriptions(connection: Connection, conversation_id: str) -> Section:
    """The consent under Law 91/2025/QH15: when and by which words, and its end."""
    columns = ("topic", "subscribed_at", "words", "ended_at", "ended_words")
    held = subscriptions_of(connection, conversation_id)
    rows = ((each.topic.name, each.subscribed_at, each.words, each.ended_at, each.ended_words) for each in held)
    return Section(Held.SUBSCRIPTIONS, columns, tuple(rows))


def _mailings(connection: Connection, conversation_id: str) -> Section:
    columns = ("title", "kind", "state", "reason", "queued_at", "ended_at")
    own = mailing_recipients.c
    statement = select(mailings.c.title, mailings.c.kind, own.state, own.reason, own.queued_at, own.ended_at)
    mine = statement.join(mailings, mailings.c.id == own.mailing_id).where(own.conversation_id == conversation_id)
    groups = {"kind": "mailing_kinds", "state": "recipient_states"}
    rows = (_cells(row, columns, groups) for row in connection.execute(mine.order_by(own.id)))
    return Section(Held.MAILINGS, columns, tuple(rows))


def _episodes(connection: Connection, conversation_id: str) -> Section:
    columns = ("number", "opened_at", "state", "reason", "claimed_at", "closed_at", "close_reason")
    groups = {"state": "states", "reason": "reasons", "close_reason": "close_reasons"}
    mine = select(episodes).where(episodes.c.conversation_id == conversation_id).order_by(episodes.c.number)
    return Section(Held.EPISODES, columns, tuple(_cells(row, columns, groups) for row in connection.execute(mine)))


def _episode_events(connection: Connection, conversation_id: str) -> Section:
    statement = select(episodes.c.number.label("episode"), desk_events)
    joined = statement.join(episodes, episodes.c.id == desk_events.c.episode_id)
    mine = joined.where(episodes.c.conversation_id == conversation_id).order_by(desk_events.c.id)
    found = connection.execute(mine)
    rows = ((row.episode, row.at, Coded("events", row.kind), str(row.data.get("note", ""))) for row in found)
    return Section(Held.EPISODE_EVENTS, ("episode", "at", "kind", "text"), tuple(rows))


def _cells(row: Row[Unpack[tuple[Any, ...]]], columns: tuple[str, ...], groups: Mapping[str, str]) -> tuple[Cell, ...]:
    fields = row._mapping
    return tuple(
        Coded(groups[name], fields[name]) if name in groups and fields[name] is not None else fields[name]
        for name in columns
    )


def _words(data: Mapping[str, Any]) -> str:
    """What somebody wrote in a step; codes and dates of it stand in the ticket itself."""
    return " · ".join(str(data[key]) for key in ("unit", "text", "reason") if data.get(key))


_READINGS = (
    *(_messages, _held_answers, _tickets, _ticket_events, _notes),
    *(_ratings, _feedback, _questions, _subscriptions, _mailings, _episodes, _episode_events),
)
