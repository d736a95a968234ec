"""What the agency tells everybody for a time: written by one person, approved by another, then shown and said."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    JSON,
    Column,
    Connection,
    Index,
    Integer,
    Row,
    String,
    Table,
    Text,
    insert,
    select,
    update,
)

from desk.database import RowId, UtcDateTime, metadata

TITLE_CHARACTERS = 120
TEXT_CHARACTERS = 500
LINK_CHARACTERS = 500
TOPIC_CHARACTERS = 200
EVERY_TOPIC = ""


class AnnouncementState(StrEnum):
    """As stored. Whether an approved one is shown, its times decide: see `Stage`."""

    DRAFT = "draft"
    APPROVED = "approved"
    ENDED = "ended"  # taken back before its end, or a draft that nobody wants


class Stage(StrEnum):
    """What people are shown of it."""

    DRAFT = "draft"
    SCHEDULED = "scheduled"
    LIVE = "live"
    OVER = "over"
    ENDED = "ended"


class OwnAnnouncementError(Exception):
    """Whoever wrote on it may not approve it."""


class MovedAnnouncementError(Exception):
    """Somebody else saved, approved or ended it in the meantime; nothing was changed."""


announcements = Table(
    "announcements",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("title", String(TITLE_CHARACTERS), nullable=False),
    Column("text", Text, nullable=False),
    Column("link", String(LINK_CHARACTERS), nullable=False),
    # Whose first answers it is said with; empty: everybody's.
    Column("topic", String(TOPIC_CHARACTERS), nullable=False),
    Column("channels", JSON, nullable=False),
    Column("starts_at", UtcDateTime, nullable=False),
    Column("ends_at", UtcDateTime, nullable=False),
    # The law for whose day it was written: see editing/relations/law.py.
    Column("law_id", Integer),
    Column("state", String(16), nullable=False),
    # Raised by each save: whoever saves or approves names the one they saw.
    Column("revision", Integer, nullable=False),
    # Everybody who wrote on it: none of them may approve it.
    Column("written_by", JSON, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("updated_at", UtcDateTime, nullable=False),
    Column("decided_by", Integer),
    Column("decided_at", UtcDateTime),
    Column("ended_by", Integer),
    Column("ended_at", UtcDateTime),
)
Index("ix_announcements_state", announcements.c.state, announcements.c.ends_at)


@dataclass(frozen=True)
class Wording:
    """What an editor fills in. `channels` are names; it is shown from `starts_at` until before `ends_at`."""

    title: str
    text: str
    link: str
    topic: str
    channels: tuple[str, ...]
    starts_at: datetime
    ends_at: datetime
    law_id: int | None = None


@dataclass(frozen=True)
class Announcement:
    """See the columns."""

    id: int
    wording: Wording
    state: AnnouncementState
    revision: int
    written_by: tuple[int, ...]
    created_at: datetime
    updated_at: datetime
    decided_by: int | None
    decided_at: datetime | None
    ended_by: int | None
    ended_at: datetime | None

    def stage(self, now: datetime) -> Stage:
        """At this moment."""
        if self.state is not AnnouncementState.APPROVED:
            return Stage(self.state.value)
        if now < self.wording.starts_at:
            return Stage.SCHEDULED
        return Stage.LIVE if now < self.wording.ends_at else Stage.OVER

    def is_for(self, channel: str, topic: str) -> bool:
        """Whether the first answer about this topic on this channel is preceded by it."""
        return channel in self.wording.channels and self.wording.topic in (EVERY_TOPIC, topic)


def write(connection: Connection, wording: Wording, operator_id: int, now: datetime) -> int:
    """A new draft; its id. Whether the fields are within limits and the link is ours, the caller has seen to."""
    values = {**_values(wording), "state": AnnouncementState.DRAFT, "revision": 1, "written_by": [operator_id]}
    making = insert(announcements).values(**values, created_at=now, updated_at=now)
    return int(connection.execute(making.returning(announcements.c.id)).scalar_one())


def rewrite(
    connection: Connection, announcement_id: int, revision: int, wording: Wording, operator_id: int, now: datetime
) -> Announcement:
    """The draft as it stands now. Raises MovedAnnouncementError, also for one that is a draft no more."""
    found = announcement_by_id(connection, announcement_id)
    if found is None:
        raise MovedAnnouncementError
    writers = list(dict.fromkeys((*found.written_by, operator_id)))
    values = {**_values(wording), "written_by": writers, "revision": revision + 1, "updated_at": now}
    _move(connection, announcement_id, AnnouncementState.DRAFT, revision, values)
    moved = replace(found, wording=wording, revision=revision + 1, written_by=tuple(writers), updated_at=now)
    return replace(moved, state=AnnouncementState.DRAFT)


def approve(
    connection: Connection, announcement_id: int, revision: int, operator_id: int, now: datetime
) -> Announcement:
    """Shown from its start on. Raises OwnAnnouncementError for a writer, MovedAnnouncementError."""
    found = announcement_by_id(connection, announcement_id)
    if found is None:
        raise MovedAnnouncementError
    if operator_id in found.written_by:
        raise OwnAnnouncementError
    values = {"state": AnnouncementState.APPROVED, "decided_by": operator_id, "decided_at": now}
    _move(connection, announcement_id, AnnouncementState.DRAFT, revision, values)
    return replace(found, state=AnnouncementState.APPROVED, decided_by=operator_id, decided_at=now)


def end(
    connection: Connection, announcement_id: int, operator_id: int, now: datetime, drafts_only: bool = False
) -> Announcement:
    """Takes it back at once, draft or approved. Raises MovedAnnouncementError when it is ended already.

    With `drafts_only` also when it was approved meanwhile: an editor throws away a draft, and nothing else.
    """
    found = announcement_by_id(connection, announcement_id)
    if found is None or found.state is AnnouncementState.ENDED:
        raise MovedAnnouncementError
    if drafts_only and found.state is not AnnouncementState.DRAFT:
        raise MovedAnnouncementError
    values = {"state": AnnouncementState.ENDED, "ended_by": operator_id, "ended_at": now}
    _move(connection, announcement_id, found.state, found.revision, values)
    return replace(found, state=AnnouncementState.ENDED, ended_by=operator_id, ended_at=now)


def announcement_by_id(connection: Connection, announcement_id: int) -> Announcement | None:
    """None when there is none."""
    row = connection.execute(select(announcements).where(announcements.c.id == announcement_id)).one_or_none()
    return None if row is None else _announcement(row)


def list_announcements(connection: Connection, limit: int, law_id: int | None = None) -> tuple[Announcement, ...]:
    """The newest first; of one law where it is given."""
    statement = select(announcements).order_by(announcements.c.id.desc()).limit(limit)
    if law_id is not None:
        statement = statement.where(announcements.c.law_id == law_id)
    return tuple(map(_announcement, connection.execute(statement)))


def live_announcements(connection: Connection, now: datetime) -> tuple[Announcement, ...]:
    """Those that are shown at this moment, on any channel; the newest first."""
    columns = announcements.c
    shown = select(announcements).where(
        columns.state == AnnouncementState.APPROVED, columns.ends_at > now, columns.starts_at <= now
    )
    return tuple(map(_announcement, connection.execute(shown.order_by(columns.starts_at.desc(), columns.id.desc()))))


def _move(
    connection: Connection, announcement_id: int, state: AnnouncementState, revision: int, values: dict[str, Any]
) -> None:
    columns = announcements.c
    seen = (columns.id == announcement_id, columns.state == state, columns.revision == revision)
    if not connection.execute(update(announcements).where(*seen).values(values)).rowcount:
        raise MovedAnnouncementError


def _values(wording: Wording) -> dict[str, Any]:
    values = {each.name: getattr(wording, each.name) for each in fields(wording)}
    return {**values, "channels": list(wording.channels)}


def _announcement(row: Row[tuple[object, ...]]) -> Announcement:
    known = dict(row._mapping)
    names = [each.name for each in fields(Wording)]
    wording = Wording(**{**{name: known[name] for name in names}, "channels": tuple(known["channels"])})
    rest = {name: value for name, value in known.items() if name not in names}
    rest |= {"state": AnnouncementState(known["state"]), "written_by": tuple(known["written_by"])}
    return Announcement(wording=wording, **rest)
