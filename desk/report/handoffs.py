"""Handoffs of a month: reasons, what became of them, how long people waited and how long they were answered."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from sqlalchemy import Connection, select

from desk.handoff.episode import Event
from desk.handoff.log import desk_events
from desk.handoff.state import EventKind
from desk.report.measures import Share, Spread, spread
from desk.report.month_rows import rows_between
from desk.report.person_request import Course, PersonRequest, requests_of
from desk.report.traffic import most_first

SECONDS_OF_A_MINUTE = 60
_ASKING = (EventKind.QUEUED, EventKind.CALLBACK_PROMISED)


@dataclass(frozen=True)
class HandoffFigures:
    """`within_goal`: of those who left the queue in any way, who got a person within the longest wait."""

    total: int
    reasons: tuple[tuple[str, int], ...]
    courses: Mapping[Course, Share]
    waiting: Spread
    handling: Spread
    within_goal: Share


def handoff_figures(requests: Iterable[PersonRequest], goal_minutes: float) -> HandoffFigures:
    """Waiting is that of people who got a person: how long the others would have waited nobody knows."""
    found = tuple(requests)
    courses = Counter(request.course for request in found)
    waits = [each.waited_seconds for each in found if each.course is Course.PERSON and each.waited_seconds is not None]
    queued = [each for each in found if each.course is not Course.WAITING and each.waited_seconds is not None]
    return HandoffFigures(
        total=len(found),
        reasons=most_first(Counter(request.reason.value for request in found)),
        courses={course: Share(courses[course], len(found)) for course in Course},
        waiting=spread(waits),
        handling=spread([request.handled_seconds for request in found if request.was_handled]),
        within_goal=Share(sum(wait <= goal_minutes * SECONDS_OF_A_MINUTE for wait in waits), len(queued)),
    )


def read_requests(connection: Connection, start: datetime, end: datetime) -> tuple[PersonRequest, ...]:
    """Those that began from `start` until before `end`, with all that has happened to them since."""
    table = desk_events.c
    asked = rows_between(connection, desk_events, table.at, start, end)
    concerned = select(table.episode_id).where(asked, table.kind.in_(_ASKING))
    columns = (table.episode_id, table.kind, table.at, table.actor, table.data)
    statement = select(*columns).where(table.episode_id.in_(concerned)).order_by(table.episode_id, table.number)
    found: list[PersonRequest] = []
    for _, rows in groupby(connection.execute(statement), key=lambda row: row.episode_id):
        events = [Event(EventKind(row.kind), row.at, row.actor, row.data) for row in rows]
        found += [request for request in requests_of(events) if start <= request.asked_at < end]
    return tuple(found)
