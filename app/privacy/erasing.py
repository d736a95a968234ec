"""Erases one citizen: everything in our database in one transaction, what Rasa remembers right after it.

Dying at any moment leaves either nothing done, or all of it but Rasa's memory; that is then due in the database
(connectors/dialogue_memory.py) until some gateway has seen to it.
"""

from __future__ import annotations

import asyncio
import logging
import sqlite3
from collections.abc import Mapping
from datetime import datetime
from functools import partial

from sqlalchemy import Connection, select

from app.privacy.finding import citizen_of
from connectors.dialogue_memory import DialogueMemory, forgotten, to_forget
from connectors.erasure import erase_conversation, erase_unreadable, erase_waiting
from connectors.unnaming import unname
from desk.audit import AuditAction, record
from desk.citizen import FoundCitizen, Held, PrivacyRequest
from desk.conversation import ConversationKey, conversations
from desk.handoff.log import open_episode
from desk.handoff.moves import close
from desk.handoff.state import CloseReason
from desk.transactions import Transactions
from desk.worklist import lock_episode
from editing.gaps.erasure import forget_vectors
from vietnamese.identifiers import mask_identifiers

log = logging.getLogger(__name__)
COUNTED = (Held.MESSAGES, Held.TICKETS, Held.NOTES)


def erase_citizen(connection: Connection, request: PrivacyRequest, now: datetime) -> FoundCitizen | None:
    """Who they were, masked; None when there is nobody of this id, or not any more. Cannot be undone."""
    key = _lock(connection, request.conversation_id)
    found = None if key is None else citizen_of(connection, request.conversation_id)
    if key is None or found is None:
        return None
    erase_all_of(connection, key, request.actor, now)
    detail = audit_detail(request, found.counts)
    record(connection, request.actor, AuditAction.CITIZEN_ERASED, f"conversation:{key.id}", detail, now)
    return found


def erase_all_of(connection: Connection, key: ConversationKey, actor: str, now: datetime) -> None:
    """Without a line in the audit log; the conversation's row is locked by the caller."""
    stored = open_episode(connection, key.id)
    if stored is not None:
        # Nobody is told: that would be one more message to erase.
        close(connection, stored, actor, CloseReason.WITHDRAWN, now)
    erase_waiting(connection, key.id, now)
    erase_conversation(connection, key.id, now)
    erase_unreadable(connection, key)
    forget_vectors(connection, key.id)
    unname(connection, key.id, now)


def audit_detail(request: PrivacyRequest, counts: Mapping[Held, int]) -> dict[str, str | int | bool | None]:
    """The reason, without any number that somebody wrote into it after all, and how much it was about."""
    return {"reason": mask_identifiers(request.reason), **{kind.value: counts[kind] for kind in COUNTED}}


async def forget_memories(transactions: Transactions, memory: DialogueMemory, now: datetime) -> int:
    """What the dialogue engine still remembers of the erased; how many conversations are left to be seen to again."""
    due = await transactions.read(to_forget)
    for conversation_id in due:
        # The file may be busy for seconds, and nobody else shall wait for it.
        if await asyncio.to_thread(forget_one, memory, conversation_id):
            await transactions.write(partial(forgotten, conversation_id=conversation_id, now=now))
    return len(await transactions.read(to_forget))


def forget_one(memory: DialogueMemory, conversation_id: str) -> bool:
    """False when its file cannot be written now: it stays due."""
    try:
        memory.forget(conversation_id)
    except sqlite3.Error as error:
        log.error("dialogue memory: %s", type(error).__name__)  # noqa: TRY400 - which conversation is nobody's business
        return False
    return True


def _lock(connection: Connection, conversation_id: str) -> ConversationKey | None:
    """Episode first, conversation second: the order in which operators lock them."""
    stored = open_episode(connection, conversation_id)
    if stored is not None:
        lock_episode(connection, stored.id)
    columns = (conversations.c.id, conversations.c.channel, conversations.c.account, conversations.c.participant)
    held = select(*columns).where(conversations.c.id == conversation_id).with_for_update()
    row = connection.execute(held).one_or_none()
    return None if row is None else ConversationKey(*row)
