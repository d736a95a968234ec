"""Who received an answer that has been corrected since: counted and named by the database, however many they are."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, Subquery, and_, case, func, literal, select

from desk.answer_log import EDITED, GIVEN, answer_log
from desk.conversation import conversations

ERASED = "erased-"
"""Begins the id under which an erased conversation goes on: nobody can be reached there."""


class Reach(StrEnum):
    """Whether somebody can be written to."""

    REACHABLE = "reachable"
    QUIET = "quiet"  # said "stop"
    UNREACHABLE = "unreachable"  # blocked or left us
    WINDOW_OVER = "window_over"  # the channel takes nothing so long after their last words
    ERASED = "erased"


WRITABLE = (Reach.REACHABLE, Reach.WINDOW_OVER)
"""The sender looks at the channel's window again, at the very moment; the others never get it."""


@dataclass(frozen=True)
class Recalled:
    """Some versions of one entry.

    `windows` name, for channels with a limit, the moment since which somebody must have written to be reachable.
    """

    document: str
    versions: Collection[str]
    windows: Mapping[str, datetime]


@dataclass(frozen=True)
class ReceivedVersion:
    """`version` is empty for answers from files that no database knew."""

    version: str
    answers: int
    people: int
    first_at: datetime
    last_at: datetime


@dataclass(frozen=True)
class Receiver:
    """One conversation; `at` is of the last such answer. Who that is stays with the desk."""

    conversation_id: str
    channel: str
    at: datetime
    answers: int
    reach: Reach


def received_versions(connection: Connection, document: str) -> tuple[ReceivedVersion, ...]:
    """Of one entry, the newest answers first; empty when nobody ever got it."""
    columns = answer_log.c
    people = func.count(func.distinct(columns.conversation_id))
    last = func.max(columns.at)
    statement = (
        select(columns.version, func.count(), people, func.min(columns.at), last)
        .where(columns.document == document, columns.status.in_(GIVEN))
        .group_by(columns.version)
        .order_by(last.desc())
    )
    return tuple(ReceivedVersion(*row) for row in connection.execute(statement))


def people_told_otherwise(connection: Connection, document: str) -> int:
    """Who got an operator's words in place of a held answer of this entry: what they read stands with the desk only."""
    edited = (answer_log.c.document == document, answer_log.c.status == EDITED)
    people = select(func.count(func.distinct(answer_log.c.conversation_id))).where(*edited)
    return int(connection.execute(people).scalar_one())


def reach_counts(connection: Connection, recalled: Recalled) -> Mapping[tuple[str, Reach], int]:
    """How many receivers of each channel can be written to, or why not; by channel and reach, in the order of both."""
    people = _people(recalled)
    columns = (people.c.channel, people.c.reach)
    statement = select(*columns, func.count()).group_by(*columns).order_by(*columns)
    return {(row[0], Reach(row[1])): row[2] for row in connection.execute(statement)}


def receivers(connection: Connection, recalled: Recalled, limit: int) -> tuple[Receiver, ...]:
    """Those who got one of these versions, the last first."""
    people = _people(recalled)
    statement = select(people).order_by(people.c.at.desc(), people.c.conversation_id).limit(limit)
    rows = (row._mapping for row in connection.execute(statement))
    return tuple(Receiver(**{**row, "reach": Reach(row["reach"])}) for row in rows)


def writable_ids(recalled: Recalled) -> Select[tuple[str]]:
    """Conversations that a correction is addressed to, for a statement that takes them over in the database itself."""
    people = _people(recalled)
    return select(people.c.conversation_id).where(people.c.reach.in_([reach.value for reach in WRITABLE]))


def _people(recalled: Recalled) -> Subquery:
    """One row for each conversation: the fields of Receiver."""
    columns, people = answer_log.c, conversations.c
    mine = (columns.document == recalled.document, columns.status.in_(GIVEN))
    got = (
        select(columns.conversation_id, func.max(columns.at).label("at"), func.count().label("answers"))
        .where(*mine, columns.version.in_(list(recalled.versions)))
        .group_by(columns.conversation_id)
        .subquery()
    )
    reach = _reach(got.c.conversation_id, recalled.windows).label("reach")
    joined = select(got.c.conversation_id, people.channel, got.c.at, got.c.answers, reach)
    return joined.join(conversations, people.id == got.c.conversation_id).subquery()


def _reach(conversation_id: ColumnElement[Any], windows: Mapping[str, datetime]) -> ColumnElement[str]:
    people, asked = conversations.c, answer_log.alias()
    # When they last asked something is nearly when they last wrote. The sender itself looks at the very moment.
    newest = select(func.max(asked.c.at)).where(asked.c.conversation_id == conversation_id).scalar_subquery()
    rules: list[tuple[ColumnElement[bool], ColumnElement[str]]] = [
        (conversation_id.startswith(ERASED), literal(Reach.ERASED.value)),
        (people.quiet_since.is_not(None), literal(Reach.QUIET.value)),
        (people.unreachable.is_not(None), literal(Reach.UNREACHABLE.value)),
    ]
    for channel, since in windows.items():
        rules.append((and_(people.channel == channel, newest < since), literal(Reach.WINDOW_OVER.value)))
    return case(*rules, else_=literal(Reach.REACHABLE.value))
