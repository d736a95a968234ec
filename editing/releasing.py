"""From approved versions to what citizens are answered with: wish, publish, discard.

The workshop builds what is wished for (editing/workshop). Publishing changes the database only; the pointer follows
(editing/pointer.py), so a crash anywhere leaves one whole release live.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError

from desk.audit import AuditAction
from desk.calendar.zone import vietnam_date
from editing.actor import Actor
from editing.documents import existing_document
from editing.errors import LastDayPassedError, NotApprovedError, OutdatedError, WrongStateError
from editing.history import Happened
from editing.reason import checked_reason
from editing.relations.suspending import hold_what_came
from editing.release import Release, ReleaseKind, ReleaseState
from editing.release_set import (
    Change,
    change_from_json,
    digest_of_version,
    digest_of_wish,
    served_with,
    with_changes,
)
from editing.release_store import (
    UNFINISHED,
    add_release,
    change_release,
    existing_release,
    forced_releases,
    live_release,
    newest_with,
    outdate_others,
    release_by_id,
    releases,
    releases_of_digest,
)
from editing.rolling_back import roll_back
from editing.settling import settle, trace_release
from editing.version import Version, VersionState
from editing.versions import versions_by_id, versions_of

__all__ = [
    "discard_release",
    "force_publish",
    "forced_releases",
    "live_release",
    "previews_of",
    "publish",
    "release_by_id",
    "releases",
    "request_release",
    "roll_back",
]

_WISHED = {
    ReleaseKind.PREVIEW: (VersionState.SUBMITTED, VersionState.APPROVED),
    ReleaseKind.CHANGES: (VersionState.APPROVED, VersionState.SUBMITTED),
    ReleaseKind.FILES: (VersionState.APPROVED,),
}
"""A release of submitted versions can only go live by force."""


def request_release(
    connection: Connection, version_ids: Iterable[int], actor: Actor, now: datetime, kind: ReleaseKind
) -> Release:
    """A wish for the workshop; the same one that is not finished yet is given back instead of a second.

    What was built already today for the same versions on the same base, as a preview, is ready at once.
    Raises WrongStateError for no version at all and for one that is a draft or published, LastDayPassedError for one of
    editors whose last day has passed: it would take the place of what is served, and say nothing.
    """
    versions = versions_by_id(connection, version_ids)
    wrong = [version.id for version in versions if version.state not in _WISHED[kind]]
    if wrong or not versions:
        raise WrongStateError(f"no release of versions {wrong or 'that are not there'}")
    over = [version.id for version in versions if version.live_to and version.live_to < vietnam_date(now)]
    if over and kind is not ReleaseKind.FILES:
        raise LastDayPassedError(f"the last day of versions {over} has passed")
    base = live_release(connection)
    changes = [_change(connection, base, version, now) for version in versions]
    digest = digest_of_wish(base.id if base else None, changes)
    found = releases_of_digest(connection, digest)
    alike = [one for one in found if one.state in UNFINISHED and is_compared_on(one, vietnam_date(now))]
    same = next((one for one in alike if one.kind is kind and _is_of(one, changes)), None)
    if same is not None:
        return same
    values = {
        "kind": kind.value,
        "state": ReleaseState.REQUESTED.value,
        "base_id": base.id if base else None,
        "versions": with_changes(base.versions if base else {}, changes),
        "changes": [change.to_json() for change in changes],
        "digest": digest,
        "requested_by": actor.name,
        "requested_at": now,
    }
    built = next((one for one in alike if one.state is ReleaseState.READY and one.snapshot_id), None)
    return add_release(connection, {**values, **(_as_built(built, now) if built else {})})


def publish(connection: Connection, release_id: int, actor: Actor, now: datetime, reason: str = "") -> Release:
    """Makes a candidate the live release; `reason` says why although the gate warned, empty where it did not.

    Raises OutdatedError when another release went live since it was wished for, or a version was changed;
    NotApprovedError when somebody still has to approve; WrongStateError when it is not built.
    """
    release = _ready(connection, release_id)
    versions = _unchanged_versions(connection, release)
    waiting = [version.id for version in versions if version.state is not VersionState.APPROVED]
    if waiting:
        raise NotApprovedError(f"nobody approved versions {waiting}")
    return _go_live(connection, release, versions, actor, now, {"reason": " ".join(reason.split())})


def force_publish(connection: Connection, release_id: int, reason: str, actor: Actor, now: datetime) -> Release:
    """Without the approval of another, for an emergency; it is listed with its reason (10 to 500 characters).

    Raises as `publish`, and WrongStateError for a reason that says too little or too much.
    """
    why = checked_reason(reason)
    release = _ready(connection, release_id)
    versions = _unchanged_versions(connection, release)
    if any(version.state not in _WISHED[ReleaseKind.CHANGES] for version in versions):
        raise NotApprovedError(f"release {release_id} holds drafts; submit them first")
    return _go_live(connection, release, versions, actor, now, {"reason": why, "is_forced": True})


def is_compared_on(release: Release, day: date) -> bool:
    """Whether its report tells what is said on that day, or will: figures of law change with the days."""
    return release.ready_at is None or vietnam_date(release.ready_at) == day


def discard_release(connection: Connection, release_id: int, actor: Actor, now: datetime) -> Release:
    """Nobody wants it any more; its versions stay as they are. Raises WrongStateError for what was live."""
    release = existing_release(connection, release_id)
    if release.state not in (*UNFINISHED, ReleaseState.FAILED, ReleaseState.OUTDATED):
        raise WrongStateError(f"release {release_id} is {release.state.value}")
    discarded = change_release(connection, release, {"state": ReleaseState.DISCARDED.value})
    trace_release(connection, discarded, AuditAction.KNOWLEDGE_EDITED, Happened.DISCARDED, actor, now)
    return discarded


def previews_of(
    connection: Connection, version_id: int, limit: int = 5, base_id: int | None = None
) -> tuple[Release, ...]:
    """What this version alone would change, the newest first; also of former wordings, and bases unless one is named.

    Without a base the newest previews of all versions are looked at, see `newest_with`.
    """
    found = newest_with(connection, ReleaseKind.PREVIEW, version_id, limit, base_id)
    return tuple(existing_release(connection, release_id) for release_id in found)


def _change(connection: Connection, base: Release | None, new: Version, now: datetime) -> Change:
    name = existing_document(connection, new.document_id).name
    before = base.versions.get(name, ()) if base else ()
    by_number = {version.number: version for version in versions_of(connection, new.document_id)}
    after = served_with([by_number[number] for number in before], new, vietnam_date(now))
    numbers = tuple(version.number for version in after)
    return Change(name, new.title, before, numbers, new.number, new.id, digest_of_version(new))


def _is_of(release: Release, changes: Iterable[Change]) -> bool:
    """Whether it was wished for with these very versions: two withdrawals of one document change the same."""
    wished = {change.get("version_id") for change in release.changes}
    return wished == {change.version_id for change in changes}


def _as_built(built: Release, now: datetime) -> dict[str, object]:
    made = {"snapshot_id": built.snapshot_id, "report": built.report, "texts_total": built.texts_total}
    return {**made, "texts_embedded": 0, "state": ReleaseState.READY.value, "started_at": now, "ready_at": now}


def _ready(connection: Connection, release_id: int) -> Release:
    release = existing_release(connection, release_id)
    if release.state is ReleaseState.OUTDATED:
        raise OutdatedError(f"release {release_id} is outdated")
    if release.state is not ReleaseState.READY or release.kind is ReleaseKind.PREVIEW:
        raise WrongStateError(f"release {release_id} is {release.state.value}, of kind {release.kind.value}")
    live = live_release(connection)
    if release.base_id != (live.id if live else None):
        raise OutdatedError(f"release {release_id} was built on {release.base_id}, which is live no more")
    return release


def _unchanged_versions(connection: Connection, release: Release) -> tuple[Version, ...]:
    """As they were when the candidate was built: what was taken back and written anew has another digest."""
    changes = [change_from_json(change) for change in release.changes]
    versions = {one.id: one for one in versions_by_id(connection, (change.version_id or 0 for change in changes))}
    for change in changes:
        version = versions.get(change.version_id or 0)
        if version is None or digest_of_version(version) != change.digest or version.state not in _COMING:
            raise OutdatedError(f"{change.document} was changed since release {release.id} was built")
    return tuple(versions.values())


_COMING = (VersionState.DRAFT, VersionState.SUBMITTED, VersionState.REJECTED, VersionState.APPROVED)


def _go_live(
    connection: Connection,
    release: Release,
    versions: tuple[Version, ...],
    actor: Actor,
    now: datetime,
    values: dict[str, object],
) -> Release:
    live = live_release(connection)
    if live is not None:
        change_release(connection, live, {"state": ReleaseState.RETIRED.value, "retired_at": now})
    published = {"state": ReleaseState.LIVE.value, "published_by": actor.name, "published_at": now}
    try:
        with connection.begin_nested():
            gone_live = change_release(connection, release, {**values, **published})
    except IntegrityError as error:
        raise OutdatedError(f"another release went live before {release.id}") from error
    outdate_others(connection, release.id)
    settle(connection, gone_live, versions, actor, now)
    hold_what_came(connection, {version.document_id for version in versions}, now)
    action = AuditAction.KNOWLEDGE_FORCED if gone_live.is_forced else AuditAction.KNOWLEDGE_PUBLISHED
    trace_release(connection, gone_live, action, None, actor, now)
    return gone_live
