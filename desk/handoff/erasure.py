"""Erases what somebody wrote into the events of episodes. Who did what and when stays: replay gives the same state."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, select, update

from desk.handoff.log import desk_events, episodes

CODES = frozenset({"reason", "priority", "obstacle", "operator_id", "why"})
"""Keys that hold words of our own code, which replay needs; everything else that is text goes."""


def erase_episode_words(connection: Connection, conversation_id: str) -> None:
    """Notes with which operators forwarded this conversation."""
    whose = select(episodes.c.id).where(episodes.c.conversation_id == conversation_id)
    empty_events(connection, desk_events, desk_events.c.episode_id.in_(whose), CODES)


def empty_events(connection: Connection, log: Table, which: ColumnElement[bool], kept: Collection[str]) -> int:
    """Of a log with a column `data`; how many events had something to empty."""
    emptied = 0
    for event in connection.execute(select(log.c.id, log.c.data).where(which)).all():
        bare = without_words(event.data, kept)
        if bare != event.data:
            connection.execute(update(log).where(log.c.id == event.id).values(data=bare))
            emptied += 1
    return emptied


def without_words(data: Mapping[str, Any], kept: Collection[str]) -> dict[str, Any]:
    """The same keys, so that whoever reads them still finds them; text under other keys than `kept` is empty. Pure."""
    words = {key for key, value in data.items() if key not in kept and isinstance(value, str | list | dict)}
    return {key: "" if key in words else value for key, value in data.items()}
