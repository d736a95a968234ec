"""What became of the questions of a period: counted by the database, so that a year of them is no burden."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Connection, func, select

from desk.answer_log import ANSWERED, CLARIFICATION, answer_log
from desk.report.measures import Share
from editing.insight.period import Period

UNANSWERABLE = "unanswerable_"


@dataclass(frozen=True)
class Outcomes:
    """Questions by how they ended. `other`: handed over, or not to be answered because of an error."""

    answered: int = 0
    asked_back: int = 0
    abstained: int = 0
    other: int = 0

    @property
    def total(self) -> int:
        """All of them."""
        return self.answered + self.asked_back + self.abstained + self.other

    @property
    def coverage(self) -> Share:
        """How many were answered, of all."""
        return Share(self.answered, self.total)

    def __add__(self, more: Outcomes) -> Outcomes:
        return Outcomes(
            self.answered + more.answered,
            self.asked_back + more.asked_back,
            self.abstained + more.abstained,
            self.other + more.other,
        )


@dataclass(frozen=True)
class Answers:
    """`pieces` in the order of Period.pieces; topics by name, empty for what has none."""

    whole: Outcomes
    topics: Mapping[str, Outcomes]
    pieces: Sequence[Outcomes]
    topic_pieces: Mapping[str, tuple[int, ...]]
    statuses: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class _Counted:
    topic: str
    status: str
    questions: int


def read_answers(connection: Connection, period: Period) -> Answers:
    """Each row of the period is looked at once."""
    pieces = [_count(connection, piece.start, piece.end) for piece in period.pieces]
    rows = [row for piece in pieces for row in piece]
    topics = sorted({row.topic for row in rows})
    statuses: Counter[str] = Counter()
    for row in rows:
        statuses[row.status] += row.questions
    return Answers(
        whole=outcomes_of(rows),
        topics={topic: outcomes_of([row for row in rows if row.topic == topic]) for topic in topics},
        pieces=[outcomes_of(piece) for piece in pieces],
        topic_pieces={
            topic: tuple(sum(row.questions for row in piece if row.topic == topic) for piece in pieces)
            for topic in topics
        },
        statuses=statuses,
    )


def outcomes_of(rows: Sequence[_Counted]) -> Outcomes:
    """Pure."""
    total = Outcomes()
    for row in rows:
        total += _outcome(row.status, row.questions)
    return total


def _outcome(status: str, questions: int) -> Outcomes:
    if status == ANSWERED:
        return Outcomes(answered=questions)
    if status == CLARIFICATION:
        return Outcomes(asked_back=questions)
    return Outcomes(abstained=questions) if status.startswith(UNANSWERABLE) else Outcomes(other=questions)


def _count(connection: Connection, start: datetime, end: datetime) -> list[_Counted]:
    log = answer_log.c
    statement = (
        select(log.topic, log.status, func.count()).where(log.at >= start, log.at < end).group_by(log.topic, log.status)
    )
    return [_Counted(*row) for row in connection.execute(statement)]
