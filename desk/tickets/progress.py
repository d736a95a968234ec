"""How far a ticket is: a projection of what happened to it, like an episode of the handoff."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any


class TicketState(StrEnum):
    """Exactly one at any time."""

    NEW = "new"
    IN_PROGRESS = "in_progress"
    WITH_UNIT = "with_unit"  # asked in writing; the clock runs on
    NOT_REACHED = "not_reached"  # somebody called and nobody answered; to be tried again
    REACHED = "reached"  # talked to the citizen: the clock stands
    ANSWERED = "answered"  # the answer went to the citizen: the clock stands
    CLOSED = "closed"


OPEN = frozenset(TicketState) - {TicketState.CLOSED}
RUNNING = OPEN - {TicketState.REACHED, TicketState.ANSWERED}
"""The clock runs: the citizen still waits."""


class TicketEventKind(StrEnum):
    """What happened; the log of these is the truth, the row of the ticket its projection."""

    FILED = "filed"
    ASSIGNED = "assigned"
    NOTED = "noted"
    REFERRED = "referred"
    UNIT_REPLIED = "unit_replied"
    ANSWERED = "answered"
    REACHED = "reached"
    NOT_REACHED = "not_reached"
    REAPPOINTED = "reappointed"  # a new day for a late dossier, told with an apology slip
    WARNED = "warned"  # the clock, shortly before the deadline
    BREACHED = "breached"  # the clock, after it
    REOPENED = "reopened"
    CLOSED = "closed"


class Outcome(StrEnum):
    """How a ticket ended; chosen by the operator, but for the last."""

    ANSWERED = "answered"
    NOT_REACHED = "not_reached"
    SENT_ELSEWHERE = "sent_elsewhere"  # another body decides, and the citizen was told which
    DUPLICATE = "duplicate"
    ABUSE = "abuse"
    WITHDRAWN = "withdrawn"  # the citizen had their data erased


@dataclass(frozen=True)
class TicketEvent:
    """`actor` is "citizen", "system" or "operator:<id>"; `data` holds what the kind needs, as JSON."""

    kind: TicketEventKind
    at: datetime
    actor: str
    data: Mapping[str, Any]


@dataclass(frozen=True)
class Progress:
    """The projection of the events. `version` is their number; `units` those asked in writing, in order.

    The clock runs from `clock_from`, the filing or the reopening, until `answered_at`.
    """

    state: TicketState = TicketState.NEW
    version: int = 0
    assignee_id: int | None = None
    units: tuple[str, ...] = ()
    attempts: int = 0
    clock_from: datetime | None = None
    due_at: datetime | None = None
    warn_at: datetime | None = None
    warned_at: datetime | None = None
    breached_at: datetime | None = None
    answered_at: datetime | None = None
    reappointed_on: date | None = None
    closed_at: datetime | None = None
    outcome: Outcome | None = None


class ChangeRefusedError(ValueError):
    """This cannot happen in this state. Names both."""

    def __init__(self, kind: TicketEventKind, state: TicketState, why: str = "") -> None:
        super().__init__(f"{kind} is not possible in state {state}" + (f": {why}" if why else ""))
        self.kind = kind
        self.state = state


_STAYS = None
_CHANGES: Mapping[TicketEventKind, tuple[frozenset[TicketState], TicketState | None]] = {
    TicketEventKind.FILED: (frozenset({TicketState.NEW}), TicketState.NEW),
    TicketEventKind.ASSIGNED: (OPEN, _STAYS),
    TicketEventKind.NOTED: (frozenset(TicketState), _STAYS),
    TicketEventKind.REFERRED: (RUNNING, TicketState.WITH_UNIT),
    TicketEventKind.UNIT_REPLIED: (frozenset({TicketState.WITH_UNIT}), TicketState.IN_PROGRESS),
    TicketEventKind.ANSWERED: (OPEN, TicketState.ANSWERED),
    TicketEventKind.REACHED: (RUNNING, TicketState.REACHED),
    TicketEventKind.NOT_REACHED: (RUNNING, TicketState.NOT_REACHED),
    TicketEventKind.REAPPOINTED: (OPEN, _STAYS),
    TicketEventKind.WARNED: (RUNNING, _STAYS),
    TicketEventKind.BREACHED: (RUNNING, _STAYS),
    TicketEventKind.REOPENED: (frozenset(TicketState) - RUNNING, TicketState.IN_PROGRESS),
    TicketEventKind.CLOSED: (OPEN, TicketState.CLOSED),
}


def apply(progress: Progress, event: TicketEvent) -> Progress:
    """The progress after the event. Pure. Raises ChangeRefusedError."""
    sources, target = _CHANGES[event.kind]
    # Tickets from before the log have no first event: everything but a second filing may follow on nothing.
    if progress.state not in sources or (event.kind is TicketEventKind.FILED and progress.version > 0):
        raise ChangeRefusedError(event.kind, progress.state)
    if event.kind is TicketEventKind.CLOSED:
        _check_outcome(progress, Outcome(event.data["outcome"]))
    moved = replace(progress, state=target or progress.state, version=progress.version + 1)
    return replace(moved, **_changes(progress, event))


def replay(events: Iterable[TicketEvent]) -> Progress:
    """The progress that these events, from the first on, make."""
    progress = Progress()
    for event in events:
        progress = apply(progress, event)
    return progress


def _changes(before: Progress, event: TicketEvent) -> dict[str, Any]:
    data, at = event.data, event.at
    match event.kind:
        case TicketEventKind.FILED:
            return {"clock_from": at, **_deadline(data)}
        case TicketEventKind.ASSIGNED:
            taken = TicketState.IN_PROGRESS if before.state is TicketState.NEW else before.state
            return {"assignee_id": data["operator_id"], "state": taken}
        case TicketEventKind.REFERRED:
            known = data["unit"] in before.units
            return {"units": before.units if known else (*before.units, data["unit"]), **_deadline(data)}
        case TicketEventKind.ANSWERED | TicketEventKind.REACHED:
            return {"answered_at": before.answered_at or at}
        case TicketEventKind.NOT_REACHED:
            return {"attempts": before.attempts + 1}
        case TicketEventKind.REAPPOINTED:
            return {"reappointed_on": date.fromisoformat(data["new_date"])}
        case TicketEventKind.WARNED:
            return {"warned_at": at}
        case TicketEventKind.BREACHED:
            return {"breached_at": at}
        case TicketEventKind.REOPENED:
            ends = {"answered_at": None, "closed_at": None, "outcome": None, "breached_at": None}
            return {"clock_from": at, **ends, **_deadline(data)}
        case TicketEventKind.CLOSED:
            return {"closed_at": at, "outcome": Outcome(data["outcome"])}
    return {}


def _deadline(data: Mapping[str, Any]) -> dict[str, Any]:
    if "due_at" not in data:
        return {}
    # A new deadline warns anew.
    return {**{key: datetime.fromisoformat(data[key]) for key in ("due_at", "warn_at")}, "warned_at": None}


def _check_outcome(progress: Progress, outcome: Outcome) -> None:
    if outcome is Outcome.ANSWERED and progress.answered_at is None:
        raise ChangeRefusedError(TicketEventKind.CLOSED, progress.state, "the citizen has no answer")
    if outcome is Outcome.NOT_REACHED and progress.attempts == 0:
        raise ChangeRefusedError(TicketEventKind.CLOSED, progress.state, "nobody tried to reach the citizen")
