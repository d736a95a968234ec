"""Asking for news, seeing what one has, ending it: answered by rule before any dialogue, on every channel."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from connectors.claim import Claim
from connectors.effects import Effect, keep_quiet
from connectors.message import Button, InboundKind, Reply
from connectors.news_texts import NewsTexts, load_news_texts
from connectors.news_words import END, SUBSCRIBE, NewsWish, Wished, wish_of_button, wish_of_words
from desk.conversation import ConversationKey
from desk.notices.news_topic import NewsTopic, news_topics_of, topic_meant
from desk.notices.subscription import subscribe, subscribed_topics, unsubscribe

TOPICS, SUBSCRIBED, MINE, ENDED = "news_topics", "news_subscribed", "news_mine", "news_ended"
MOST_BUTTONS = 10

Moves = Callable[[Connection, datetime], tuple[Reply, ...]]


@dataclass(frozen=True)
class Promise:
    """What subscribers are told of when news comes: hours of Vietnam's clock, and of a channel's window."""

    from_hour: int
    to_hour: int
    zalo_hours: float


@dataclass(frozen=True)
class News:
    """One for each process."""

    texts: NewsTexts
    promise: Promise

    def asked(self, claim: Claim) -> Moves | None:
        """None unless the message is about subscribing."""
        wished = self._wished(claim)
        if wished is None:
            return None
        return lambda connection, now: (self._reply(connection, claim, wished, now),)

    def ending(self, claim: Claim) -> Effect | None:
        """Ends what was asked to be ended also where nothing is said of it: an officer may take over meanwhile."""
        wished = self._wished(claim)
        if wished is None or wished.wish not in {NewsWish.END, NewsWish.END_ALL}:
            return None

        def effect(connection: Connection, key: ConversationKey, now: datetime) -> None:
            topic = None if wished.wish is NewsWish.END_ALL else _meant(news_topics_of(connection), wished)
            if wished.wish is NewsWish.END_ALL or topic is not None:
                unsubscribe(connection, key.id, claim.text, now, None if topic is None else topic.id)

        return effect

    def _wished(self, claim: Claim) -> Wished | None:
        if claim.payload is not None:
            return wish_of_button(claim.payload)
        return wish_of_words(claim.text, self.texts) if claim.kind is InboundKind.TEXT else None

    def _reply(self, connection: Connection, claim: Claim, wished: Wished, now: datetime) -> Reply:
        match wished.wish:
            case NewsWish.LIST:
                return self._list(connection, claim)
            case NewsWish.END_ALL:
                unsubscribe(connection, claim.conversation.id, claim.text, now)
                return Reply(self.texts.ended_all, ENDED)
            case NewsWish.END:
                return self._end(connection, claim, wished, now)
        return self._subscribe(connection, claim, wished, now)

    def _list(self, connection: Connection, claim: Claim) -> Reply:
        mine = subscribed_topics(connection, claim.conversation.id)
        if not mine:
            return self._offer(connection, self.texts.mine_none)
        buttons = tuple(Button(self.texts.end_button.format(name=topic.name), f"{END} {topic.id}") for topic in mine)
        return Reply(self.texts.mine.format(topics=self._lines(mine)), MINE, buttons=buttons[:MOST_BUTTONS])

    def _subscribe(self, connection: Connection, claim: Claim, wished: Wished, now: datetime) -> Reply:
        topics = news_topics_of(connection)
        topic = _meant(topics, wished)
        if topic is None:
            return self._offer(connection, self.texts.unknown_topic if wished.name else "")
        if not topic.is_open:
            return Reply(self.texts.closed.format(name=topic.name), TOPICS)
        is_new = subscribe(connection, claim.conversation.id, topic.id, claim.text, now)
        text = (
            self._welcome(topic, claim.conversation.channel) if is_new else self.texts.already.format(name=topic.name)
        )
        return Reply(text, SUBSCRIBED)

    def _end(self, connection: Connection, claim: Claim, wished: Wished, now: datetime) -> Reply:
        topic = _meant(news_topics_of(connection), wished)
        if topic is None:
            return self._list(connection, claim)
        ended = unsubscribe(connection, claim.conversation.id, claim.text, now, topic.id)
        text = self.texts.ended if ended else self.texts.not_subscribed
        return Reply(text.format(name=topic.name), ENDED)

    def _offer(self, connection: Connection, before: str) -> Reply:
        topics = news_topics_of(connection, open_only=True)
        if not topics:
            return Reply(self.texts.no_topics, TOPICS)
        text = self.texts.topics.format(topics=self._lines(topics))
        title = self.texts.subscribe_button
        buttons = tuple(Button(title.format(name=topic.name), f"{SUBSCRIBE} {topic.id}") for topic in topics)
        return Reply(f"{before} {text}".strip(), TOPICS, buttons=buttons[:MOST_BUTTONS])

    def _lines(self, topics: Sequence[NewsTopic]) -> str:
        lines = (self.texts.topic if topic.description else self.texts.topic_bare for topic in topics)
        named = zip(lines, topics, strict=True)
        return "\n".join(line.format(name=topic.name, description=topic.description) for line, topic in named)

    def _welcome(self, topic: NewsTopic, channel: str) -> str:
        notes: Mapping[str, str] = {"web": self.texts.notes.web, "zalo_oa": self.texts.notes.zalo_oa}
        note = notes.get(channel, "").format(hours=f"{self.promise.zalo_hours:g}")
        return self.texts.subscribed.format(
            name=topic.name,
            from_hour=self.promise.from_hour,
            to_hour=self.promise.to_hour,
            note=f" {note}" if note else "",
        )


def stop_all(words: str) -> Effect:
    """The citizen wants answers only: no message of any kind, and every subscription ends with these words."""

    def effect(connection: Connection, key: ConversationKey, now: datetime) -> None:
        keep_quiet(connection, key, now)
        unsubscribe(connection, key.id, words, now)

    return effect


def build_news(promise: Promise) -> News:
    """Raises settings.reader.SettingsError."""
    return News(load_news_texts(), promise)


def _meant(topics: Sequence[NewsTopic], wished: Wished) -> NewsTopic | None:
    if wished.topic_id is not None:
        return next((topic for topic in topics if topic.id == wished.topic_id), None)
    return topic_meant(topics, wished.name)
