"""How the entries of the base are used, and what citizens think of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, Connection, String, and_, cast, func, literal, select

from desk.answer_log import GIVEN, answer_log
from desk.calendar.zone import vietnam_date
from desk.feedback import Thumb, feedback
from desk.report.measures import Share
from editing.document import DocumentKind, knowledge_documents, name_of
from editing.insight.period import Period
from editing.version import VersionState, knowledge_versions
from editing.versions import is_served

UNUSED_AFTER = timedelta(days=30)
MOST, LEAST_THUMBS = 25, 3


@dataclass(frozen=True)
class EntryUse:
    """An entry and its answers in the period. `title` is its name where the base has it no more."""

    name: str
    title: str
    answers: int
    up: int
    down: int

    @property
    def satisfied(self) -> Share:
        """Thumbs up, of all thumbs."""
        return Share(self.up, self.up + self.down)


@dataclass(frozen=True)
class Unused:
    """A live entry that answered nobody since it was published."""

    name: str
    title: str
    topic: str
    published_at: datetime


@dataclass(frozen=True)
class Review:
    """A live entry that has to be looked at by a day."""

    name: str
    title: str
    review_by: date


@dataclass(frozen=True)
class Uses:
    """`most` answered most, the most first; `disliked` have LEAST_THUMBS or more, one of them down, the worst first."""

    most: tuple[EntryUse, ...]
    disliked: tuple[EntryUse, ...]


def read_uses(connection: Connection, period: Period) -> Uses:
    """Of the answers of a period; at most MOST of either."""
    log = answer_log.c
    statement = (
        select(log.document, func.count().label("answers"))
        .where(log.at >= period.start, log.at < period.end, log.status.in_(GIVEN), log.document != "")
        .group_by(log.document)
    )
    answers = {row.document: row.answers for row in connection.execute(statement)}
    thumbs, titles = _thumbs(connection, period), titles_of(connection)
    uses = [
        EntryUse(name, titles.get(name, name), number, *thumbs.get(name, (0, 0))) for name, number in answers.items()
    ]
    judged = (each for each in uses if each.down and each.up + each.down >= LEAST_THUMBS)
    return Uses(
        most=tuple(sorted(uses, key=lambda each: (-each.answers, each.name))[:MOST]),
        disliked=tuple(sorted(judged, key=lambda each: (each.satisfied.value or 0.0, -each.down, each.name))[:MOST]),
    )


def unused_entries(connection: Connection, now: datetime) -> tuple[Unused, ...]:
    """FAQ entries published for UNUSED_AFTER and longer that never answered, the oldest first."""
    version, document = knowledge_versions.c, knowledge_documents.c
    name = literal(f"{DocumentKind.FAQ.value}/").concat(cast(document.key, String))
    # Of the bare column SQLite would walk through all answers for each entry, by the index of their status.
    status = answer_log.c.status.concat("")
    answered = select(answer_log.c.id).where(answer_log.c.document == name, status.in_(GIVEN))
    statement = (
        select(document.key, version.title, document.topic, version.published_at)
        .join(knowledge_documents, document.id == version.document_id)
        .where(
            _is_live(now),
            document.kind == DocumentKind.FAQ,
            version.published_at <= now - UNUSED_AFTER,
            ~answered.exists(),
        )
        .order_by(version.published_at, document.key)
    )
    return tuple(
        Unused(name_of(DocumentKind.FAQ, row.key), row.title, row.topic, row.published_at)
        for row in connection.execute(statement)
    )


def reviews(connection: Connection, now: datetime) -> tuple[Review, ...]:
    """Of live entries that have a day, the soonest first."""
    version, document = knowledge_versions.c, knowledge_documents.c
    statement = (
        select(document.kind, document.key, version.title, version.review_by)
        .join(knowledge_documents, document.id == version.document_id)
        .where(_is_live(now), version.review_by.is_not(None))
        .order_by(version.review_by, document.key)
    )
    return tuple(
        Review(name_of(DocumentKind(row.kind), row.key), row.title, row.review_by)
        for row in connection.execute(statement)
    )


def published_versions(connection: Connection, period: Period) -> int:
    """How many went live in the period, whatever became of them."""
    version = knowledge_versions.c
    within = (version.published_at >= period.start, version.published_at < period.end)
    return connection.execute(select(func.count()).where(*within)).scalar_one()


def titles_of(connection: Connection) -> Mapping[str, str]:
    """Of published versions, by the name of the document."""
    version, document = knowledge_versions.c, knowledge_documents.c
    statement = select(document.kind, document.key, version.title).join(
        knowledge_documents, document.id == version.document_id
    )
    rows = connection.execute(statement.where(version.state == VersionState.PUBLISHED).order_by(version.id))
    return {name_of(DocumentKind(row.kind), row.key): row.title for row in rows}


def _thumbs(connection: Connection, period: Period) -> Mapping[str, tuple[int, int]]:
    """(up, down) by document, of answers of the period."""
    log, same = (
        answer_log.c,
        and_(answer_log.c.conversation_id == feedback.c.conversation_id, answer_log.c.sequence == feedback.c.sequence),
    )
    statement = (
        select(log.document, feedback.c.value, func.count())
        .join(feedback, same)
        .where(log.at >= period.start, log.at < period.end, log.document != "", log.status.in_(GIVEN))
        .group_by(log.document, feedback.c.value)
    )
    counted: dict[str, tuple[int, int]] = {}
    for document, value, number in connection.execute(statement):
        up, down = counted.get(document, (0, 0))
        counted[document] = (up + number, down) if value == Thumb.UP else (up, down + number)
    return counted


def _is_live(now: datetime) -> ColumnElement[bool]:
    return is_served(knowledge_versions.c, vietnam_date(now))
