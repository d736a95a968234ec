"""Erases one citizen's words. Rows stay, emptied: their numbers keep order and a replayed message is still known."""

from __future__ import annotations

import re
from datetime import datetime

from sqlalchemy import Connection, delete, null, select, update

from connectors.dead_letters import unreadable_updates
from connectors.deliveries import deliveries
from connectors.dialogue_memory import ask_to_forget
from connectors.held_answer import held_answers
from connectors.inbox import InboxState, inbox, is_waiting
from connectors.message import Reply
from connectors.outbox import content_of, outbox
from desk.answer_log import answer_log
from desk.conversation import ConversationKey
from desk.feedback import feedback
from desk.handoff.erasure import erase_episode_words
from desk.notes import conversation_notes
from desk.notices.recipient import forget_recipient
from desk.notices.subscription import forget_subscriptions
from desk.satisfaction import satisfaction
from desk.tickets.erasure import erase_tickets

ERASED = ""
EMPTY_CONTENT = content_of(Reply(ERASED))


def erase_conversation(connection: Connection, conversation_id: str, now: datetime) -> None:
    """Everything said, attached, filled in, answered or noted in this conversation; what still waits was said later.

    What the dialogue engine remembers goes soon after: see connectors/dialogue_memory.py.
    """
    _erase_messages(connection, conversation_id)
    whose = {"conversation_id": conversation_id}
    connection.execute(update(feedback).filter_by(**whose).values(comment=ERASED))
    connection.execute(update(answer_log).filter_by(**whose).values(question=ERASED))
    connection.execute(update(satisfaction).filter_by(**whose).values(words=ERASED))
    connection.execute(delete(conversation_notes).filter_by(**whose))
    forget_subscriptions(connection, conversation_id)
    forget_recipient(connection, conversation_id)
    erase_episode_words(connection, conversation_id)
    erase_tickets(connection, conversation_id, now)
    ask_to_forget(connection, conversation_id, now)


def erase_waiting(connection: Connection, conversation_id: str, now: datetime) -> None:
    """Also what nobody has answered yet: whoever has it in work finds its lease gone."""
    waiting = update(inbox).where(inbox.c.conversation_id == conversation_id, is_waiting(inbox))
    connection.execute(waiting.values(text=ERASED, payload=None, extras=null(), state=InboxState.DONE, finished_at=now))


def erase_unreadable(connection: Connection, key: ConversationKey) -> int:
    """Updates that nobody could read, and in which this citizen's id stands; how many they were.

    An id that another one contains is told from it: the characters around it decide.
    """
    columns = unreadable_updates.c
    suspects = select(columns.id, columns.body).where(
        columns.channel == key.channel,
        columns.account == key.account,
        columns.body.contains(key.participant, autoescape=True),
    )
    named = re.compile(rf"(?<![\w.-]){re.escape(key.participant)}(?![\w-])")
    ids = [row.id for row in connection.execute(suspects) if named.search(row.body)]
    connection.execute(delete(unreadable_updates).where(columns.id.in_(ids)))
    return len(ids)


def _erase_messages(connection: Connection, conversation_id: str) -> None:
    connection.execute(
        update(inbox)
        .where(inbox.c.conversation_id == conversation_id, ~is_waiting(inbox))
        # A dead letter without its words cannot be tried again.
        .values(text=ERASED, payload=None, extras=null(), state=InboxState.DONE)
    )
    connection.execute(
        update(outbox)
        .where(outbox.c.conversation_id == conversation_id)
        .values(text=ERASED, content=EMPTY_CONTENT, has_buttons=False)
    )
    connection.execute(
        update(held_answers)
        .where(held_answers.c.conversation_id == conversation_id)
        .values(text=ERASED, content=EMPTY_CONTENT)
    )
    connection.execute(
        update(deliveries)
        .where(deliveries.c.conversation_id == conversation_id)
        # What the channel said of a failure may name the citizen, and without its words nobody can send it again.
        .values(text=ERASED, buttons=[], channel_message_id=None, error_detail=None, error_class=None)
    )
