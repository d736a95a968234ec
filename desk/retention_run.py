"""When what had been kept long enough was removed, and how much: one row for each run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import JSON, Column, Connection, Table, insert, select, update

from desk.database import RowId, UtcDateTime, metadata

retention_runs = Table(
    "retention_runs",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("started_at", UtcDateTime, nullable=False),
    Column("finished_at", UtcDateTime),
    # How many of each kind: numbers only.
    Column("removed", JSON, nullable=False),
)


@dataclass(frozen=True)
class RetentionRun:
    """`finished_at` is None while it runs, and for one that was cut off."""

    id: int
    started_at: datetime
    finished_at: datetime | None
    removed: Mapping[str, int]


def start_run(connection: Connection, now: datetime) -> int:
    """The run's id."""
    values = {"started_at": now, "removed": {}}
    made = insert(retention_runs).values(values).returning(retention_runs.c.id)
    return int(connection.execute(made).scalar_one())


def finish_run(connection: Connection, run_id: int, removed: Mapping[str, int], now: datetime) -> None:
    """Once, at its end."""
    ended = update(retention_runs).where(retention_runs.c.id == run_id)
    connection.execute(ended.values(finished_at=now, removed=dict(removed)))


def last_finished(connection: Connection) -> RetentionRun | None:
    """The newest that came to its end; None before the first."""
    newest = select(retention_runs).where(retention_runs.c.finished_at.is_not(None))
    row = connection.execute(newest.order_by(retention_runs.c.id.desc()).limit(1)).one_or_none()
    return None if row is None else RetentionRun(row.id, row.started_at, row.finished_at, row.removed)
