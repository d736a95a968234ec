"""A mailing as a citizen reads it. Pure but for reading the words around it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from desk.notices.mailing import Mailing, MailingKind
from settings.reader import read_section

TEXTS = Path(__file__).with_name("mailing_texts.yml")
PARAGRAPH = "\n\n"


@dataclass(frozen=True)
class MailingTexts:
    """What stands around the words of an editor; `{topic}` and `{link}` are filled in."""

    news_head: str
    correction_head: str
    link: str
    news_foot: str
    correction_foot: str


def load_mailing_texts(path: Path = TEXTS) -> MailingTexts:
    """Raises settings.reader.SettingsError, which names the key."""
    return read_section(path, "mailing", MailingTexts)


def message_of(mailing: Mailing, topic: str, texts: MailingTexts) -> str:
    """Head, title, text, link and how to stop. `topic` is the name of the mailing's topic; empty for a correction."""
    is_news = mailing.kind is MailingKind.NEWS
    head = texts.news_head.format(topic=topic) if is_news else texts.correction_head
    foot = texts.news_foot.format(topic=topic) if is_news else texts.correction_foot
    link = texts.link.format(link=mailing.link) if mailing.link else ""
    return PARAGRAPH.join(filter(None, (f"{head}\n{mailing.title}", mailing.text, link, foot)))
