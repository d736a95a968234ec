"""What a message changes beside its answer, in the transaction that ends it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy import Connection, exists, update

from connectors.erasure import erase_conversation, erase_unreadable
from connectors.inbox import inbox, is_waiting
from connectors.nameless import LEFT, part_from_answers
from connectors.sending import cancel_waiting
from desk.alert import Alert, raise_alert
from desk.audit import AuditAction, record
from desk.conversation import ConversationKey, conversations
from desk.handoff.log import open_episode
from desk.handoff.moves import CITIZEN, close
from desk.handoff.state import CloseReason
from desk.ownership import take_over
from desk.worklist import lock_episode

Effect = Callable[[Connection, ConversationKey, datetime], None]
ALERT_WITHDRAWN = "data_withdrawn"


def note_welcome(connection: Connection, key: ConversationKey, now: datetime) -> None:
    """So that following, leaving and following again is greeted once."""
    _set(connection, key, welcomed_at=now)


def note_leaving(connection: Connection, key: ConversationKey, now: datetime) -> None:
    """Nothing can be sent any more, and nothing waits to be."""
    _mark_left(connection, key)
    cancel_waiting(connection, key.id, now)


def keep_quiet(connection: Connection, key: ConversationKey, now: datetime) -> None:
    """The citizen wants answers only."""
    _set(connection, key, quiet_since=now)


def speak_again(connection: Connection, key: ConversationKey, _now: datetime) -> None:
    """The citizen wants news again."""
    _set(connection, key, quiet_since=None)


def hand_to_staff(hours: float) -> Effect:
    """Somebody of the agency answers in the channel's own tool: the assistant is silent for so long after each word."""

    def effect(connection: Connection, key: ConversationKey, now: datetime) -> None:
        take_over(connection, key.id, now + timedelta(hours=hours))
        cancel_waiting(connection, key.id, now)

    return effect


def forget(connection: Connection, key: ConversationKey, now: datetime) -> None:
    """Erases what was said; no recall finds them any more, even when they come back.

    What the agency holds elsewhere is for a person: hence the alert.
    """
    cancel_waiting(connection, key.id, now)
    stored = open_episode(connection, key.id)
    if stored is not None and lock_episode(connection, stored.id) is not None:
        close(connection, stored, CITIZEN, CloseReason.WITHDRAWN, now)
    erase_conversation(connection, key.id, now)
    part_from_answers(connection, key.id)
    erase_unreadable(connection, key)
    record(connection, CITIZEN, AuditAction.CITIZEN_ERASED, f"conversation:{key.id}", {}, now)
    _mark_left(connection, key)
    raise_alert(connection, Alert(key.channel, key.account, ALERT_WITHDRAWN, "", conversation_id=key.id), now)


def _mark_left(connection: Connection, key: ConversationKey) -> None:
    """Unless they are back: whatever waits in the inbox behind this came later."""
    is_back = exists().where(inbox.c.conversation_id == key.id, is_waiting(inbox))
    connection.execute(
        update(conversations).where(conversations.c.id == key.id, ~is_back.correlate(None)).values(unreachable=LEFT)
    )


def _set(connection: Connection, key: ConversationKey, **values: object) -> None:
    connection.execute(update(conversations).where(conversations.c.id == key.id).values(**values))
