"""What happens to episodes because time passes: nobody waits for ever, and nobody is forgotten."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from sqlalchemy import Connection, func, select

from connectors.handing_off import Handoffs
from connectors.inbox import inbox
from connectors.leadership import Leadership
from connectors.message import InboundKind
from connectors.metrics import Metrics
from connectors.outbox import OPERATOR, SYSTEM, Render, outbox
from connectors.spoken import Spoken, conversation_key, speak
from connectors.ticking import keep_ticking, ticked
from desk.conversation import ConversationKey
from desk.handoff.availability import Obstacle
from desk.handoff.episode import MoveRefusedError
from desk.handoff.log import OvertakenError, StoredEpisode, desk_events, episodes, stored_from
from desk.handoff.moves import Moved, close, end_forward, end_waiting, requeue
from desk.handoff.state import CloseReason, State
from desk.settings import HandoffSettings
from desk.transactions import Transactions

LEADER = "desk clock"
TICK_SECONDS = 15.0
BY_CLOCK = "system"
_WORDS = (InboundKind.TEXT, InboundKind.CHOICE, InboundKind.ATTACHMENT, InboundKind.CONTACT)


@dataclass(frozen=True)
class DeskClock:
    """One gateway's clock moves at a time. `said` tells pages and senders that something was said."""

    transactions: Transactions
    leadership: Leadership
    handoffs: Handoffs
    settings: HandoffSettings
    render_of: Callable[[str], Render | None]
    said: Callable[[ConversationKey], None]
    metrics: Metrics
    clock: Callable[[], datetime]

    async def run(self) -> None:
        """Until cancelled; see connectors/ticking.py."""
        await keep_ticking(LEADER, self._tick_as_leader, TICK_SECONDS, self.metrics)

    async def _tick_as_leader(self) -> None:
        if await self.leadership.hold(LEADER):
            await self.tick()

    async def tick(self) -> None:
        """Each episode for itself: one that somebody else moves meanwhile, or that cannot be moved, spoils no other."""
        now = self.clock()
        for stored in await self.transactions.read(_open_episodes):
            await ticked(f"{LEADER}, episode {stored.id}", partial(self._tick_one, stored, now), self.metrics, LEADER)

    async def _tick_one(self, stored: StoredEpisode, now: datetime) -> None:
        try:
            moved = await self.transactions.write(partial(self._move, stored=stored, now=now))
        except (OvertakenError, MoveRefusedError):
            return  # an operator or the citizen was quicker
        if moved is not None:
            self.said(moved)

    def _move(self, connection: Connection, stored: StoredEpisode, now: datetime) -> ConversationKey | None:
        """The conversation in which something was said; None when nothing is due."""
        key = conversation_key(connection, stored.conversation_id)
        moved = None if key is None else self._due(connection, key, stored, now)
        if key is None or moved is None:
            return None
        for text in self.handoffs.words_of(connection, key, moved, now):
            speak(connection, Spoken(key, SYSTEM, text), self.render_of(key.channel), now)
        return key

    def _due(self, connection: Connection, key: ConversationKey, stored: StoredEpisode, now: datetime) -> Moved | None:
        match stored.episode.state:
            case State.QUEUED:
                obstacle = self._why_not_wait(connection, key, stored, now)
                return None if obstacle is None else end_waiting(connection, stored, obstacle, now)
            case State.FORWARDING if _last_move(connection, stored) <= now - _minutes(self.settings.forward_minutes):
                return end_forward(connection, stored, BY_CLOCK, "timeout", now)
            case State.CLAIMED if self._is_left_alone(connection, key, stored, now):
                return requeue(connection, stored, BY_CLOCK, "silence", now)
            case State.BOT | State.OFFERED | State.CLAIMED if self._is_idle(connection, key, stored, now):
                return close(connection, stored, BY_CLOCK, CloseReason.IDLE, now)
        return None

    def _why_not_wait(
        self, connection: Connection, key: ConversationKey, stored: StoredEpisode, now: datetime
    ) -> Obstacle | None:
        availability = self.handoffs.office.availability(connection, key.channel, now)
        obstacle = availability.obstacle()
        if obstacle in {Obstacle.CLOSED, Obstacle.HOLIDAY, Obstacle.SWITCHED_OFF}:
            return obstacle
        # Not `waiting_since`: who came back to the queue keeps their place, and is not sent off at once.
        if _last_move(connection, stored) > now - _minutes(self.settings.longest_wait_minutes):
            return None
        return Obstacle.NOBODY_ONLINE if availability.operators_online == 0 else Obstacle.QUEUE_FULL

    def _is_left_alone(
        self, connection: Connection, key: ConversationKey, stored: StoredEpisode, now: datetime
    ) -> bool:
        """The citizen's last words came after the operator's, and both they and the operator's coming were long ago."""
        asked, answered = _last_words(connection, key), _last_said(connection, key, OPERATOR)
        if asked is None or (answered is not None and answered >= asked):
            return False
        # Whoever has just taken somebody who waited for hours gets the time to read.
        return max(asked, _last_move(connection, stored)) <= now - _minutes(self.settings.operator_silence_minutes)

    def _is_idle(self, connection: Connection, key: ConversationKey, stored: StoredEpisode, now: datetime) -> bool:
        moments = (
            _last_words(connection, key),
            _last_said(connection, key, OPERATOR),
            _last_move(connection, stored),
        )
        latest = max(moment for moment in moments if moment is not None)
        return latest <= now - timedelta(hours=self.settings.idle_close_hours)


def _open_episodes(connection: Connection) -> tuple[StoredEpisode, ...]:
    watched = episodes.c.state.not_in((State.CALLBACK, State.CLOSED))  # a call-back lasts until its ticket is done
    rows = connection.execute(select(episodes).where(episodes.c.closed_at.is_(None), watched).order_by(episodes.c.id))
    return tuple(stored_from(row) for row in rows)


def _last_words(connection: Connection, key: ConversationKey) -> datetime | None:
    statement = select(func.max(inbox.c.received_at)).where(inbox.c.conversation_id == key.id, inbox.c.kind.in_(_WORDS))
    latest: datetime | None = connection.execute(statement).scalar_one()
    return latest


def _last_said(connection: Connection, key: ConversationKey, author: str) -> datetime | None:
    statement = select(func.max(outbox.c.created_at)).where(
        outbox.c.conversation_id == key.id, outbox.c.author == author
    )
    latest: datetime | None = connection.execute(statement).scalar_one()
    return latest


def _last_move(connection: Connection, stored: StoredEpisode) -> datetime:
    latest = connection.execute(
        select(func.max(desk_events.c.at)).where(desk_events.c.episode_id == stored.id)
    ).scalar_one()
    return stored.opened_at if latest is None else latest


def _minutes(number: float) -> timedelta:
    return timedelta(minutes=number)
