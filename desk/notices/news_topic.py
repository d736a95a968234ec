"""What citizens may ask to hear of: a list that editors keep."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Boolean, Column, Connection, String, Table, UniqueConstraint, select, update

from desk.audit import AuditAction, actor_of, record
from desk.database import RowId, UtcDateTime, insert_if_absent, metadata
from vietnamese.keys import plain_key

NAME_CHARACTERS = 60
"""A button of any channel holds as much."""
DESCRIPTION_CHARACTERS = 300

news_topics = Table(
    "news_topics",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("name", String(NAME_CHARACTERS), nullable=False),
    # The name without diacritics, as it is compared with what citizens type.
    Column("key", String(120), nullable=False),
    Column("description", String(DESCRIPTION_CHARACTERS), nullable=False),
    Column("is_open", Boolean, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("changed_at", UtcDateTime, nullable=False),
    UniqueConstraint("key"),
)


@dataclass(frozen=True)
class NewsTopic:
    """A closed one takes no new subscriber; those it has stay, and may still be written to."""

    id: int
    name: str
    description: str
    is_open: bool


class TopicTakenError(Exception):
    """There is a topic of this name, however it is accented."""


class InvalidTopicError(Exception):
    """A name or description that is empty or too long; its text is the field's name."""


def news_topics_of(connection: Connection, open_only: bool = False) -> tuple[NewsTopic, ...]:
    """In the order of their names."""
    statement = select(news_topics).order_by(news_topics.c.key)
    if open_only:
        statement = statement.where(news_topics.c.is_open)
    return tuple(NewsTopic(row.id, row.name, row.description, row.is_open) for row in connection.execute(statement))


def topic_by_id(connection: Connection, topic_id: int) -> NewsTopic | None:
    """None when there is none."""
    return next((topic for topic in news_topics_of(connection) if topic.id == topic_id), None)


def topic_meant(topics: Iterable[NewsTopic], words: str) -> NewsTopic | None:
    """The one whose name somebody typed, with diacritics or without; None when it is none, or could be several. Pure.

    The beginning of a name is enough when it begins no other.
    """
    wanted = plain_key(words)
    if not wanted:
        return None
    named = {plain_key(topic.name): topic for topic in topics}
    if wanted in named:
        return named[wanted]
    begun = [topic for key, topic in named.items() if key.startswith(f"{wanted} ")]
    return begun[0] if len(begun) == 1 else None


def add_topic(connection: Connection, name: str, description: str, operator_id: int, now: datetime) -> NewsTopic:
    """Open from now on. Raises InvalidTopicError and TopicTakenError."""
    name, description = _checked(name, description)
    values = {"name": name, "key": plain_key(name)[:120], "description": description, "is_open": True}
    made = insert_if_absent(connection, news_topics, {**values, "created_at": now, "changed_at": now})
    if made is None:
        raise TopicTakenError(name)
    _audit(connection, int(made), "added", operator_id, now)
    return NewsTopic(int(made), name, description, True)


def change_topic(connection: Connection, changed: NewsTopic, operator_id: int, now: datetime) -> None:
    """Raises InvalidTopicError and TopicTakenError; does nothing where there is no such topic."""
    name, description = _checked(changed.name, changed.description)
    key = plain_key(name)[:120]
    taken = select(news_topics.c.id).where(news_topics.c.key == key, news_topics.c.id != changed.id)
    if connection.execute(taken).first() is not None:
        raise TopicTakenError(name)
    values = {"name": name, "key": key, "description": description, "is_open": changed.is_open, "changed_at": now}
    connection.execute(update(news_topics).where(news_topics.c.id == changed.id).values(values))
    _audit(connection, changed.id, "open" if changed.is_open else "closed", operator_id, now)


def _checked(name: str, description: str) -> tuple[str, str]:
    name, description = " ".join(name.split()), " ".join(description.split())
    if not plain_key(name) or len(name) > NAME_CHARACTERS:
        raise InvalidTopicError("name")
    if len(description) > DESCRIPTION_CHARACTERS:
        raise InvalidTopicError("description")
    return name, description


def _audit(connection: Connection, topic_id: int, what: str, operator_id: int, now: datetime) -> None:
    subject = f"news topic:{topic_id}"
    record(connection, actor_of(operator_id), AuditAction.NEWS_TOPICS_CHANGED, subject, {"what": what}, now)
