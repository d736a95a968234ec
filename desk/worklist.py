"""The work that lies before operators: who waits, who has what, what was done lately."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Row, Select, case, select

from desk.audit import actor_of
from desk.conversation import conversations
from desk.handoff.episode import Event
from desk.handoff.log import StoredEpisode, desk_events, episode_by_id, episodes, stored_from
from desk.handoff.state import EventKind, Priority, State

WORK = (State.QUEUED, State.CLAIMED, State.FORWARDING, State.CALLBACK)
MOST_OPEN = 500
TAKING = frozenset({EventKind.CLAIMED, EventKind.REASSIGNED, EventKind.FORWARD_ACCEPTED})
_RANK = {priority: place for place, priority in enumerate(Priority)}
# Promised call-backs pile up over a long holiday: who waits now must not be crowded out by them.
_FIRST = (
    case((episodes.c.state == State.CALLBACK, 1), else_=0),
    case(_RANK, value=episodes.c.priority),
    episodes.c.waiting_since,
    episodes.c.id,
)


@dataclass(frozen=True)
class WorkItem:
    """`unreachable` says why nothing can be sent to the citizen now; None while they can be reached."""

    stored: StoredEpisode
    channel: str
    unreachable: str | None

    @property
    def since(self) -> datetime:
        """Since when the citizen waits, or waited, for a person."""
        return self.stored.episode.waiting_since or self.stored.opened_at


def open_work(connection: Connection, most: int = MOST_OPEN) -> tuple[WorkItem, ...]:
    """What a person has or should take: urgent first, then who waits longer. Beyond `most`, call-backs are left out."""
    mine = _items().where(episodes.c.closed_at.is_(None), episodes.c.state.in_(WORK))
    items = [_item(row) for row in connection.execute(mine.order_by(*_FIRST).limit(most))]
    return tuple(sorted(items, key=lambda item: (_RANK[item.stored.episode.priority], item.since)))


def work_item(connection: Connection, episode_id: int) -> WorkItem | None:
    """Whatever its state; None when there is no such episode."""
    row = connection.execute(_items().where(episodes.c.id == episode_id)).one_or_none()
    return None if row is None else _item(row)


def done_lately(connection: Connection, operator_id: int, limit: int) -> tuple[WorkItem, ...]:
    """What this operator closed or gave back, the newest first."""
    ended = select(desk_events.c.episode_id, desk_events.c.id.label("event_id")).where(
        desk_events.c.actor == actor_of(operator_id),
        desk_events.c.kind.in_((EventKind.CLOSED, EventKind.GIVEN_BACK)),
    )
    newest = ended.order_by(desk_events.c.id.desc()).limit(limit).subquery()
    statement = _items().join(newest, newest.c.episode_id == episodes.c.id).order_by(newest.c.event_id.desc())
    found: dict[int, WorkItem] = {}
    for row in connection.execute(statement.where(episodes.c.state.not_in(WORK))):
        item = _item(row)
        found.setdefault(item.stored.id, item)
    return tuple(found.values())


def episodes_of(connection: Connection, conversation_id: str, limit: int) -> tuple[StoredEpisode, ...]:
    """Of one conversation, the newest first."""
    statement = select(episodes).where(episodes.c.conversation_id == conversation_id)
    rows = connection.execute(statement.order_by(episodes.c.number.desc()).limit(limit))
    return tuple(stored_from(row) for row in rows)


def lock_episode(connection: Connection, episode_id: int) -> StoredEpisode | None:
    """The episode, which nobody else moves until this transaction ends; None when there is none."""
    held = select(episodes.c.id).where(episodes.c.id == episode_id).with_for_update()
    if connection.execute(held).one_or_none() is None:
        return None
    return episode_by_id(connection, episode_id)


def had_it(events: Sequence[Event], operator_id: int) -> bool:
    """Whether this operator ever had the conversation of these events. Pure."""
    return any(event.kind in TAKING and event.data.get("operator_id") == operator_id for event in events)


def had_at(events: Sequence[Event], moment: datetime) -> int | None:
    """Which operator had it at that moment. Pure."""
    owner: int | None = None
    for event in events:
        if event.at > moment:
            break
        if event.kind in TAKING:
            owner = event.data["operator_id"]
    return owner


def forward_note(events: Sequence[Event]) -> str:
    """What the colleague wrote who wants to hand it over last; empty when nobody does. Pure."""
    asked = [event for event in events if event.kind is EventKind.FORWARD_ASKED]
    return str(asked[-1].data.get("note", "")) if asked else ""


def _items() -> Select[tuple[object, ...]]:
    extra = (conversations.c.channel, conversations.c.unreachable)
    return select(episodes, *extra).join(conversations, conversations.c.id == episodes.c.conversation_id)


def _item(row: Row[tuple[object, ...]]) -> WorkItem:
    fields = row._mapping
    return WorkItem(stored_from(row), fields[conversations.c.channel], fields[conversations.c.unreachable])
