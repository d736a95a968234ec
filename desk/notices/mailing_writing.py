"""Writing a mailing: what may stand in it, and keeping two writers from overwriting each other."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, Select, insert, update

from desk.audit import AuditAction, actor_of, record
from desk.links import LinkRule
from desk.notices.mailing import (
    LINK_CHARACTERS,
    TEXT_CHARACTERS,
    TITLE_CHARACTERS,
    InvalidMailingError,
    Mailing,
    MailingKind,
    MailingState,
    StaleMailingError,
    WrongMailingStateError,
    mailing_by_id,
    mailings,
)
from desk.notices.news_topic import topic_by_id
from desk.notices.recipient import add_recipients

LATEST = timedelta(days=366)
WEB = "https://"


@dataclass(frozen=True)
class MailingText:
    """What a person writes. `channels` empty means all; `send_at` None means as soon as it is approved."""

    title: str
    text: str
    link: str = ""
    topic_id: int | None = None
    channels: tuple[str, ...] = ()
    send_at: datetime | None = None


def create_mailing(
    connection: Connection,
    kind: MailingKind,
    written: MailingText,
    author_id: int,
    links: LinkRule,
    now: datetime,
    recipients: Select[tuple[str]] | None = None,
    document: str = "",
) -> Mailing:
    """A draft. `recipients` names conversations, for a correction only: news finds its subscribers when it begins.

    Raises InvalidMailingError.
    """
    _check(connection, kind, written, links, now)
    values = {
        **_stored(written),
        "kind": kind,
        "document": document,
        "state": MailingState.DRAFT,
        "revision": 1,
        "written_by": [author_id],
        "rejection": "",
        "halt_reason": "",
        "created_at": now,
        "updated_at": now,
    }
    mailing_id = int(connection.execute(insert(mailings).values(values).returning(mailings.c.id)).scalar_one())
    named = recipients if kind is MailingKind.CORRECTION else None
    count = 0 if named is None else add_recipients(connection, mailing_id, named)
    detail: dict[str, str | int | bool | None] = {"kind": kind.value, "recipients": count}
    record(connection, actor_of(author_id), AuditAction.NEWS_EDITED, f"mailing:{mailing_id}", detail, now)
    return _reread(connection, mailing_id)


def save_mailing(
    connection: Connection,
    mailing_id: int,
    revision: int,
    written: MailingText,
    writer_id: int,
    links: LinkRule,
    now: datetime,
) -> Mailing:
    """Of a draft. Raises InvalidMailingError, StaleMailingError, WrongMailingStateError."""
    before = _reread(connection, mailing_id)
    if before.state is not MailingState.DRAFT:
        raise WrongMailingStateError(before.state)
    _check(connection, before.kind, written, links, now)
    writers = [*before.written_by, *([] if writer_id in before.written_by else [writer_id])]
    values = {**_stored(written), "written_by": writers, "revision": revision + 1, "updated_at": now}
    same = (mailings.c.id == mailing_id, mailings.c.revision == revision, mailings.c.state == MailingState.DRAFT)
    if not connection.execute(update(mailings).where(*same).values(values)).rowcount:
        raise StaleMailingError(mailing_id)
    record(connection, actor_of(writer_id), AuditAction.NEWS_EDITED, f"mailing:{mailing_id}", {}, now)
    return _reread(connection, mailing_id)


def _reread(connection: Connection, mailing_id: int) -> Mailing:
    found = mailing_by_id(connection, mailing_id)
    if found is None:
        raise WrongMailingStateError(mailing_id)
    return found


def _stored(written: MailingText) -> dict[str, object]:
    return {
        "topic_id": written.topic_id,
        "title": " ".join(written.title.split()),
        "text": written.text.strip(),
        "link": written.link.strip(),
        "channels": list(written.channels),
        "send_at": written.send_at,
    }


def _check(connection: Connection, kind: MailingKind, written: MailingText, links: LinkRule, now: datetime) -> None:
    found = {
        "title": _words(written.title, TITLE_CHARACTERS, links),
        "text": _words(written.text, TEXT_CHARACTERS, links),
        "link": _link(written.link.strip(), links),
        "topic": _topic(connection, kind, written),
        "send_at": _moment(written.send_at, now),
    }
    problems = {field: problem for field, problem in found.items() if problem}
    if problems:
        raise InvalidMailingError(problems)


def _words(text: str, most: int, links: LinkRule) -> str:
    if not text.strip():
        return "empty"
    if len(text.strip()) > most:
        return "too_long"
    return "foreign_link" if links.foreign(text) is not None else ""


def _link(link: str, links: LinkRule) -> str:
    if not link:
        return ""
    if len(link) > LINK_CHARACTERS:
        return "too_long"
    if not link.startswith(WEB) or any(character.isspace() for character in link):
        return "no_link"
    return "foreign_link" if links.foreign(link) is not None else ""


def _topic(connection: Connection, kind: MailingKind, written: MailingText) -> str:
    if kind is MailingKind.CORRECTION:
        return ""
    if written.topic_id is None or topic_by_id(connection, written.topic_id) is None:
        return "no_topic"
    return ""


def _moment(send_at: datetime | None, now: datetime) -> str:
    return "too_far" if send_at is not None and send_at > now + LATEST else ""
