"""Finds a citizen: by case code, by the channel's id, by what they left in a ticket. Shows no more than needed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, Table, func, or_, select

from connectors.held_answer import held_answers
from connectors.inbox import inbox
from connectors.nameless import NAMELESS
from connectors.outbox import outbox
from desk.answer_log import answer_log
from desk.case_code import read_case_code
from desk.citizen import FoundCitizen, Held, masked_name, masked_number
from desk.conversation import conversations
from desk.feedback import feedback
from desk.handoff.log import desk_events, episodes, open_episode
from desk.notes import conversation_notes
from desk.notices.recipient import mailing_recipients
from desk.notices.subscription import news_subscriptions
from desk.satisfaction import satisfaction
from desk.tickets.log import ticket_events
from desk.tickets.ticket import tickets

LEAST_CHARACTERS = 3
TELEPHONE_DIGITS = 8
TELEPHONE_TAIL = 9
"""0912345678 and +84 912 345 678 end alike."""
MOST = 20
_NO_DIGIT = re.compile(r"\D")
_BETWEEN_DIGITS = (" ", ".", "-", "(", ")", "/")


def find_citizens(connection: Connection, words: str, limit: int = MOST) -> tuple[FoundCitizen, ...]:
    """Nobody for fewer than three characters. Erased ones are not found: nothing is left to find them by."""
    typed = " ".join(words.split())
    if len(typed) < LEAST_CHARACTERS:
        return ()
    named = conversations.c.id.not_like(f"{NAMELESS}%")
    found: dict[str, None] = {}
    for condition in _conditions(typed):
        statement = select(conversations.c.id).where(condition, named).order_by(conversations.c.id).limit(limit)
        found |= dict.fromkeys(connection.execute(statement).scalars())
    people = (citizen_of(connection, conversation_id) for conversation_id in list(found)[:limit])
    return tuple(person for person in people if person is not None)


def citizen_of(connection: Connection, conversation_id: str) -> FoundCitizen | None:
    """None when there is no such conversation, or its citizen was erased."""
    if conversation_id.startswith(NAMELESS):
        return None
    row = connection.execute(select(conversations).where(conversations.c.id == conversation_id)).one_or_none()
    if row is None:
        return None
    left = connection.execute(select(tickets).where(tickets.c.conversation_id == row.id).order_by(tickets.c.id)).all()
    codes = tuple(ticket.case_code for ticket in left)
    is_open = open_episode(connection, row.id) is not None or any(ticket.closed_at is None for ticket in left)
    return FoundCitizen(
        conversation_id=row.id,
        channel=row.channel,
        participant=masked_number(row.participant),
        names=_distinct(masked_name(ticket.name) for ticket in left if ticket.name),
        contacts=_distinct(masked_number(ticket.contact) for ticket in left if ticket.contact),
        case_codes=codes,
        first_at=row.created_at,
        last_at=_last_words(connection, row.id) or row.created_at,
        counts=count_held(connection, row.id),
        is_open=is_open,
        confirm_with=codes[-1] if codes else row.id,
    )


def count_held(connection: Connection, conversation_id: str) -> Mapping[Held, int]:
    """Rows of each kind."""

    def rows(table: Table, which: ColumnElement[bool] | None = None) -> int:
        mine = table.c.conversation_id == conversation_id if which is None else which
        return int(connection.execute(select(func.count()).select_from(table).where(mine)).scalar_one())

    mine = select(tickets.c.id).where(tickets.c.conversation_id == conversation_id)
    own = select(episodes.c.id).where(episodes.c.conversation_id == conversation_id)
    return {
        Held.MESSAGES: rows(inbox) + rows(outbox),
        Held.HELD_ANSWERS: rows(held_answers),
        Held.TICKETS: rows(tickets),
        Held.TICKET_EVENTS: rows(ticket_events, ticket_events.c.ticket_id.in_(mine)),
        Held.NOTES: rows(conversation_notes),
        Held.RATINGS: rows(satisfaction),
        Held.FEEDBACK: rows(feedback),
        Held.QUESTIONS: rows(answer_log),
        Held.SUBSCRIPTIONS: rows(news_subscriptions),
        Held.MAILINGS: rows(mailing_recipients),
        Held.EPISODES: rows(episodes),
        Held.EPISODE_EVENTS: rows(desk_events, desk_events.c.episode_id.in_(own)),
    }


def _conditions(typed: str) -> Iterable[ColumnElement[bool]]:
    """What finds exactly comes first."""
    code = read_case_code(typed)
    if code is not None:
        yield _with_ticket(tickets.c.case_code == code)
    yield or_(conversations.c.id == typed, conversations.c.participant == typed)
    digits = _NO_DIGIT.sub("", typed)
    if len(digits) >= TELEPHONE_DIGITS:
        yield _with_ticket(_bare(tickets.c.contact).contains(digits[-TELEPHONE_TAIL:]))
    if "@" in typed:
        yield _with_ticket(tickets.c.contact.icontains(typed, autoescape=True))
    if not digits:
        # SQLite folds the case of ASCII letters only.
        ways = dict.fromkeys((typed, typed.title(), typed.upper(), typed.lower()))
        yield _with_ticket(or_(*(tickets.c.name.icontains(way, autoescape=True) for way in ways)))


def _with_ticket(condition: ColumnElement[bool]) -> ColumnElement[bool]:
    return conversations.c.id.in_(select(tickets.c.conversation_id).where(condition))


def _bare(column: ColumnElement[str]) -> ColumnElement[str]:
    for sign in _BETWEEN_DIGITS:
        column = func.replace(column, sign, "")
    return column


def _last_words(connection: Connection, conversation_id: str) -> datetime | None:
    newest = select(func.max(inbox.c.received_at)).where(inbox.c.conversation_id == conversation_id)
    found: datetime | None = connection.execute(newest).scalar_one()
    return found


def _distinct(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(values))
