"""One stretch of a conversation that concerns people: from the first offer of a person to its close."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from desk.handoff.state import OPERATOR_OWNS, EventKind, Priority, Reason, State


@dataclass(frozen=True)
class Event:
    """`actor` is "citizen", "assistant", "system" or "operator:<id>"; `data` holds what the kind needs, as JSON."""

    kind: EventKind
    at: datetime
    actor: str
    data: Mapping[str, Any]


@dataclass(frozen=True)
class Episode:
    """The projection of its events; `version` is their number.

    A return to the queue keeps `waiting_since`; a new wish for a person begins to wait anew and has no operator yet.
    """

    state: State = State.BOT
    version: int = 0
    operator_id: int | None = None
    forward_to: int | None = None
    reason: Reason | None = None
    priority: Priority = Priority.NORMAL
    waiting_since: datetime | None = None
    claimed_at: datetime | None = None
    closed_at: datetime | None = None
    close_reason: str | None = None


class MoveRefusedError(ValueError):
    """This cannot happen in this state. Names both."""

    def __init__(self, kind: EventKind, state: State) -> None:
        super().__init__(f"{kind} is not possible in state {state}")
        self.kind = kind
        self.state = state


_OPEN = frozenset(State) - {State.CLOSED}
_MOVES: Mapping[EventKind, tuple[frozenset[State], State]] = {
    EventKind.OFFERED: (frozenset({State.BOT, State.OFFERED}), State.OFFERED),
    EventKind.DECLINED: (frozenset({State.OFFERED}), State.BOT),
    EventKind.QUEUED: (frozenset({State.BOT, State.OFFERED, State.CALLBACK}), State.QUEUED),
    EventKind.CALLBACK_PROMISED: (frozenset({State.BOT, State.OFFERED, State.QUEUED}), State.CALLBACK),
    EventKind.CITIZEN_RETURNED: (frozenset({State.QUEUED}), State.BOT),
    EventKind.CLAIMED: (frozenset({State.QUEUED, State.CALLBACK}), State.CLAIMED),
    EventKind.FORWARD_ASKED: (frozenset({State.CLAIMED}), State.FORWARDING),
    EventKind.FORWARD_ACCEPTED: (frozenset({State.FORWARDING}), State.CLAIMED),
    EventKind.FORWARD_ENDED: (frozenset({State.FORWARDING}), State.CLAIMED),
    EventKind.RAISED: (frozenset({State.QUEUED}), State.QUEUED),
    EventKind.REQUEUED: (OPERATOR_OWNS, State.QUEUED),
    EventKind.GIVEN_BACK: (frozenset({State.CLAIMED, State.QUEUED}), State.BOT),
    EventKind.REASSIGNED: (OPERATOR_OWNS | {State.QUEUED}, State.CLAIMED),
    EventKind.CLOSED: (_OPEN, State.CLOSED),
}


def apply(episode: Episode, event: Event) -> Episode:
    """The episode after the event. Pure. Raises MoveRefusedError."""
    sources, target = _MOVES[event.kind]
    if episode.state not in sources:
        raise MoveRefusedError(event.kind, episode.state)
    moved = replace(episode, state=target, version=episode.version + 1)
    return replace(moved, **_changes(episode, event, target))


def replay(events: Iterable[Event]) -> Episode:
    """The episode that these events, from the first on, make."""
    episode = Episode()
    for event in events:
        episode = apply(episode, event)
    return episode


def _changes(episode: Episode, event: Event, target: State) -> dict[str, Any]:
    data, at = event.data, event.at
    match event.kind:
        case EventKind.OFFERED:
            return {"reason": _reason(data, episode)}
        case EventKind.QUEUED:
            reason = _reason(data, episode)
            priority = Priority(data["priority"])
            return {"reason": reason, "priority": priority, "waiting_since": at, "claimed_at": None}
        case EventKind.RAISED:
            return {"reason": _reason(data, episode), "priority": Priority(data["priority"])}
        case EventKind.CALLBACK_PROMISED:
            since = episode.waiting_since if episode.state is State.QUEUED else at
            return {"reason": _reason(data, episode), "waiting_since": since, "claimed_at": None}
        case EventKind.CLAIMED:
            return {"operator_id": data["operator_id"], "claimed_at": at}
        case EventKind.REASSIGNED | EventKind.FORWARD_ACCEPTED:
            claimed_at = episode.claimed_at or at
            return {"operator_id": data["operator_id"], "forward_to": None, "claimed_at": claimed_at}
        case EventKind.FORWARD_ASKED:
            return {"forward_to": data["operator_id"]}
        case EventKind.FORWARD_ENDED:
            return {"forward_to": None}
        case EventKind.CLOSED:
            return {"operator_id": None, "forward_to": None, "closed_at": at, "close_reason": data["reason"]}
    # Whoever had it has it no more: declined, returned, given back, requeued.
    return {"operator_id": None, "forward_to": None} if target is not State.CALLBACK else {}


def _reason(data: Mapping[str, Any], episode: Episode) -> Reason | None:
    return Reason(data["reason"]) if "reason" in data else episode.reason
