"""The Vietnamese of subscribing to news, read once from news_texts.yml."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from settings.reader import read_section

TEXTS = Path(__file__).with_name("news_texts.yml")


@dataclass(frozen=True)
class ChannelNotes:
    """What a channel's subscribers have to know besides; `{hours}` is filled in."""

    web: str
    zalo_oa: str


@dataclass(frozen=True)
class NewsTexts:
    """Sentences, in which `{name}` is a topic, and the lists of words that are understood."""

    topics: str
    topic: str
    topic_bare: str
    no_topics: str
    unknown_topic: str
    subscribe_button: str
    subscribed: str
    already: str
    closed: str
    notes: ChannelNotes
    mine: str
    mine_none: str
    end_button: str
    ended: str
    ended_all: str
    not_subscribed: str
    subscribe_words: tuple[str, ...]
    end_words: tuple[str, ...]
    list_words: tuple[str, ...]
    all_words: tuple[str, ...]
    other_beginnings: tuple[str, ...]


def load_news_texts(path: Path = TEXTS) -> NewsTexts:
    """Raises settings.reader.SettingsError, which names the key."""
    return read_section(path, "news", NewsTexts)
