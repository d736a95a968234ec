"""Back to what was live before, in one step."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from desk.audit import AuditAction
from editing.actor import Actor
from editing.bodies.body import body_from_json, columns_of
from editing.document import Document
from editing.documents import find_named
from editing.errors import StaleError, WrongStateError
from editing.history import Happened, Subject, events_of, note, note_all, writers_of
from editing.reason import checked_reason
from editing.release import Release, ReleaseKind, ReleaseState
from editing.release_set import Change, digest_of_version, digest_of_wish
from editing.release_store import (
    add_release,
    change_release,
    existing_release,
    live_release,
    outdate_others,
    releases,
)
from editing.settling import change_versions, mark_followers, trace_release
from editing.version import OPEN, Version, VersionState
from editing.versions import add_version, change_version, lock_document, versions_of

_LOOKED_AT = 500


def roll_back(connection: Connection, to_release_id: int, actor: Actor, reason: str, now: datetime) -> Release:
    """A new release with the versions and the snapshot of a former one; live at once, nothing is built.

    Versions taken back are withdrawn; a copy of each is approved and ready for the next release, unless somebody
    drafts already. What went live by force was approved by nobody: its copy waits for that.
    Raises WrongStateError when that release never was live, or its reason says too little.
    """
    why = checked_reason(reason)
    target, live = existing_release(connection, to_release_id), live_release(connection)
    if live is None or target.state is not ReleaseState.RETIRED or target.snapshot_id is None:
        raise WrongStateError(f"release {to_release_id} is {target.state.value}: nothing to go back to")
    changes = _changes(live, target, connection)
    change_release(connection, live, {"state": ReleaseState.RETIRED.value, "retired_at": now})
    values = {
        "kind": ReleaseKind.ROLLBACK.value,
        "state": ReleaseState.LIVE.value,
        "base_id": live.id,
        "snapshot_id": target.snapshot_id,
        "versions": target.versions,
        "changes": [change.to_json() for change in changes],
        "digest": digest_of_wish(live.id, changes),
        "reason": why,
        "is_forced": any(_brings_back_unread(connection, change) for change in changes),
        "requested_by": actor.name,
        "requested_at": now,
        "ready_at": now,
        "published_by": actor.name,
        "published_at": now,
    }
    rolled_back = add_release(connection, values)
    outdate_others(connection, rolled_back.id)
    for change in changes:
        _set_back(connection, change, rolled_back, actor, now)
    trace_release(connection, rolled_back, AuditAction.KNOWLEDGE_ROLLED_BACK, Happened.ROLLED_BACK, actor, now)
    return rolled_back


def former_release(connection: Connection, is_there: Callable[[str | None], bool]) -> Release | None:
    """What was served before what is served now, however often one went back since; None when there is nothing.

    `is_there` says whether a snapshot is still on the disk.
    """
    was_live = releases(connection, _LOOKED_AT, states=(ReleaseState.LIVE, ReleaseState.RETIRED))
    live = next((one for one in was_live if one.state is ReleaseState.LIVE), None)
    if live is None:
        return None
    first = min(one.id for one in was_live if one.snapshot_id == live.snapshot_id)
    earlier = (one for one in was_live if one.id < first and one.kind is not ReleaseKind.ROLLBACK)
    return next((one for one in earlier if is_there(one.snapshot_id)), None)


def is_taken_back(connection: Connection, version: Version) -> bool:
    """Whether an open version says what was live until somebody went back to an earlier release."""
    events = events_of(connection, version.document_id)
    taken_back = {event.version_id for event in events if event.event is Happened.ROLLED_BACK}
    others = versions_of(connection, version.document_id) if taken_back else ()
    return any(one.id in taken_back and one.digest == version.digest for one in others)


def _changes(live: Release, target: Release, connection: Connection) -> list[Change]:
    """What differs, by name; a title is that of the version served afterwards, or before."""
    names = sorted(name for name in {*live.versions, *target.versions} if _differs(live, target, name))
    return [_change(connection, live, target, name) for name in names]


def _differs(live: Release, target: Release, name: str) -> bool:
    return live.versions.get(name, ()) != target.versions.get(name, ())


def _change(connection: Connection, live: Release, target: Release, name: str) -> Change:
    before, after = live.versions.get(name, ()), target.versions.get(name, ())
    document = find_named(connection, name)
    versions = versions_of(connection, document.id) if document else ()
    shown = next((version for version in versions if version.number in (after or before)), None)
    return Change(name, shown.title if shown else name, before, after, None, None, shown.digest if shown else "")


def _brings_back_unread(connection: Connection, change: Change) -> bool:
    """Something that went live by force: nobody has approved it since, so its return is listed as forced too."""
    document = find_named(connection, change.document)
    back = {number for number in change.after if number not in change.before}
    if document is None or not back:
        return False
    return any(one.number in back and one.forced_reason for one in versions_of(connection, document.id))


def _set_back(connection: Connection, change: Change, release: Release, actor: Actor, now: datetime) -> None:
    document = find_named(connection, change.document)
    if document is None:
        return
    lock_document(connection, document.id)
    versions = versions_of(connection, document.id)
    served = [one for number in change.after for one in versions if one.number == number]
    live_again = {"state": VersionState.PUBLISHED.value, "ended_at": None}
    change_versions(connection, (version.id for version in served), live_again)
    mark_followers(connection, served)
    newer, older = _ended(versions, change)
    for ended, state in ((newer, VersionState.WITHDRAWN), (older, VersionState.SUPERSEDED)):
        values = {"state": state.value, "ended_at": now, "replaced_on": None}
        change_versions(connection, (version.id for version in ended), values)
    _keep_approved(connection, document, newer, versions, served, actor, now)
    restored = [version for version in served if version.number not in change.before]
    _tell(connection, restored, Happened.RESTORED, release, actor, now)
    _tell(connection, newer, Happened.ROLLED_BACK, release, actor, now)


def _ended(versions: Sequence[Version], change: Change) -> tuple[list[Version], list[Version]]:
    """Served until now and not any more: those newer than what is served again, the newest first, and those older.

    Where nothing was served, the version that withdrew the document counts as newer.
    """
    newest = max(change.after, default=0)
    gone = [one for one in versions if one.number in change.before and one.number not in change.after]
    withdrawing = [one for one in versions if one.withdraws and one.published_at and one.number > newest]
    newer = [one for one in gone if one.number > newest] if change.before else withdrawing[:1]
    return newer, [one for one in gone if one.number < newest]


def _keep_approved(
    connection: Connection,
    document: Document,
    newer: Sequence[Version],
    versions: Sequence[Version],
    served: Sequence[Version],
    actor: Actor,
    now: datetime,
) -> None:
    """What was taken back waits as a copy: it was approved, and the published one itself never changes again."""
    opened = next((one for one in versions if one.state in OPEN), None)
    if opened is not None and opened.state is VersionState.APPROVED and served and _same(opened, served[-1]):
        _discard(connection, opened, actor, now)
    elif opened is None and newer:
        copy = add_version(connection, _copy(document, newer[0], versions, now))
        for writer in sorted(writers_of(connection, newer[0].id)):
            note(connection, Subject(document.id, copy.id), Happened.STARTED, Actor(None, writer), now)


def _same(opened: Version, served: Version) -> bool:
    """Not where only the days on which it is said are others."""
    return not opened.withdraws and digest_of_version(opened) == digest_of_version(served)


def _discard(connection: Connection, approved: Version, actor: Actor, now: datetime) -> None:
    """It says what is served again. Whoever wrote on it since it was read keeps their draft."""
    ended = {"state": VersionState.DISCARDED.value, "ended_at": now}
    try:
        change_version(connection, approved, (VersionState.APPROVED,), ended)
    except StaleError:
        return
    note(connection, Subject(approved.document_id, approved.id), Happened.DISCARDED, actor, now)


def _copy(document: Document, version: Version, versions: Sequence[Version], now: datetime) -> dict[str, Any]:
    kept = ("withdraws", "live_from", "live_to", "change_note", "public_note", "author_id", "decided_by", "decided_at")
    is_unread = version.forced_reason is not None
    return {
        **columns_of(document.key, body_from_json(document.kind, version.body)),
        **{name: getattr(version, name) for name in kept},
        "document_id": document.id,
        "number": max(one.number for one in versions) + 1,
        "state": (VersionState.SUBMITTED if is_unread else VersionState.APPROVED).value,
        "submitted_at": now if is_unread else None,
        "revision": 1,
        "created_at": now,
        "updated_at": now,
    }


def _tell(
    connection: Connection,
    versions: Sequence[Version],
    event: Happened,
    release: Release,
    actor: Actor,
    now: datetime,
) -> None:
    subjects = [Subject(version.document_id, version.id, release.id) for version in versions]
    note_all(connection, subjects, event, actor, now, release.reason)
