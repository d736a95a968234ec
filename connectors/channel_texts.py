"""What a citizen reads in a chat channel beside the answers themselves, read once from channel_texts.yml."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from settings.reader import read_section

TEXTS = Path(__file__).with_name("channel_texts.yml")


@dataclass(frozen=True)
class ChoiceTexts:
    """Lines above choices; a text that holds one of `told_already` needs none."""

    by_number: str
    by_button: str
    told_already: tuple[str, ...]


@dataclass(frozen=True)
class SourceTexts:
    """Templates of the lines that name sources."""

    one: str
    many: str
    item: str
    dated: str
    valid: str
    see: str
    see_one_of_many: str


@dataclass(frozen=True)
class PageWords:
    """Words that are true on the web page only."""

    said: str
    instead: str


@dataclass(frozen=True)
class AnnouncementTexts:
    """Templates of an announcement as it is said; `linked` is added where it has a link."""

    said: str
    linked: str


@dataclass(frozen=True)
class ChannelTexts:
    """Sentences are ready to be sent; the lists hold whole messages that mean a command."""

    attachment: str
    person_button: str
    choice_expired: str
    chosen_already: str
    contact_received: str
    stopped: str
    resumed: str
    late_apology: str
    empty_reply: str
    choices: ChoiceTexts
    sources: SourceTexts
    announcement: AnnouncementTexts
    page_words: tuple[PageWords, ...]
    stop_words: tuple[str, ...]
    resume_words: tuple[str, ...]
    help_words: tuple[str, ...]


def load_channel_texts(path: Path = TEXTS) -> ChannelTexts:
    """Raises settings.reader.SettingsError, which names the key."""
    return read_section(path, "channel_texts", ChannelTexts)
