"""What the editors are shown of gaps: the list, one gap with its questions, counts by week and channel."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, Select, func, select

from desk.answer_log import GIVEN, Trouble, answer_log
from desk.calendar.zone import vietnam_date
from editing.gaps.cluster import UNSETTLED, GapCluster, GapState, gap_clusters
from editing.gaps.question import GapQuestion, gap_questions

COUNTED = 5_000
"""Questions of one gap that the weeks are counted from, the newest."""


@dataclass(frozen=True)
class GapFilter:
    """`states` empty means those still to be done; `least` is how many questions a gap must have to be shown."""

    states: tuple[GapState, ...] = ()
    least: int = 1
    assignee_id: int | None = None
    document: str = ""


@dataclass(frozen=True)
class ListedGap:
    """`people` are told apart by their conversations: who writes on two channels counts twice."""

    cluster: GapCluster
    title: str
    questions: int
    people: int
    last_at: datetime | None


@dataclass(frozen=True)
class GapCounts:
    """`weeks` by their Monday, oldest first, also those without any question."""

    weeks: tuple[tuple[date, int], ...]
    channels: Mapping[str, int]
    troubles: Mapping[str, int]


def gaps(connection: Connection, wanted: GapFilter, limit: int, offset: int = 0) -> tuple[ListedGap, ...]:
    """The most asked first."""
    columns, counted = gap_clusters.c, func.count(gap_questions.c.id)
    states = [state.value for state in wanted.states or UNSETTLED]
    statement = _counted().where(columns.state.in_(states)).having(counted >= wanted.least)
    if wanted.assignee_id is not None:
        statement = statement.where(columns.assignee_id == wanted.assignee_id)
    if wanted.document:
        statement = statement.where(columns.document == wanted.document)
    rows = connection.execute(statement.order_by(counted.desc(), columns.id).limit(limit).offset(offset)).all()
    return _listed(connection, rows)


def gap_by_id(connection: Connection, cluster_id: int) -> ListedGap | None:
    """None when there is none."""
    rows = connection.execute(_counted().where(gap_clusters.c.id == cluster_id)).all()
    return next(iter(_listed(connection, rows)), None)


def gap_totals(connection: Connection) -> Mapping[GapState, int]:
    """How many gaps stand in each state."""
    statement = select(gap_clusters.c.state, func.count()).group_by(gap_clusters.c.state)
    found = {GapState(state): count for state, count in connection.execute(statement)}
    return {state: found.get(state, 0) for state in GapState}


def questions_of(connection: Connection, cluster_id: int, limit: int) -> tuple[GapQuestion, ...]:
    """The newest first."""
    log, own = answer_log.c, gap_questions.c
    statement = (
        select(own.id, log.question, log.channel, log.at, log.trouble, log.status, log.document, log.version)
        .add_columns(own.status_now, own.document_now)
        .join(answer_log, log.id == own.answer_id)
        .where(own.cluster_id == cluster_id)
        .order_by(log.at.desc(), own.id.desc())
        .limit(limit)
    )
    return tuple(_question(row) for row in connection.execute(statement))


def gap_counts(connection: Connection, cluster_id: int, weeks: int, now: datetime) -> GapCounts:
    """Of the last so many weeks of Vietnam's calendar; channels and reasons of all questions."""
    statement = (
        select(answer_log.c.at, answer_log.c.channel, answer_log.c.trouble)
        .join(gap_questions, gap_questions.c.answer_id == answer_log.c.id)
        .where(gap_questions.c.cluster_id == cluster_id)
        .order_by(gap_questions.c.id.desc())
        .limit(COUNTED)
    )
    rows = connection.execute(statement).all()
    this_week = _monday(vietnam_date(now))
    asked = Counter(_monday(vietnam_date(row.at)) for row in rows)
    mondays = [this_week - timedelta(weeks=back) for back in reversed(range(weeks))]
    channels, troubles = Counter(row.channel for row in rows), Counter(row.trouble for row in rows)
    return GapCounts(tuple((monday, asked[monday]) for monday in mondays), channels, troubles)


def questions_answered_by_gaps(connection: Connection, limit: int) -> tuple[tuple[int, str, str], ...]:
    """(gap, question, entry) of gaps that are answered, for the gate: they must stay so. The newest first."""
    columns = gap_clusters.c
    statement = (
        select(columns.id, answer_log.c.question, columns.document)
        .join(gap_questions, gap_questions.c.cluster_id == columns.id)
        .join(answer_log, answer_log.c.id == gap_questions.c.answer_id)
        .where(
            columns.state == GapState.ANSWERED.value,
            answer_log.c.question != "",
            gap_questions.c.status_now.in_(GIVEN),
            gap_questions.c.document_now == columns.document,
        )
        .order_by(gap_questions.c.id.desc())
        .limit(limit)
    )
    return tuple((row.id, row.question, row.document) for row in connection.execute(statement))


def _counted() -> Select[Any]:
    log = answer_log.c
    people = func.count(func.distinct(log.conversation_id)).label("people")
    return (
        select(
            gap_clusters, func.count(gap_questions.c.id).label("questions"), people, func.max(log.at).label("last_at")
        )
        .outerjoin(gap_questions, gap_questions.c.cluster_id == gap_clusters.c.id)
        .outerjoin(answer_log, log.id == gap_questions.c.answer_id)
        .group_by(gap_clusters.c.id)
    )


def _listed(connection: Connection, rows: Sequence[Row[Any]]) -> tuple[ListedGap, ...]:
    titles = _central_titles(connection, [row.id for row in rows])
    return tuple(
        ListedGap(_cluster(row), row.title or titles.get(row.id, ""), row.questions, row.people, row.last_at)
        for row in rows
    )


def _central_titles(connection: Connection, cluster_ids: Sequence[int]) -> Mapping[int, str]:
    """The central question; of a gap that has none, its first that is not erased."""
    own, log = gap_questions.c, answer_log.c
    joined = gap_questions.join(answer_log, log.id == own.answer_id)
    named = select(own.cluster_id, log.question).select_from(joined).where(log.question != "")
    central = named.join(gap_clusters, gap_clusters.c.central_id == own.id).where(own.cluster_id.in_(cluster_ids))
    found = {row.cluster_id: row.question for row in connection.execute(central)}
    nameless = [one for one in cluster_ids if one not in found]
    first = select(func.min(own.id)).select_from(joined.join(gap_clusters, gap_clusters.c.id == own.cluster_id))
    first = first.where(own.cluster_id.in_(nameless), log.question != "", gap_clusters.c.central_id.is_(None))
    rows = connection.execute(named.where(own.id.in_(first.group_by(own.cluster_id)))) if nameless else ()
    return found | {row.cluster_id: row.question for row in rows}


def _cluster(row: Row[Any]) -> GapCluster:
    fields = {name: row._mapping[name] for name in GapCluster.__dataclass_fields__}
    return GapCluster(**{**fields, "state": GapState(fields["state"])})


def _question(row: Row[Any]) -> GapQuestion:
    fields = dict(row._mapping)
    return GapQuestion(**{**fields, "trouble": Trouble(fields["trouble"] or Trouble.UNANSWERED)})


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
