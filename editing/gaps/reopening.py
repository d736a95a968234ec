"""A settled gap opens again, visibly, when people go on asking."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, func, select, update

from desk.answer_log import answer_log
from editing.gaps.cluster import GapState, gap_clusters
from editing.gaps.history import GapEvent, note_event
from editing.gaps.question import gap_questions

SYSTEM = "system"
LEAST_AFTER_OUT_OF_SCOPE = 5
"""Somebody decided that it is not ours; one more question does not question that, five do."""


def reopen_asked(connection: Connection, cluster_id: int, now: datetime) -> bool:
    """Whether it was settled, and enough was asked since then without an answer."""
    columns = gap_clusters.c
    which = select(columns.state, columns.settled_at, columns.assignee_id, columns.revision)
    row = connection.execute(which.where(columns.id == cluster_id)).one_or_none()
    if row is None or row.state not in {GapState.ANSWERED, GapState.OUT_OF_SCOPE}:
        return False
    since = _asked_since(connection, cluster_id, row.settled_at)
    if since < (1 if row.state == GapState.ANSWERED else LEAST_AFTER_OUT_OF_SCOPE):
        return False
    state = GapState.OPEN if row.assignee_id is None else GapState.ASSIGNED
    values = {"state": state.value, "reopened_at": now, "settled_at": None, "revision": row.revision + 1}
    connection.execute(update(gap_clusters).where(columns.id == cluster_id).values({**values, "updated_at": now}))
    note_event(connection, cluster_id, SYSTEM, GapEvent.REOPENED, str(since), now)
    return True


def _asked_since(connection: Connection, cluster_id: int, since: datetime | None) -> int:
    asked = (
        select(func.count())
        .select_from(gap_questions.join(answer_log, answer_log.c.id == gap_questions.c.answer_id))
        .where(gap_questions.c.cluster_id == cluster_id)
    )
    if since is not None:
        asked = asked.where(answer_log.c.troubled_at > since)
    return int(connection.execute(asked).scalar_one())
