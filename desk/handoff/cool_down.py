"""Whether a citizen was asked about a person a short time ago: asking again at every turn is tiresome."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, exists, select

from desk.handoff.log import desk_events, episodes
from desk.handoff.state import EventKind

ASKED = (EventKind.OFFERED, EventKind.DECLINED, EventKind.CITIZEN_RETURNED)
"""Who would rather go on with the assistant than wait has said no as well."""


def was_asked_since(connection: Connection, conversation_id: str, since: datetime) -> bool:
    """In any of its episodes."""
    asked = exists().where(
        desk_events.c.episode_id == episodes.c.id,
        episodes.c.conversation_id == conversation_id,
        desk_events.c.kind.in_(ASKED),
        desk_events.c.at > since,
    )
    return bool(connection.execute(select(asked)).scalar_one())
