"""One question of a gap. Its words stand in the answer log alone, so that an erasure finds them in one place."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Column, ForeignKey, Index, String, Table

from desk.answer_log import Trouble, answer_log
from desk.database import RowId, UtcDateTime, metadata
from editing.gaps.cluster import gap_clusters

gap_questions = Table(
    "gap_questions",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("answer_id", ForeignKey(answer_log.c.id), nullable=False, unique=True),
    # NULL until it is sorted by meaning.
    Column("cluster_id", ForeignKey(gap_clusters.c.id)),
    # What the assistant says to it now.
    Column("status_now", String(64), nullable=False, server_default=""),
    Column("document_now", String(160), nullable=False, server_default=""),
    Column("asked_again_at", UtcDateTime),
)
Index("ix_gap_questions_cluster_id", gap_questions.c.cluster_id, gap_questions.c.id)
_is_loose = gap_questions.c.cluster_id.is_(None)
Index("ix_gap_questions_loose", gap_questions.c.id, postgresql_where=_is_loose, sqlite_where=_is_loose)


@dataclass(frozen=True)
class GapQuestion:
    """`question` is masked, and empty once it was erased; `status` is what it was answered with then."""

    id: int
    question: str
    channel: str
    at: datetime
    trouble: Trouble
    status: str
    document: str
    version: str
    status_now: str
    document_now: str
