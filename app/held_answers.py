"""Answers that wait for an operator's look, as the console sees and decides them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime

from sqlalchemy import Connection

from connectors.held_answer import HeldAnswer as KeptBack
from connectors.held_answer import HeldState, decide, waiting_answer
from connectors.message import Reply
from connectors.stored_text import storable
from console.ports import HeldAnswer
from desk.answer_log import EDITED, LoggedAnswer, log_answer
from desk.audit import AuditAction, actor_of, record
from desk.conversation import line_to

Compose = Callable[[Reply], str]
"""The whole text of a reply, its sources named."""


def held_of(connection: Connection, conversation_id: str, compose: Compose) -> HeldAnswer | None:
    """See console.ports.Messages.held."""
    kept = waiting_answer(connection, conversation_id)
    if kept is None:
        return None
    return HeldAnswer(kept.id, compose(kept.reply), kept.reason, kept.is_suspended, kept.held_at)


def settle(
    connection: Connection,
    conversation_id: str,
    held_id: int,
    state: HeldState,
    by: int,
    sequence: int | None,
    now: datetime,
) -> bool:
    """False when somebody decided it before.

    What was sent of it stands in the answer log: as it was, for a later recall; changed, as an operator's words.
    """
    kept = waiting_answer(connection, conversation_id)
    if kept is None or kept.id != held_id or not decide(connection, held_id, state, by, sequence, now):
        return False
    if sequence is not None:
        _log(connection, kept, EDITED if state is HeldState.EDITED else kept.reply.status, sequence, now)
    detail: dict[str, str | int | bool | None] = {"decision": f"held_{state.value}", "held": held_id}
    record(connection, actor_of(by), AuditAction.HELD_ANSWER_DECIDED, f"conversation:{conversation_id}", detail, now)
    return True


def _log(connection: Connection, kept: KeptBack, status: str, sequence: int, now: datetime) -> None:
    reply = kept.reply
    question = reply.dialogue.question if reply.dialogue is not None else ""
    channel = line_to(connection, kept.conversation_id).channel
    source = {} if reply.source is None else asdict(reply.source)
    log_answer(
        connection,
        LoggedAnswer(kept.conversation_id, sequence, channel, now, storable(question), status, **source),
    )
