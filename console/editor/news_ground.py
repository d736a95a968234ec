"""What the pages of messages to many stand on."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from sqlalchemy import Connection

from console.editor.news_texts import NewsTexts, load_news_texts
from desk.notices.mailing import Mailing
from desk.notices.mailing_message import MailingTexts, load_mailing_texts
from desk.notices.recipient import RecipientCount


class Reach(Protocol):
    """`connectors.mailing_reach.MailingReach` is the real one."""

    def counts(self, connection: Connection, mailing: Mailing, now: datetime) -> tuple[RecipientCount, ...]:
        """By channel, before it begins: who would get it now (no reason), and who not; later what became of it."""
        ...


@dataclass(frozen=True)
class NewsGround:
    """Mailings are sent from `from_hour` until before `to_hour` of Vietnam's clock."""

    reach: Reach
    from_hour: int
    to_hour: int
    free_replies: int
    free_hours: float
    message: MailingTexts = field(default_factory=load_mailing_texts)
    texts: NewsTexts = field(default_factory=load_news_texts)
