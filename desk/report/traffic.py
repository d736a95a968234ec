"""What the report needs of the channels and of the knowledge base: read models and ports; pure figures of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from sqlalchemy import Connection

from desk.report.measures import Share


class Family(StrEnum):
    """What became of a question; the statuses of answers begin with these words."""

    ANSWERED = "answered"
    CLARIFICATION = "clarification"
    UNANSWERABLE = "unanswerable"
    HANDED_OFF = "handed_off"
    ERROR = "error"


@dataclass(frozen=True)
class ChannelVolume:
    """`conversations` are those in which a citizen wrote something in the month."""

    channel: str
    conversations: int
    from_citizens: int
    from_assistant: int
    from_operators: int


@dataclass(frozen=True)
class AnswerCount:
    """`passage_id` is the answer's first source; empty for an answer without one."""

    status: str
    passage_id: str
    questions: int


@dataclass(frozen=True)
class AskedQuestion:
    """A question without an answer as one conversation asked it, and how often."""

    text: str
    conversation_id: str
    times: int


@dataclass(frozen=True)
class Traffic:
    """Of one month."""

    channels: tuple[ChannelVolume, ...]
    answers: tuple[AnswerCount, ...]


class TrafficSource(Protocol):
    """Implemented in connectors/month_traffic.py, where messages are kept."""

    def read(self, connection: Connection, start: datetime, end: datetime) -> Traffic:
        """What was said from `start` until before `end`."""
        ...

    def unanswered(self, connection: Connection, start: datetime, end: datetime) -> tuple[AskedQuestion, ...]:
        """Questions of that time to which the knowledge base had no answer, the most repeated first."""
        ...


class Topics(Protocol):
    """Implemented over the knowledge base."""

    def name_of(self, passage_id: str) -> str | None:
        """The topic of a FAQ, or the number of a directive; None for what is no longer in the knowledge base."""
        ...


def family_of(status: str) -> Family | None:
    """None for a status of no family."""
    return next((family for family in Family if status == family or status.startswith(f"{family}_")), None)


def by_family(answers: Iterable[AnswerCount]) -> Mapping[Family, Share]:
    """Of all questions that got a reply of any family; every family is there."""
    counts: Counter[Family] = Counter()
    for answer in answers:
        family = family_of(answer.status)
        if family is not None:
            counts[family] += answer.questions
    total = counts.total()
    return {family: Share(counts[family], total) for family in Family}


def by_status(answers: Iterable[AnswerCount], family: Family) -> tuple[tuple[str, int], ...]:
    """The statuses of one family, the most frequent first."""
    counts: Counter[str] = Counter()
    for answer in answers:
        if family_of(answer.status) is family:
            counts[answer.status] += answer.questions
    return most_first(counts)


def by_topic(answers: Iterable[AnswerCount], topics: Topics) -> tuple[tuple[str | None, int], ...]:
    """Answered questions by topic, the most frequent first; under None those whose topic is not known any more."""
    counts: Counter[str | None] = Counter()
    for answer in answers:
        if family_of(answer.status) is Family.ANSWERED:
            counts[topics.name_of(answer.passage_id) if answer.passage_id else None] += answer.questions
    unknown = counts.pop(None, 0)
    known = most_first({topic: count for topic, count in counts.items() if topic is not None})
    return (*known, (None, unknown)) if unknown else known


def most_first(counts: Mapping[str, int]) -> tuple[tuple[str, int], ...]:
    """Ties by name, so that a report is the same each time it is made."""
    return tuple(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def all_channels(volumes: Sequence[ChannelVolume]) -> ChannelVolume:
    """Their sum; its channel is empty."""
    return ChannelVolume(
        "",
        sum(each.conversations for each in volumes),
        sum(each.from_citizens for each in volumes),
        sum(each.from_assistant for each in volumes),
        sum(each.from_operators for each in volumes),
    )
