"""Conversations of somebody who cannot work any more: nobody falls between two chairs."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from console.operator.room import Room
from desk.accounts.operator import Operator
from desk.accounts.permissions import ALLOWED, Permission
from desk.handoff.episode import MoveRefusedError
from desk.handoff.log import OvertakenError
from desk.handoff.moves import operator_actor, requeue
from desk.worklist import lock_episode, open_work

WHY = "account"


def cannot_answer(operator: Operator) -> bool:
    """Disabled, or without a role that answers citizens."""
    answers = any(Permission.REPLY in ALLOWED[role] for role in operator.roles)
    return operator.is_disabled or not answers


def put_back(
    connection: Connection, room: Room, operator_id: int, by: int, now: datetime
) -> tuple[tuple[str, str], ...]:
    """All that they had goes to the front of the queue, and the citizens are told; the conversations with channels."""
    announced = []
    for item in open_work(connection):
        stored = lock_episode(connection, item.stored.id) if item.stored.episode.operator_id == operator_id else None
        if stored is None or stored.episode.operator_id != operator_id:
            continue
        try:
            moved = requeue(connection, stored, operator_actor(by), WHY, now)
        except (MoveRefusedError, OvertakenError):
            continue
        room.messages.tell(connection, stored.conversation_id, moved.sentences, now)
        announced.append((stored.conversation_id, item.channel))
    return tuple(announced)
