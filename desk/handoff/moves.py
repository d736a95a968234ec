"""What citizens and operators can do to an episode, and what the citizen hears of it: fact and sentence are one.

All run in a transaction of the caller and raise MoveRefusedError or OvertakenError (see desk/handoff/log.py).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, func, or_, select

from desk.handoff.availability import Availability, Obstacle
from desk.handoff.episode import Event
from desk.handoff.log import StoredEpisode, ensure_episode, episodes, move, open_episode
from desk.handoff.state import PRIORITIES, CloseReason, EventKind, Priority, Reason, State

CITIZEN, SYSTEM = "citizen", "system"


class Say(StrEnum):
    """Names of the sentences in desk/handoff/texts.yml."""

    QUEUED = "queued"
    STILL_QUEUED = "still_queued"
    CALLBACK = "callback"
    RETURNED = "returned"
    CLAIMED = "claimed"
    FORWARDED = "forwarded"
    REQUEUED = "requeued"
    GIVEN_BACK = "given_back"
    BACK_ON = "back_on"
    CLOSED = "closed"


@dataclass(frozen=True)
class Sentence:
    """What the citizen is told; `values` fill the placeholders of the text."""

    say: Say
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Moved:
    """The episode as it stands now, and what the citizen hears of it."""

    stored: StoredEpisode
    sentences: tuple[Sentence, ...] = ()
    obstacle: Obstacle | None = None


def operator_actor(operator_id: int) -> str:
    """How an operator stands in the log."""
    return f"operator:{operator_id}"


def offer(connection: Connection, conversation_id: str, reason: Reason, now: datetime) -> Moved | None:
    """The assistant asked whether a person is wanted; None while a person is wanted or has it already."""
    stored = ensure_episode(connection, conversation_id, now)
    if stored.episode.state not in {State.BOT, State.OFFERED}:
        return None
    return Moved(move(connection, stored, Event(EventKind.OFFERED, now, SYSTEM, {"reason": reason})))


def decline(connection: Connection, conversation_id: str, now: datetime) -> Moved | None:
    """The citizen wants no person after all; None when none was offered."""
    stored = open_episode(connection, conversation_id)
    if stored is None or stored.episode.state is not State.OFFERED:
        return None
    return Moved(move(connection, stored, Event(EventKind.DECLINED, now, CITIZEN, {})))


def request(
    connection: Connection, conversation_id: str, reason: Reason, availability: Availability, now: datetime
) -> Moved:
    """A person is wanted: into the queue, or a call-back where nobody can be promised. Repeating it changes nothing."""
    stored = ensure_episode(connection, conversation_id, now)
    state = stored.episode.state
    if state is State.QUEUED:
        stored = _raise(connection, stored, reason, now)
        return Moved(stored, (queue_sentence(connection, stored, availability, Say.STILL_QUEUED),))
    if state in {State.CLAIMED, State.FORWARDING}:
        return Moved(stored)
    obstacle = availability.obstacle()
    if obstacle is not None:
        return _promise_callback(connection, stored, reason, obstacle, now)
    data = {"reason": reason, "priority": PRIORITIES.get(reason, Priority.NORMAL)}
    queued = move(connection, stored, Event(EventKind.QUEUED, now, CITIZEN, data))
    return Moved(queued, (queue_sentence(connection, queued, availability, Say.QUEUED),))


def raise_priority(connection: Connection, conversation_id: str, reason: Reason, now: datetime) -> bool:
    """Whoever waits goes before those whose matter is less urgent; False for who does not wait."""
    stored = open_episode(connection, conversation_id)
    if stored is None or stored.episode.state is not State.QUEUED:
        return False
    _raise(connection, stored, reason, now)
    return True


def _raise(connection: Connection, stored: StoredEpisode, reason: Reason, now: datetime) -> StoredEpisode:
    priority = PRIORITIES.get(reason, Priority.NORMAL)
    if _rank(priority) >= _rank(stored.episode.priority):
        return stored
    return move(connection, stored, Event(EventKind.RAISED, now, CITIZEN, {"reason": reason, "priority": priority}))


def _promise_callback(
    connection: Connection, stored: StoredEpisode, reason: Reason, obstacle: Obstacle, now: datetime
) -> Moved:
    if stored.episode.state is not State.CALLBACK:
        data = {"reason": reason, "obstacle": obstacle}
        stored = move(connection, stored, Event(EventKind.CALLBACK_PROMISED, now, SYSTEM, data))
    return Moved(stored, (Sentence(Say.CALLBACK, {"obstacle": obstacle}),), obstacle)


def end_waiting(connection: Connection, stored: StoredEpisode, obstacle: Obstacle, now: datetime) -> Moved:
    """Waited too long, or the office closes: a call-back instead, unless somebody has just claimed it."""
    reason = stored.episode.reason or Reason.REQUESTED
    return _promise_callback(connection, stored, reason, obstacle, now)


def return_to_assistant(connection: Connection, conversation_id: str, now: datetime) -> Moved | None:
    """The citizen would rather go on with the assistant; None when they do not wait for anybody."""
    stored = open_episode(connection, conversation_id)
    if stored is None or stored.episode.state is not State.QUEUED:
        return None
    return Moved(
        move(connection, stored, Event(EventKind.CITIZEN_RETURNED, now, CITIZEN, {})), (Sentence(Say.RETURNED),)
    )


def claim(connection: Connection, stored: StoredEpisode, operator_id: int, name: str, now: datetime) -> Moved:
    """One of any number who try at once wins; the others get OvertakenError or MoveRefusedError."""
    event = Event(EventKind.CLAIMED, now, operator_actor(operator_id), {"operator_id": operator_id})
    return Moved(move(connection, stored, event), (Sentence(Say.CLAIMED, {"name": name}),))


def ask_forward(
    connection: Connection, stored: StoredEpisode, operator_id: int, to_operator_id: int, note: str, now: datetime
) -> Moved:
    """The colleague has to accept; until then it stays where it is. `note` says why, for the colleague."""
    data = {"operator_id": to_operator_id, "note": note}
    return Moved(move(connection, stored, Event(EventKind.FORWARD_ASKED, now, operator_actor(operator_id), data)))


def accept_forward(connection: Connection, stored: StoredEpisode, operator_id: int, name: str, now: datetime) -> Moved:
    """Raises PermissionError for anybody but the one who was asked."""
    if stored.episode.forward_to != operator_id:
        raise PermissionError("this conversation was offered to somebody else")
    event = Event(EventKind.FORWARD_ACCEPTED, now, operator_actor(operator_id), {"operator_id": operator_id})
    return Moved(move(connection, stored, event), (Sentence(Say.FORWARDED, {"name": name}),))


def end_forward(connection: Connection, stored: StoredEpisode, actor: str, why: str, now: datetime) -> Moved:
    """Declined, or nobody answered in time: it stays with who had it, and the citizen hears nothing."""
    return Moved(move(connection, stored, Event(EventKind.FORWARD_ENDED, now, actor, {"why": why})))


def requeue(connection: Connection, stored: StoredEpisode, actor: str, why: str, now: datetime) -> Moved:
    """Its operator went away: back to the queue with the waiting time that it had, hence at the front."""
    return Moved(
        move(connection, stored, Event(EventKind.REQUEUED, now, actor, {"why": why})), (Sentence(Say.REQUEUED),)
    )


def reassign(
    connection: Connection, stored: StoredEpisode, supervisor_id: int, operator_id: int, name: str, now: datetime
) -> Moved:
    """A supervisor decides who has it."""
    event = Event(EventKind.REASSIGNED, now, operator_actor(supervisor_id), {"operator_id": operator_id})
    return Moved(move(connection, stored, event), (Sentence(Say.CLAIMED, {"name": name}),))


def give_to_assistant(connection: Connection, stored: StoredEpisode, operator_id: int, now: datetime) -> Moved:
    """The assistant answers again, new messages only."""
    event = Event(EventKind.GIVEN_BACK, now, operator_actor(operator_id), {})
    return Moved(move(connection, stored, event), (Sentence(Say.GIVEN_BACK),))


def end_waiting_for_assistant(connection: Connection, stored: StoredEpisode, actor: str, now: datetime) -> Moved:
    """The assistant is on again: whoever was queued only because it was off goes on with it."""
    event = Event(EventKind.GIVEN_BACK, now, actor, {})
    return Moved(move(connection, stored, event), (Sentence(Say.BACK_ON),))


def close(connection: Connection, stored: StoredEpisode, actor: str, reason: CloseReason, now: datetime) -> Moved:
    """The next message opens a new episode, and the assistant answers it."""
    closed = move(connection, stored, Event(EventKind.CLOSED, now, actor, {"reason": reason}))
    was_with_person = stored.episode.state in {State.CLAIMED, State.FORWARDING}
    return Moved(closed, (Sentence(Say.CLOSED),) if was_with_person else ())


def queue_place(connection: Connection, stored: StoredEpisode) -> int:
    """1 for who is next. More urgent ones go first, then who waits longer."""
    before = [priority for priority in Priority if _rank(priority) < _rank(stored.episode.priority)]
    earlier = (episodes.c.priority == stored.episode.priority) & (
        episodes.c.waiting_since < stored.episode.waiting_since
    )
    ahead = or_(episodes.c.priority.in_(before), earlier)
    statement = select(func.count()).where(episodes.c.state == State.QUEUED, episodes.c.closed_at.is_(None), ahead)
    return int(connection.execute(statement).scalar_one()) + 1


def queue_sentence(connection: Connection, stored: StoredEpisode, availability: Availability, say: Say) -> Sentence:
    """Place and wait as honest as they are known; no figure where too few have waited today to tell."""
    wait = availability.median_wait_seconds
    minutes = None if wait is None else max(1, round(wait / 60))
    return Sentence(say, {"place": queue_place(connection, stored), "minutes": minutes})


def _rank(priority: Priority) -> int:
    return list(Priority).index(priority)
