"""What a version alone does to what is live now: whether it is compared already, and the wish to have it compared."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time
from itertools import islice

from sqlalchemy import Connection, or_, select

from desk.calendar.zone import VIETNAM, vietnam_date
from editing.actor import SYSTEM, Actor
from editing.errors import EditingError
from editing.release import Release, ReleaseKind, ReleaseState, knowledge_releases
from editing.release_set import digest_of_version, digest_on_days
from editing.releasing import is_compared_on, live_release, previews_of, request_release
from editing.version import Version, VersionState, knowledge_versions
from editing.versions import version_by_id

MOST_AHEAD = 50
"""Compared before anybody looks: each takes a build. Others come up as these are decided."""
_DEAD = frozenset({ReleaseState.OUTDATED, ReleaseState.DISCARDED})


def fresh_preview(connection: Connection, version: Version, now: datetime) -> Release | None:
    """Of this wording, on what is live now, for today; built or not. None where nobody asked for it. Only reads."""
    live, said, today = live_release(connection), digest_of_version(version), vietnam_date(now)
    for release in previews_of(connection, version.id, base_id=live.id) if live else ():
        is_same = any(change.get("digest") == said for change in release.changes) and is_compared_on(release, today)
        if is_same and release.state not in _DEAD:
            return release
    return None


def request_preview(connection: Connection, version: Version, actor: Actor, now: datetime) -> Release:
    """Raises WrongStateError for what is neither submitted nor approved, or whose last day has passed."""
    return request_release(connection, [version.id], actor, now, ReleaseKind.PREVIEW)


def refresh_previews(connection: Connection, version_ids: Sequence[int], now: datetime) -> int:
    """Has these compared anew; how many were wished for. What cannot be compared is left out."""
    wished = 0
    for version_id in version_ids:
        version = version_by_id(connection, version_id)
        try:
            if version is not None and fresh_preview(connection, version, now) is None:
                request_preview(connection, version, SYSTEM, now)
                wished += 1
        except EditingError:
            continue  # taken back, decided or over meanwhile
    return wished


def without_preview(connection: Connection, now: datetime, limit: int) -> tuple[int, ...]:
    """Submitted versions that a reviewer would have to wait for: another base is live, or another day has begun.

    Of those that wait longest, the longest first. What failed, or somebody threw away, is not wished for again by
    itself. None while nothing is live: there is nothing to compare with.
    """
    today, columns, live = vietnam_date(now), knowledge_versions.c, live_release(connection)
    if live is None:
        return ()
    compared = _compared(connection, live, today)
    waits = (columns.state == VersionState.SUBMITTED.value, or_(columns.live_to.is_(None), columns.live_to >= today))
    which = (columns.id, columns.digest, columns.live_from, columns.live_to)
    rows = connection.execute(select(*which).where(*waits).order_by(columns.updated_at, columns.id).limit(MOST_AHEAD))
    missing = (row.id for row in rows if (row.id, digest_on_days(*row[1:])) not in compared)
    return tuple(islice(missing, limit))


def _compared(connection: Connection, live: Release, today: date) -> frozenset[tuple[int, str]]:
    """Versions with their wordings, held against what is live now."""
    columns, midnight = knowledge_releases.c, datetime.combine(today, time(), VIETNAM)
    on_live = (columns.kind == ReleaseKind.PREVIEW.value, columns.base_id == live.id)
    of_today = or_(columns.ready_at.is_(None), columns.ready_at >= midnight)
    there = columns.state != ReleaseState.OUTDATED.value
    found = connection.execute(select(columns.changes).where(*on_live, there, of_today)).scalars()
    return frozenset((int(change["version_id"]), str(change["digest"])) for changes in found for change in changes)
