"""Messages without an answer and replies that did not arrive, for the supervisor's page."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from connectors.dead_letters import (
    dead_letter_words,
    dead_letters,
    drop_dead_letter,
    drop_unreadable,
    retry_dead_letter,
    unreadable,
    unreadable_words,
)
from connectors.deliveries import DeliveryState, troubled_deliveries
from connectors.plain_text import plain_text
from connectors.repeating import leave_delivery, repeat_delivery, repeatable
from console.supervisor.ports import Letter, LetterKind
from desk.masking import masked

MOST = 1_000
SHOWN_CHARACTERS = 240


class StoredLetters:
    """See console.supervisor.ports.Letters."""

    def waiting(self, connection: Connection, limit: int) -> tuple[Letter, ...]:
        """See Letters."""
        return (*_messages(connection, limit), *_sends(connection, limit), *_unread(connection, limit))

    def find(self, connection: Connection, kind: LetterKind, letter_id: int) -> Letter | None:
        """See Letters."""
        listing = {LetterKind.MESSAGE: _messages, LetterKind.UNREADABLE: _unread, LetterKind.DELIVERY: _sends}[kind]
        return next(iter(listing(connection, MOST, letter_id)), None)

    def whole(self, connection: Connection, kind: LetterKind, letter_id: int) -> str | None:
        """See Letters."""
        match kind:
            case LetterKind.MESSAGE:
                return dead_letter_words(connection, letter_id)
            case LetterKind.UNREADABLE:
                return unreadable_words(connection, letter_id)
            case LetterKind.DELIVERY:
                found = repeatable(connection, letter_id)
                return None if found is None else found.text

    def retry(self, connection: Connection, letter: Letter, now: datetime) -> bool:
        """See Letters."""
        match letter.kind:
            case LetterKind.MESSAGE:
                return retry_dead_letter(connection, letter.id, now)
            case LetterKind.DELIVERY:
                return repeat_delivery(connection, letter.id, now)
            case LetterKind.UNREADABLE:
                return False

    def drop(self, connection: Connection, letter: Letter, now: datetime) -> bool:
        """See Letters."""
        match letter.kind:
            case LetterKind.MESSAGE:
                return drop_dead_letter(connection, letter.id)
            case LetterKind.DELIVERY:
                return leave_delivery(connection, letter.id)
            case LetterKind.UNREADABLE:
                return drop_unreadable(connection, letter.id)


def _messages(connection: Connection, limit: int, wanted: int | None = None) -> tuple[Letter, ...]:
    return tuple(
        Letter(
            kind=LetterKind.MESSAGE,
            id=one.inbox_id,
            channel=one.channel,
            conversation_id=one.conversation_id,
            at=one.received_at,
            why=one.error_class,
            detail="",
            attempts=one.attempts,
            words=_shown(dead_letter_words(connection, one.inbox_id)),
            may_have_arrived=False,
            may_repeat=True,
        )
        for one in dead_letters(connection, limit)
        if wanted in (None, one.inbox_id)
    )


def _sends(connection: Connection, limit: int, wanted: int | None = None) -> tuple[Letter, ...]:
    found = []
    for one in troubled_deliveries(connection, limit):
        if wanted not in (None, one.id):
            continue
        known = repeatable(connection, one.id)
        found.append(
            Letter(
                kind=LetterKind.DELIVERY,
                id=one.id,
                channel=one.channel,
                conversation_id=one.conversation_id,
                at=one.created_at,
                why=one.error_class,
                # A channel may repeat a telephone number or an id in what it says.
                detail=_shown(" ".join(part for part in (one.error_code, one.error_detail) if part)),
                attempts=one.attempts,
                words=_shown(None if known is None else known.text),
                may_have_arrived=one.state is DeliveryState.UNKNOWN,
                may_repeat=known is not None and known.may_repeat,
            )
        )
    return tuple(found)


def _unread(connection: Connection, limit: int, wanted: int | None = None) -> tuple[Letter, ...]:
    return tuple(
        Letter(
            kind=LetterKind.UNREADABLE,
            id=one.id,
            channel=one.channel,
            conversation_id="",
            at=one.received_at,
            why=one.reason,
            detail="",
            attempts=0,
            words=_shown(unreadable_words(connection, one.id)),
            may_have_arrived=False,
            may_repeat=False,
        )
        for one in unreadable(connection, limit)
        if wanted in (None, one.id)
    )


def _shown(words: str | None) -> str:
    return masked(plain_text(words or ""))[0][:SHOWN_CHARACTERS]
