"""One message to many: news of a topic to those who asked for it, or a correction to those who got a wrong answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, Column, Connection, ForeignKey, Index, Integer, Row, String, Table, Text, select

from desk.database import RowId, UtcDateTime, metadata
from desk.notices.news_topic import news_topics

TITLE_CHARACTERS = 120
TEXT_CHARACTERS = 1_200
"""With what stands around it, it fits into one message of every channel."""
LINK_CHARACTERS = 300
REASON_CHARACTERS = 300


class MailingKind(StrEnum):
    """Whom it may go to."""

    NEWS = "news"  # active subscribers of its topic
    CORRECTION = "correction"  # those that were named when it was made


class MailingState(StrEnum):
    """draft → submitted → approved → sending ⇄ paused → done; a rejected one is a draft again."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    APPROVED = "approved"  # waits for its time, and for the clock
    SENDING = "sending"
    PAUSED = "paused"
    DONE = "done"
    STOPPED = "stopped"


ENDED = frozenset({MailingState.DONE, MailingState.STOPPED})

mailings = Table(
    "mailings",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("kind", String(16), nullable=False),
    Column("topic_id", ForeignKey(news_topics.c.id)),
    Column("title", String(TITLE_CHARACTERS), nullable=False),
    Column("text", Text, nullable=False),
    Column("link", String(LINK_CHARACTERS), nullable=False),
    # Names of channels; an empty list means all.
    Column("channels", JSON, nullable=False),
    # The corrected document of the knowledge base, as editing.document.Document.name; empty for news.
    Column("document", String(160), nullable=False),
    Column("send_at", UtcDateTime),
    Column("state", String(16), nullable=False),
    # Grows with every saved change, so that two people who write at once notice.
    Column("revision", Integer, nullable=False),
    # Everybody who wrote on it: none of them may approve it.
    Column("written_by", JSON, nullable=False),
    Column("submitted_at", UtcDateTime),
    Column("decided_by", Integer),
    Column("decided_at", UtcDateTime),
    Column("rejection", Text, nullable=False),
    Column("started_at", UtcDateTime),
    Column("finished_at", UtcDateTime),
    # Why somebody paused or stopped it, and who.
    Column("halt_reason", Text, nullable=False),
    Column("halted_by", Integer),
    Column("created_at", UtcDateTime, nullable=False),
    Column("updated_at", UtcDateTime, nullable=False),
)
Index("ix_mailings_state", mailings.c.state, mailings.c.id)


@dataclass(frozen=True)
class Mailing:
    """As stored. `channels` empty means all; `send_at` None means as soon as it is approved."""

    id: int
    kind: MailingKind
    topic_id: int | None
    title: str
    text: str
    link: str
    channels: tuple[str, ...]
    document: str
    send_at: datetime | None
    state: MailingState
    revision: int
    written_by: tuple[int, ...]
    submitted_at: datetime | None
    decided_by: int | None
    decided_at: datetime | None
    rejection: str
    started_at: datetime | None
    finished_at: datetime | None
    halt_reason: str
    halted_by: int | None
    created_at: datetime
    updated_at: datetime

    @property
    def author_id(self) -> int:
        """Who began it."""
        return self.written_by[0]


class MailingError(Exception):
    """Root of what editors are told about a mailing."""


class WrongMailingStateError(MailingError):
    """Somebody was quicker, or this step does not follow on that state."""


class OwnMailingError(MailingError):
    """Who wrote on it may not approve it."""


class PausedByOtherError(MailingError):
    """Somebody else paused it: only who may approve lets it go on."""


class StaleMailingError(MailingError):
    """It was changed since the page was opened."""


class InvalidMailingError(MailingError):
    """`problems` are names of sentences in console/editor/news.yml, by field."""

    def __init__(self, problems: dict[str, str]) -> None:
        super().__init__(", ".join(problems))
        self.problems = problems


def mailing_by_id(connection: Connection, mailing_id: int) -> Mailing | None:
    """None when there is none."""
    row = connection.execute(select(mailings).where(mailings.c.id == mailing_id)).one_or_none()
    return None if row is None else mailing_of(row)


def newest_mailings(connection: Connection, limit: int) -> tuple[Mailing, ...]:
    """The newest first."""
    rows = connection.execute(select(mailings).order_by(mailings.c.id.desc()).limit(limit))
    return tuple(mailing_of(row) for row in rows)


def mailings_about(connection: Connection, document: str) -> tuple[Mailing, ...]:
    """Corrections of one document, the newest first."""
    statement = select(mailings).where(mailings.c.document == document).order_by(mailings.c.id.desc())
    return tuple(mailing_of(row) for row in connection.execute(statement))


def mailings_in(connection: Connection, states: Sequence[MailingState]) -> tuple[Mailing, ...]:
    """The oldest first."""
    statement = select(mailings).where(mailings.c.state.in_(states)).order_by(mailings.c.id)
    return tuple(mailing_of(row) for row in connection.execute(statement))


def mailing_of(row: Row[Any]) -> Mailing:
    """From a whole row of the table."""
    fields = dict(row._mapping)
    for name in ("channels", "written_by"):
        fields[name] = tuple(fields[name])
    return Mailing(**{**fields, "kind": MailingKind(fields["kind"]), "state": MailingState(fields["state"])})
