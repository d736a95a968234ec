"""Answers that citizens or operators call wrong: which entry gave them, and what was said about them, masked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, and_, func, select

from desk.answer_log import GIVEN, Trouble, answer_log
from desk.feedback import feedback
from desk.masking import masked

WRONG = (Trouble.REJECTED, Trouble.THUMBS_DOWN, Trouble.MARKED)


@dataclass(frozen=True)
class WrongEntry:
    """`given` is how often it was answered in the same time, in all its versions."""

    document: str
    wrong: int
    given: int
    last_at: datetime


@dataclass(frozen=True)
class WrongAnswer:
    """`comment` is the citizen's, masked; empty without one. `document` is empty for what stands in no entry."""

    at: datetime
    question: str
    channel: str
    trouble: Trouble
    document: str
    version: str
    comment: str


def wrong_entries(connection: Connection, now: datetime, days: int, limit: int) -> tuple[WrongEntry, ...]:
    """Of the last so many days, the one called wrong most often first."""
    columns, count = answer_log.c, func.count()
    statement = (
        select(columns.document, count.label("wrong"), func.max(columns.troubled_at).label("last_at"))
        .where(_is_wrong(now, days), columns.document != "")
        .group_by(columns.document)
        .order_by(count.desc(), columns.document)
        .limit(limit)
    )
    rows = connection.execute(statement).all()
    since = (columns.status.in_(GIVEN), columns.at >= now - timedelta(days=days))
    of = (*since, columns.document.in_([row.document for row in rows]))
    counted = connection.execute(select(columns.document, count).where(*of).group_by(columns.document))
    given = {row[0]: row[1] for row in counted}
    return tuple(WrongEntry(row.document, row.wrong, given.get(row.document, row.wrong), row.last_at) for row in rows)


def wrong_answers(connection: Connection, now: datetime, days: int, limit: int) -> tuple[WrongAnswer, ...]:
    """The newest first."""
    columns = answer_log.c
    same = and_(
        feedback.c.conversation_id == columns.conversation_id,
        feedback.c.sequence == columns.sequence,
        feedback.c.value == "down",
    )
    statement = (
        select(columns.at, columns.question, columns.channel, columns.trouble, columns.document, columns.version)
        .add_columns(func.coalesce(feedback.c.comment, "").label("comment"))
        .outerjoin(feedback, same)
        .where(_is_wrong(now, days))
        .order_by(columns.at.desc(), columns.id.desc())
        .limit(limit)
    )
    return tuple(
        WrongAnswer(
            at=row.at,
            question=row.question,
            channel=row.channel,
            trouble=Trouble(row.trouble),
            document=row.document,
            version=row.version,
            comment=masked(row.comment)[0],
        )
        for row in connection.execute(statement)
    )


def _is_wrong(now: datetime, days: int) -> ColumnElement[bool]:
    wrong = answer_log.c.trouble.in_([trouble.value for trouble in WRONG])
    return and_(wrong, answer_log.c.at >= now - timedelta(days=days))
