"""Which snapshots and previews stay, and what builds that were killed left behind."""

from __future__ import annotations

import shutil
from datetime import datetime, time, timedelta
from pathlib import Path

from sqlalchemy import Connection, delete, func, select, update

from desk.calendar.zone import VIETNAM, vietnam_date
from editing.release import ReleaseKind, ReleaseState, knowledge_releases
from editing.workshop.building import WORKING_PREFIX
from knowledge.pointer import snapshot_ids
from knowledge.search.storage import only_one_writer, remove_old_snapshots

NEWEST_KEPT = 3
"""Somebody at a terminal may just have made one that no release names yet."""
PREVIEWS_KEPT = 10
"""With their snapshots, of each day those that waited longest: they are decided first, and published without a wait."""
DEAD_PREVIEWS_STAY = timedelta(days=30)
_DEAD = (ReleaseState.OUTDATED, ReleaseState.DISCARDED, ReleaseState.FAILED)


def tidy_previews(connection: Connection, now: datetime) -> None:
    """Other ready previews keep what they found and let their snapshots go; those that are over are forgotten.

    A preview never went live: nothing refers to it. Those on what is live stay: what failed, or somebody threw away,
    is not wished for again.
    """
    columns, midnight = knowledge_releases.c, datetime.combine(vietnam_date(now), time(), VIETNAM)
    previews = columns.kind == ReleaseKind.PREVIEW.value
    built = (previews, columns.state == ReleaseState.READY.value, columns.snapshot_id.is_not(None))
    of_today = select(columns.id).where(*built, columns.ready_at >= midnight)
    kept = of_today.order_by(columns.ready_at, columns.id).limit(PREVIEWS_KEPT)
    connection.execute(update(knowledge_releases).where(*built, columns.id.not_in(kept)).values(snapshot_id=None))
    live = select(columns.id).where(columns.state == ReleaseState.LIVE.value).scalar_subquery()
    over = (columns.state.in_([state.value for state in _DEAD]), columns.requested_at < now - DEAD_PREVIEWS_STAY)
    elsewhere = columns.base_id.is_distinct_from(live)
    connection.execute(delete(knowledge_releases).where(previews, *over, elsewhere))


def needed_snapshots(connection: Connection, kept_releases: int) -> frozenset[str]:
    """Of what is live, of candidates, and of the releases that one can go back to at once."""
    columns = knowledge_releases.c
    in_use = (ReleaseState.LIVE.value, ReleaseState.READY.value, ReleaseState.BUILDING.value)
    retired = select(columns.snapshot_id).where(columns.state == ReleaseState.RETIRED.value)
    # Each snapshot once: going to and fro between two must not push out the third.
    last = (func.max(columns.published_at).desc(), func.max(columns.id).desc())
    former = retired.group_by(columns.snapshot_id).order_by(*last).limit(kept_releases)
    found = (
        *connection.execute(select(columns.snapshot_id).where(columns.state.in_(in_use))).scalars(),
        *connection.execute(former).scalars(),
    )
    return frozenset(snapshot_id for snapshot_id in found if snapshot_id)


def remove_unneeded(index: Path, needed: frozenset[str]) -> tuple[str, ...]:
    """Ids of what was removed. Waits while somebody writes a snapshot."""
    if not snapshot_ids(index):
        return ()
    with only_one_writer(index):
        return remove_old_snapshots(index, NEWEST_KEPT, needed)


def remove_leftovers(index: Path) -> None:
    """Folders of builds that were killed. Only for who builds alone: at the start, before anything is built."""
    with only_one_writer(index):
        for path in (*index.glob(f"{WORKING_PREFIX}*"), *index.glob(".*.part")):
            shutil.rmtree(path, ignore_errors=True)
