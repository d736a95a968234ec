"""One wish for a person, from the moment it was heard to its end: read from the events of an episode. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from desk.handoff.episode import Event
from desk.handoff.state import EventKind, Reason


class Course(StrEnum):
    """What became of it."""

    WAITING = "waiting"  # still in the queue
    PERSON = "person"  # an operator came while the citizen waited
    CALLBACK = "callback"  # a call-back was promised, at once or after waiting
    LEFT = "left"  # went back to the assistant, or was gone, before anybody came


@dataclass(frozen=True)
class PersonRequest:
    """`waited_seconds` is None for a call-back promised at once; `with_person_since` is set while an operator has it.

    `reason` is the most urgent that was told while waiting. An operator who goes away and comes back does not make a
    second request: the times with operators are added up.
    """

    reason: Reason
    asked_at: datetime
    course: Course
    waited_seconds: float | None = None
    handled_seconds: float = 0.0
    with_person_since: datetime | None = None
    is_over: bool = False

    @property
    def was_handled(self) -> bool:
        """An operator had it, and it is over: its handling time is whole."""
        return self.is_over and self.handled_seconds > 0


def requests_of(events: Iterable[Event]) -> tuple[PersonRequest, ...]:
    """Of one episode, in order. Events from the first on."""
    done: list[PersonRequest] = []
    current: PersonRequest | None = None
    reason = Reason.REQUESTED
    for event in events:
        reason = Reason(event.data["reason"]) if _names_reason(event) else reason
        begun = _begun(event, reason, current)
        if begun is not None:
            done += [] if current is None else [current]
            current = begun
        elif current is not None:
            current = _moved(current, event)
    return (*done, current) if current is not None else tuple(done)


def _names_reason(event: Event) -> bool:
    wants = {EventKind.OFFERED, EventKind.QUEUED, EventKind.RAISED, EventKind.CALLBACK_PROMISED}
    return event.kind in wants and "reason" in event.data


def _begun(event: Event, reason: Reason, current: PersonRequest | None) -> PersonRequest | None:
    """A new request; None when the event belongs to the current one, or to none."""
    match event.kind:
        case EventKind.QUEUED:
            return PersonRequest(reason, event.at, Course.WAITING)
        case EventKind.CALLBACK_PROMISED if current is None or current.is_over:
            return PersonRequest(reason, event.at, Course.CALLBACK)
    return None


def _moved(request: PersonRequest, event: Event) -> PersonRequest:
    waits = request.course is Course.WAITING
    waited = (event.at - request.asked_at).total_seconds()
    match event.kind:
        case EventKind.RAISED:
            return replace(request, reason=Reason(event.data.get("reason", request.reason)))
        case EventKind.CLAIMED | EventKind.REASSIGNED:
            since = request.with_person_since or event.at
            if waits:
                return replace(request, course=Course.PERSON, waited_seconds=waited, with_person_since=since)
            return replace(request, with_person_since=since)
        case EventKind.REQUEUED:
            return _handed_over(request, event.at)
        case EventKind.CALLBACK_PROMISED if waits:
            return replace(request, course=Course.CALLBACK, waited_seconds=waited)
        case EventKind.GIVEN_BACK | EventKind.CLOSED | EventKind.CITIZEN_RETURNED:
            ended = replace(_handed_over(request, event.at), is_over=True)
            return replace(ended, course=Course.LEFT, waited_seconds=waited) if waits else ended
    return request


def _handed_over(request: PersonRequest, at: datetime) -> PersonRequest:
    if request.with_person_since is None:
        return request
    spent = (at - request.with_person_since).total_seconds()
    return replace(request, handled_seconds=request.handled_seconds + spent, with_person_since=None)
