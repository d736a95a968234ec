"""A release: the set of versions that one snapshot of the index serves, from its wish to its end."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, Boolean, Column, Index, Integer, String, Table, Text, false

from desk.database import RowId, UtcDateTime, metadata


class ReleaseState(StrEnum):
    """`ready` is a candidate that is built and compared; at most one is `live`."""

    REQUESTED = "requested"
    BUILDING = "building"
    READY = "ready"
    LIVE = "live"
    RETIRED = "retired"  # was live
    FAILED = "failed"
    DISCARDED = "discarded"
    OUTDATED = "outdated"  # another release went live in the meantime


class ReleaseKind(StrEnum):
    """Why it was made."""

    FILES = "files"  # taken over from the project's files
    CHANGES = "changes"  # versions that editors wrote
    ROLLBACK = "rollback"
    PREVIEW = "preview"  # what one submitted version would change: never goes live


knowledge_releases = Table(
    "knowledge_releases",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("kind", String(16), nullable=False),
    Column("state", String(16), nullable=False),
    # The release that was live when this one was wished for.
    Column("base_id", Integer),
    Column("snapshot_id", String(64)),
    # Name of each document → numbers of the versions served, in the order of their days.
    Column("versions", JSON, nullable=False),
    # [{"document": "faq/x", "title": …, "before": [3], "after": [4]}]
    Column("changes", JSON, nullable=False),
    # Of documents, versions and base: the same wish is built once.
    Column("digest", String(64), nullable=False),
    # editing/gate: what the golden questions say; NULL until built.
    Column("report", JSON),
    Column("texts_embedded", Integer),
    Column("texts_total", Integer),
    Column("step", String(32), nullable=False, server_default=""),
    Column("done", Integer, nullable=False, server_default="0"),
    Column("total", Integer, nullable=False, server_default="0"),
    Column("error", Text, nullable=False, server_default=""),
    # Which workshop builds it, and until when others leave it alone.
    Column("owner", String(128), nullable=False, server_default=""),
    Column("lease_until", UtcDateTime),
    # How often a build was begun: one that kills its workshop each time must not go on for ever.
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("is_forced", Boolean, nullable=False, server_default=false()),
    Column("reason", Text, nullable=False, server_default=""),
    Column("requested_by", String(64), nullable=False),
    Column("requested_at", UtcDateTime, nullable=False),
    Column("started_at", UtcDateTime),
    Column("ready_at", UtcDateTime),
    Column("published_by", String(64)),
    Column("published_at", UtcDateTime),
    Column("retired_at", UtcDateTime),
)
_IS_LIVE = knowledge_releases.c.state == ReleaseState.LIVE.value
Index(
    "uq_knowledge_releases_live",
    knowledge_releases.c.state,
    unique=True,
    postgresql_where=_IS_LIVE,
    sqlite_where=_IS_LIVE,
)
Index("ix_knowledge_releases_digest", knowledge_releases.c.digest)


@dataclass(frozen=True)
class Release:
    """See the columns."""

    id: int
    kind: ReleaseKind
    state: ReleaseState
    base_id: int | None
    snapshot_id: str | None
    versions: Mapping[str, tuple[int, ...]]
    changes: tuple[Mapping[str, Any], ...]
    digest: str
    report: Mapping[str, Any] | None
    texts_embedded: int | None
    texts_total: int | None
    step: str
    done: int
    total: int
    error: str
    is_forced: bool
    reason: str
    requested_by: str
    requested_at: datetime
    started_at: datetime | None
    ready_at: datetime | None
    published_by: str | None
    published_at: datetime | None
    retired_at: datetime | None
