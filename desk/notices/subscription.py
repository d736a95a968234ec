"""Who asked for news of which topic: when, and by which words. Only they are ever written to with news.

Consent under Law 91/2025/QH15 has to be shown: an ended subscription stays as a row, with the words that ended it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Column, Connection, ForeignKey, Index, String, Table, delete, func, select, update

from desk.conversation import conversations
from desk.database import RowId, UtcDateTime, insert_if_absent, metadata
from desk.notices.news_topic import NewsTopic, news_topics

WORDS_CHARACTERS = 120

news_subscriptions = Table(
    "news_subscriptions",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("conversation_id", ForeignKey(conversations.c.id), nullable=False),
    Column("topic_id", ForeignKey(news_topics.c.id), nullable=False),
    Column("subscribed_at", UtcDateTime, nullable=False),
    # What the citizen typed, or the title of the button that they pressed.
    Column("words", String(WORDS_CHARACTERS), nullable=False),
    Column("ended_at", UtcDateTime),
    Column("ended_words", String(WORDS_CHARACTERS), nullable=False, server_default=""),
)
_active = news_subscriptions.c.ended_at.is_(None)
Index(
    "uq_news_subscriptions_active",
    news_subscriptions.c.conversation_id,
    news_subscriptions.c.topic_id,
    unique=True,
    postgresql_where=_active,
    sqlite_where=_active,
)
Index("ix_news_subscriptions_topic_id", news_subscriptions.c.topic_id, news_subscriptions.c.conversation_id)


@dataclass(frozen=True)
class Subscription:
    """One consent and, where it was ended, its end; `ended_at` is None while it holds."""

    topic: NewsTopic
    subscribed_at: datetime
    words: str
    ended_at: datetime | None
    ended_words: str


@dataclass(frozen=True)
class SubscriberCount:
    """How many conversations of one channel have a topic now."""

    topic_id: int
    channel: str
    subscribers: int


def subscribe(connection: Connection, conversation_id: str, topic_id: int, words: str, now: datetime) -> bool:
    """False when they have the topic already. Whoever wanted no messages wants them again: they have just said so."""
    values = {
        "conversation_id": conversation_id,
        "topic_id": topic_id,
        "subscribed_at": now,
        "words": words[:WORDS_CHARACTERS],
        "ended_words": "",
    }
    made = insert_if_absent(connection, news_subscriptions, values) is not None
    connection.execute(update(conversations).where(conversations.c.id == conversation_id).values(quiet_since=None))
    return made


def unsubscribe(
    connection: Connection, conversation_id: str, words: str, now: datetime, topic_id: int | None = None
) -> int:
    """Of one topic, or of all without `topic_id`; how many were ended."""
    which = [news_subscriptions.c.conversation_id == conversation_id, _active]
    if topic_id is not None:
        which.append(news_subscriptions.c.topic_id == topic_id)
    ended = {"ended_at": now, "ended_words": words[:WORDS_CHARACTERS]}
    return connection.execute(update(news_subscriptions).where(*which).values(ended)).rowcount


def subscribed_topics(connection: Connection, conversation_id: str) -> tuple[NewsTopic, ...]:
    """What a citizen has now, in the order of the names."""
    return tuple(each.topic for each in subscriptions_of(connection, conversation_id) if each.ended_at is None)


def subscriptions_of(connection: Connection, conversation_id: str) -> tuple[Subscription, ...]:
    """All that a conversation ever had, ended ones too."""
    statement = (
        select(news_subscriptions, news_topics.c.name, news_topics.c.description, news_topics.c.is_open)
        .join(news_topics, news_topics.c.id == news_subscriptions.c.topic_id)
        .where(news_subscriptions.c.conversation_id == conversation_id)
        .order_by(news_topics.c.key, news_subscriptions.c.id)
    )
    return tuple(
        Subscription(
            NewsTopic(row.topic_id, row.name, row.description, row.is_open),
            row.subscribed_at,
            row.words,
            row.ended_at,
            row.ended_words,
        )
        for row in connection.execute(statement)
    )


def subscriber_counts(connection: Connection) -> Sequence[SubscriberCount]:
    """By topic and channel; where there is nobody there is no row."""
    statement = (
        select(news_subscriptions.c.topic_id, conversations.c.channel, func.count().label("subscribers"))
        .join(conversations, conversations.c.id == news_subscriptions.c.conversation_id)
        .where(_active)
        .group_by(news_subscriptions.c.topic_id, conversations.c.channel)
        .order_by(news_subscriptions.c.topic_id, conversations.c.channel)
    )
    return [SubscriberCount(row.topic_id, row.channel, row.subscribers) for row in connection.execute(statement)]


def forget_subscriptions(connection: Connection, conversation_id: str) -> None:
    """Of somebody whose data are erased: the consent goes with everything else."""
    connection.execute(delete(news_subscriptions).where(news_subscriptions.c.conversation_id == conversation_id))
