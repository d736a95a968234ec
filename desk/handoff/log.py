"""Episodes and their events in the database: the event is appended and the row follows, together or not at all."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import (
    JSON,
    Column,
    Connection,
    ForeignKey,
    Index,
    Integer,
    Row,
    String,
    Table,
    UniqueConstraint,
    func,
    insert,
    select,
    update,
)

from desk.append_only import keep_event_log
from desk.conversation import conversations
from desk.database import RowId, UtcDateTime, insert_if_absent, metadata
from desk.handoff.episode import Episode, Event, apply, replay
from desk.handoff.state import ASSISTANT_SPEAKS, EventKind, Priority, Reason, State
from desk.ownership import give_back, take_over

episodes = Table(
    "episodes",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("conversation_id", ForeignKey(conversations.c.id), nullable=False),
    Column("number", Integer, nullable=False),
    Column("state", String(16), nullable=False),
    Column("version", Integer, nullable=False),
    Column("operator_id", Integer),
    Column("forward_to", Integer),
    Column("reason", String(32)),
    Column("priority", String(16), nullable=False),
    Column("waiting_since", UtcDateTime),
    Column("claimed_at", UtcDateTime),
    Column("closed_at", UtcDateTime),
    Column("close_reason", String(32)),
    Column("opened_at", UtcDateTime, nullable=False),
    UniqueConstraint("conversation_id", "number"),
)
_open = episodes.c.closed_at.is_(None)
# Two open episodes of one conversation are impossible, whatever the gateways do.
Index("uq_episodes_open", episodes.c.conversation_id, unique=True, postgresql_where=_open, sqlite_where=_open)
Index("ix_episodes_open_state", episodes.c.state, episodes.c.waiting_since, postgresql_where=_open, sqlite_where=_open)
Index("ix_episodes_claimed_at", episodes.c.claimed_at)

desk_events = Table(
    "desk_events",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("episode_id", ForeignKey(episodes.c.id), nullable=False),
    Column("number", Integer, nullable=False),
    Column("kind", String(32), nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("actor", String(64), nullable=False),
    Column("data", JSON, nullable=False),
    UniqueConstraint("episode_id", "number"),
)
keep_event_log(desk_events)


class OvertakenError(RuntimeError):
    """Somebody else moved the episode first; `current` is how it is now."""

    def __init__(self, current: StoredEpisode) -> None:
        super().__init__(f"episode {current.id} is at version {current.episode.version}")
        self.current = current


@dataclass(frozen=True)
class StoredEpisode:
    """`number` counts the episodes of the conversation from 1."""

    id: int
    conversation_id: str
    number: int
    opened_at: datetime
    episode: Episode


def open_episode(connection: Connection, conversation_id: str) -> StoredEpisode | None:
    """The one that is not closed; None when there is none."""
    row = connection.execute(select(episodes).where(episodes.c.conversation_id == conversation_id, _open)).one_or_none()
    return None if row is None else stored_from(row)


def episode_by_id(connection: Connection, episode_id: int) -> StoredEpisode | None:
    """None when there is no such episode."""
    row = connection.execute(select(episodes).where(episodes.c.id == episode_id)).one_or_none()
    return None if row is None else stored_from(row)


def ensure_episode(connection: Connection, conversation_id: str, now: datetime) -> StoredEpisode:
    """The open one, or a new one in state BOT. The conversation must exist."""
    found = open_episode(connection, conversation_id)
    while found is None:
        earlier = connection.execute(
            select(func.coalesce(func.max(episodes.c.number), 0)).where(episodes.c.conversation_id == conversation_id)
        ).scalar_one()
        values = {"conversation_id": conversation_id, "number": earlier + 1, "opened_at": now}
        insert_if_absent(connection, episodes, {**values, **_columns(Episode())})
        found = open_episode(connection, conversation_id)
    return found


def move(connection: Connection, stored: StoredEpisode, event: Event) -> StoredEpisode:
    """Appends the event. Raises MoveRefusedError, and OvertakenError when `stored` is no longer how it stands."""
    after = apply(stored.episode, event)
    moved = connection.execute(
        update(episodes)
        .where(episodes.c.id == stored.id, episodes.c.version == stored.episode.version)
        .values(_columns(after))
    )
    if not moved.rowcount:
        current = episode_by_id(connection, stored.id)
        raise OvertakenError(current if current is not None else stored)
    values = {"episode_id": stored.id, "number": after.version, "kind": event.kind, "at": event.at}
    connection.execute(insert(desk_events), {**values, "actor": event.actor, "data": dict(event.data)})
    _hand_ownership(connection, stored, after)
    return StoredEpisode(stored.id, stored.conversation_id, stored.number, stored.opened_at, after)


def events_of(connection: Connection, episode_id: int) -> tuple[Event, ...]:
    """From the first on."""
    statement = select(desk_events).where(desk_events.c.episode_id == episode_id).order_by(desk_events.c.number)
    return tuple(Event(EventKind(row.kind), row.at, row.actor, row.data) for row in connection.execute(statement))


def replayed(connection: Connection, episode_id: int) -> Episode:
    """What the log alone says; equal to the row, always."""
    return replay(events_of(connection, episode_id))


def _hand_ownership(connection: Connection, before: StoredEpisode, after: Episode) -> None:
    spoke, speaks = before.episode.state in ASSISTANT_SPEAKS, after.state in ASSISTANT_SPEAKS
    if spoke and not speaks:
        take_over(connection, before.conversation_id, None)
    elif speaks and not spoke:
        give_back(connection, before.conversation_id)


def _columns(episode: Episode) -> dict[str, object]:
    return asdict(episode)


def stored_from(row: Row[tuple[object, ...]]) -> StoredEpisode:
    """From a row that holds all columns of `episodes`, alone or joined."""
    fields, columns = row._mapping, episodes.c
    episode = Episode(
        state=State(fields[columns.state]),
        version=fields[columns.version],
        operator_id=fields[columns.operator_id],
        forward_to=fields[columns.forward_to],
        reason=None if fields[columns.reason] is None else Reason(fields[columns.reason]),
        priority=Priority(fields[columns.priority]),
        waiting_since=fields[columns.waiting_since],
        claimed_at=fields[columns.claimed_at],
        closed_at=fields[columns.closed_at],
        close_reason=fields[columns.close_reason],
    )
    return StoredEpisode(
        fields[columns.id], fields[columns.conversation_id], fields[columns.number], fields[columns.opened_at], episode
    )
