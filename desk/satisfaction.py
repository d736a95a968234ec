"""Satisfaction from 1 to 5 and a word of the citizen's: asked once for each episode, never in place of an answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import (
    Column,
    Connection,
    ForeignKey,
    Index,
    Integer,
    RowMapping,
    String,
    Table,
    Text,
    UniqueConstraint,
    select,
    update,
)

from desk.conversation import conversations
from desk.database import RowId, UtcDateTime, insert_if_absent, metadata

LOWEST, HIGHEST = 1, 5
SATISFIED_FROM = 4
"""4 and 5 count as satisfied: the share that the agency's goal of 83 % is compared with."""
WORDS_CHARACTERS = 1_000
EPISODE = "episode-"
"""What an occasion that is an episode begins with; its id follows."""


class About(StrEnum):
    """What the citizen had when the question came: kept apart, so that waiting does not hide behind good answers."""

    BOT = "bot"  # the assistant alone
    PERSON = "person"  # an operator answered
    WAITING = "waiting"  # waited or was promised a call-back, and no operator answered in the episode


satisfaction = Table(
    "satisfaction",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("conversation_id", ForeignKey(conversations.c.id), nullable=False),
    # Names the episode, so that it is asked once: "episode-12", or "bot-2026-11-22" where no person was involved.
    Column("occasion", String(64), nullable=False),
    Column("about", String(16), nullable=False),
    Column("asked_at", UtcDateTime, nullable=False),
    Column("rated_at", UtcDateTime),
    Column("score", Integer),
    Column("words", Text, nullable=False),
    UniqueConstraint("conversation_id", "occasion"),
    Index("ix_satisfaction_asked_at", "asked_at"),
)


@dataclass(frozen=True)
class Rating:
    """One question. `score` is None while unanswered; `words` are the citizen's own, empty when there are none."""

    conversation_id: str
    occasion: str
    about: About
    asked_at: datetime
    rated_at: datetime | None = None
    score: int | None = None
    words: str = ""


def ask(connection: Connection, conversation_id: str, occasion: str, about: About, now: datetime) -> bool:
    """False when this occasion was asked about before: then nothing is to be said."""
    values = {
        "conversation_id": conversation_id,
        "occasion": occasion,
        "about": about,
        "asked_at": now,
        "words": "",
    }
    return insert_if_absent(connection, satisfaction, values) is not None


def last_asked(connection: Connection, conversation_id: str) -> Rating | None:
    """The newest question of a conversation; None when none was asked."""
    statement = (
        select(satisfaction)
        .where(satisfaction.c.conversation_id == conversation_id)
        .order_by(satisfaction.c.id.desc())
        .limit(1)
    )
    row = connection.execute(statement).one_or_none()
    return None if row is None else _rating(row._mapping)


def scores_of_episodes(connection: Connection, conversation_id: str) -> Mapping[int, int]:
    """By the episode's id; an episode that nobody rated is not there."""
    statement = select(satisfaction.c.occasion, satisfaction.c.score).where(
        satisfaction.c.conversation_id == conversation_id, satisfaction.c.score.is_not(None)
    )
    named = ((row.occasion.removeprefix(EPISODE), row.score) for row in connection.execute(statement))
    return {int(number): score for number, score in named if number.isdecimal()}


def rate(
    connection: Connection, conversation_id: str, occasion: str, score: int, words: str | None, now: datetime
) -> bool:
    """A later verdict replaces the earlier; None keeps its words. False for an occasion that was never asked about.

    Raises ValueError for a score outside 1 to 5 or words over WORDS_CHARACTERS.
    """
    if not LOWEST <= score <= HIGHEST:
        raise ValueError(f"score {score} is not between {LOWEST} and {HIGHEST}")
    if words is not None and len(words) > WORDS_CHARACTERS:
        raise ValueError(f"{len(words)} characters of words; at most {WORDS_CHARACTERS}")
    verdict = {"score": score, "rated_at": now} | ({} if words is None else {"words": words})
    asked = (satisfaction.c.conversation_id == conversation_id, satisfaction.c.occasion == occasion)
    changed = connection.execute(update(satisfaction).where(*asked).values(verdict))
    return changed.rowcount > 0


def ratings_between(connection: Connection, start: datetime, end: datetime) -> Sequence[Rating]:
    """All questions asked from `start` until before `end`, answered or not, oldest first."""
    statement = (
        select(satisfaction)
        .where(satisfaction.c.asked_at >= start, satisfaction.c.asked_at < end)
        .order_by(satisfaction.c.id)
    )
    return tuple(_rating(row._mapping) for row in connection.execute(statement))


def is_fresh(rating: Rating, now: datetime, within: timedelta) -> bool:
    """Whether a bare number said now is still an answer to the question."""
    return now - rating.asked_at <= within


def _rating(fields: RowMapping) -> Rating:
    names = Rating.__dataclass_fields__
    return Rating(**{**{name: fields[name] for name in names}, "about": About(fields["about"])})
