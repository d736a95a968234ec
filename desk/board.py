"""What a supervisor has to see at once: who works on what, how long people waited today, where a promise was broken."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby

from sqlalchemy import Connection, select

from desk.accounts.operator import Operator, list_operators
from desk.accounts.permissions import Permission, may
from desk.calendar.zone import in_vietnam
from desk.conversation import conversations
from desk.handoff.episode import Event
from desk.handoff.log import desk_events, episodes
from desk.handoff.state import EventKind, Reason, State
from desk.presence import Presence, Present, all_presences
from desk.report.month_rows import rows_between
from desk.report.person_request import Course, PersonRequest, requests_of
from desk.settings import PresenceSettings
from desk.worklist import WorkItem

_ASKING = (EventKind.QUEUED, EventKind.CALLBACK_PROMISED)
_SHOWN_FIRST = (Presence.ONLINE, Presence.BUSY, Presence.AWAY, Presence.OFFLINE)


@dataclass(frozen=True)
class Load:
    """One operator: how they stand (None: never sat down), and the conversations that they have now."""

    operator: Operator
    present: Present | None
    items: tuple[WorkItem, ...]

    @property
    def presence(self) -> Presence:
        """Offline for somebody who never sat down."""
        return Presence.OFFLINE if self.present is None else self.present.presence

    @property
    def is_here(self) -> bool:
        """Whether conversations may be given to them."""
        return self.presence in (Presence.ONLINE, Presence.BUSY)


@dataclass(frozen=True)
class Wish:
    """A wish for a person, and the episode in which it was heard."""

    episode_id: int
    channel: str
    request: PersonRequest

    def waited(self, now: datetime) -> timedelta | None:
        """In the queue, up to now while it still waits; None for a call-back that was promised at once."""
        if self.request.course is Course.WAITING:
            return now - self.request.asked_at
        seconds = self.request.waited_seconds
        return None if seconds is None else timedelta(seconds=seconds)


@dataclass(frozen=True)
class LateWait:
    """A wait that was longer than the goal. `course` says how it ended, or that it has not."""

    episode_id: int
    channel: str
    reason: Reason
    asked_at: datetime
    waited: timedelta
    course: Course


def loads(
    connection: Connection, items: Sequence[WorkItem], now: datetime, rules: PresenceSettings
) -> tuple[Load, ...]:
    """Everybody who may take conversations and has an open account; who is there comes first, then who has most."""
    present = {each.operator_id: each for each in all_presences(connection, now, rules)}
    found = [
        Load(
            operator,
            present.get(operator.id),
            tuple(item for item in items if item.stored.episode.operator_id == operator.id),
        )
        for operator in list_operators(connection)
        if may(operator, Permission.TAKE_CONVERSATIONS)
    ]
    return tuple(sorted(found, key=_place))


def wishes(connection: Connection, start: datetime, end: datetime) -> tuple[Wish, ...]:
    """Those that were heard from `start` until before `end`, the oldest first."""
    table = desk_events.c
    concerned = select(table.episode_id).where(
        rows_between(connection, desk_events, table.at, start, end), table.kind.in_(_ASKING)
    )
    columns = (table.episode_id, conversations.c.channel, table.kind, table.at, table.actor, table.data)
    statement = (
        select(*columns)
        .join(episodes, episodes.c.id == table.episode_id)
        .join(conversations, conversations.c.id == episodes.c.conversation_id)
        .where(table.episode_id.in_(concerned))
        .order_by(table.episode_id, table.number)
    )
    found: list[Wish] = []
    for (episode_id, channel), rows in groupby(connection.execute(statement), key=lambda row: (row[0], row[1])):
        events = [Event(EventKind(row.kind), row.at, row.actor, row.data) for row in rows]
        found += [Wish(episode_id, channel, one) for one in requests_of(events) if start <= one.asked_at < end]
    return tuple(sorted(found, key=lambda wish: wish.request.asked_at))


def late_waits(found: Iterable[Wish], goal: timedelta, now: datetime) -> tuple[LateWait, ...]:
    """Who waits for too long still comes first, then the latest. Pure."""
    late = [
        LateWait(wish.episode_id, wish.channel, wish.request.reason, wish.request.asked_at, waited, wish.request.course)
        for wish in found
        if (waited := wish.waited(now)) is not None and waited > goal
    ]
    return tuple(sorted(late, key=lambda one: (one.course is not Course.WAITING, -one.asked_at.timestamp())))


def oldest_wait(items: Iterable[WorkItem], now: datetime) -> timedelta | None:
    """Of those in the queue; None when nobody waits. Pure."""
    since = [item.since for item in items if item.stored.episode.state is State.QUEUED]
    return now - min(since) if since else None


def day_of(moment: datetime) -> datetime:
    """When that day began in Vietnam. Pure."""
    return in_vietnam(moment).replace(hour=0, minute=0, second=0, microsecond=0)


def _place(load: Load) -> tuple[int, int, str]:
    return _SHOWN_FIRST.index(load.presence), -len(load.items), load.operator.display_name
