"""A new gap: made by the sorting, or by hand."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, insert

from editing.gaps.cluster import GapState, gap_clusters


def begin_gap(connection: Connection, now: datetime) -> int:
    """A new one, open, without questions yet; its id."""
    values = {"state": GapState.OPEN.value, "revision": 1, "created_at": now, "updated_at": now}
    made = insert(gap_clusters).values(values).returning(gap_clusters.c.id)
    return int(connection.execute(made).scalar_one())
