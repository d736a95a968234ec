"""A gap: questions of one meaning that the base does not answer, and what the editors make of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Column, Index, Integer, LargeBinary, String, Table, Text

from desk.database import RowId, UtcDateTime, metadata

TITLE_CHARACTERS = 300
NOTE_CHARACTERS = 2_000


class GapState(StrEnum):
    """`writing`: an entry is named that will answer it, and is not published yet."""

    OPEN = "open"
    ASSIGNED = "assigned"
    WRITING = "writing"
    ANSWERED = "answered"
    OUT_OF_SCOPE = "out_of_scope"
    DUPLICATE = "duplicate"


UNSETTLED = (GapState.OPEN, GapState.ASSIGNED, GapState.WRITING)
"""Still to be done by somebody."""

gap_clusters = Table(
    "gap_clusters",
    metadata,
    Column("id", RowId, primary_key=True),
    # Given by hand; else the central question names it.
    Column("title", String(TITLE_CHARACTERS), nullable=False, server_default=""),
    Column("central_id", Integer),
    Column("state", String(16), nullable=False),
    Column("assignee_id", Integer),
    Column("note", Text, nullable=False, server_default=""),
    # Name of the entry that answers it, or is being written for it.
    Column("document", String(160), nullable=False, server_default=""),
    Column("document_at", UtcDateTime),
    Column("duplicate_of", Integer),
    # Raised by each change: whoever changes it names the one they saw.
    Column("revision", Integer, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("updated_at", UtcDateTime, nullable=False),
    Column("settled_at", UtcDateTime),
    # It had been settled, and people went on asking.
    Column("reopened_at", UtcDateTime),
    # Of the last time that its questions were asked again.
    Column("checked_snapshot", String(64), nullable=False, server_default=""),
    Column("checked_at", UtcDateTime),
    Column("checked", Integer, nullable=False, server_default="0"),
    Column("answered", Integer, nullable=False, server_default="0"),
    # Of the central question, as float32, and the model that made it. Goes when the question goes.
    Column("vector", LargeBinary),
    Column("model", String(64), nullable=False, server_default=""),
)
Index("ix_gap_clusters_state", gap_clusters.c.state, gap_clusters.c.id)
Index("ix_gap_clusters_document", gap_clusters.c.document)


@dataclass(frozen=True)
class GapCluster:
    """`title` is empty when nobody named it and its questions are erased."""

    id: int
    title: str
    state: GapState
    assignee_id: int | None
    note: str
    document: str
    duplicate_of: int | None
    revision: int
    created_at: datetime
    settled_at: datetime | None
    reopened_at: datetime | None
    checked_at: datetime | None
    checked: int
    answered: int
