"""One version of a document: what it says, who wrote and who approved it, and where it stands in its life."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
    false,
)

from desk.database import RowId, UtcDateTime, metadata
from editing.document import knowledge_documents

TITLE_CHARACTERS = 300


class VersionState(StrEnum):
    """As stored. `scheduled`, `live` and `expired` are what a published version is called on a day: see `Standing`."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    REJECTED = "rejected"
    APPROVED = "approved"
    PUBLISHED = "published"
    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"
    DISCARDED = "discarded"  # a draft that nobody wants, or of an import that was undone


OPEN = (VersionState.DRAFT, VersionState.SUBMITTED, VersionState.REJECTED, VersionState.APPROVED)
"""A document has at most one version in these states."""


class Standing(StrEnum):
    """What people are shown: the state, and for what is published whether it is served on that day."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    REJECTED = "rejected"
    APPROVED = "approved"
    SCHEDULED = "scheduled"
    LIVE = "live"
    EXPIRED = "expired"
    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"
    DISCARDED = "discarded"


knowledge_versions = Table(
    "knowledge_versions",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("document_id", ForeignKey(knowledge_documents.c.id), nullable=False),
    Column("number", Integer, nullable=False),
    Column("state", String(16), nullable=False),
    # Approving and publishing it takes the document out of what is served.
    Column("withdraws", Boolean, nullable=False, server_default=false()),
    Column("title", String(TITLE_CHARACTERS), nullable=False),
    # Without diacritics and in small letters, for the list's search.
    Column("search_text", Text, nullable=False),
    Column("body", JSON, nullable=False),
    Column("digest", String(64), nullable=False),
    # Raised by each save: whoever saves names the one they opened.
    Column("revision", Integer, nullable=False),
    Column("live_from", Date),
    Column("live_to", Date),
    # First day of the version that takes its place, where one is published for a later day.
    Column("replaced_on", Date),
    Column("review_by", Date),
    Column("change_note", Text, nullable=False, server_default=""),
    Column("public_note", Text, nullable=False, server_default=""),
    # NULL: the project's files.
    Column("author_id", Integer),
    Column("created_at", UtcDateTime, nullable=False),
    Column("updated_at", UtcDateTime, nullable=False),
    Column("submitted_at", UtcDateTime),
    Column("decided_by", Integer),
    Column("decided_at", UtcDateTime),
    Column("rejection", Text, nullable=False, server_default=""),
    Column("forced_reason", Text),
    Column("import_id", Integer),
    Column("published_at", UtcDateTime),
    Column("ended_at", UtcDateTime),
    UniqueConstraint("document_id", "number"),
)
_IS_OPEN = knowledge_versions.c.state.in_([state.value for state in OPEN])
Index(
    "uq_knowledge_versions_open",
    knowledge_versions.c.document_id,
    unique=True,
    postgresql_where=_IS_OPEN,
    sqlite_where=_IS_OPEN,
)
Index("ix_knowledge_versions_state", knowledge_versions.c.state, knowledge_versions.c.document_id)
Index("ix_knowledge_versions_import_id", knowledge_versions.c.import_id)


@dataclass(frozen=True)
class Version:
    """`body` is what the readable files hold of it (see editing/bodies); `live_to` is the last day it is served."""

    id: int
    document_id: int
    number: int
    state: VersionState
    withdraws: bool
    title: str
    body: Mapping[str, Any]
    digest: str
    revision: int
    live_from: date | None
    live_to: date | None
    replaced_on: date | None
    review_by: date | None
    change_note: str
    public_note: str
    author_id: int | None
    created_at: datetime
    updated_at: datetime
    submitted_at: datetime | None
    decided_by: int | None
    decided_at: datetime | None
    rejection: str
    forced_reason: str | None
    import_id: int | None
    published_at: datetime | None
    ended_at: datetime | None

    def standing(self, day: date) -> Standing:
        """On a day of Vietnam's calendar."""
        if self.state is not VersionState.PUBLISHED:
            return Standing(self.state.value)
        if self.live_from is not None and day < self.live_from:
            return Standing.SCHEDULED
        if self.replaced_on is not None and day >= self.replaced_on:
            return Standing.SUPERSEDED
        if self.live_to is not None and day > self.live_to:
            return Standing.EXPIRED
        return Standing.LIVE

    @property
    def last_day(self) -> date | None:
        """On which it is served, whichever of its own end and its follower comes first; None while no end is set."""
        followed = self.replaced_on - timedelta(days=1) if self.replaced_on else None
        ends = [day for day in (self.live_to, followed) if day]
        return min(ends) if ends else None
