"""What becomes of the versions when a release goes live."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, update

from desk.audit import DETAIL_CHARACTERS, AuditAction, record
from editing.actor import Actor
from editing.errors import OutdatedError, StaleError
from editing.history import Happened, Subject, note, note_all
from editing.release import Release
from editing.release_set import change_from_json, followers
from editing.version import Version, VersionState, knowledge_versions
from editing.versions import change_version, versions_of


def settle(connection: Connection, release: Release, versions: Sequence[Version], actor: Actor, now: datetime) -> None:
    """Publishes `versions`, ends what they take the place of, and says how long what came before them lasts.

    Raises OutdatedError when somebody took one of them back, or wrote on it, since it was read.
    """
    told = Happened.FORCED if release.is_forced else Happened.PUBLISHED
    for raw in release.changes:
        change = change_from_json(raw)
        new = next(version for version in versions if version.id == change.version_id)
        by_number = {version.number: version for version in versions_of(connection, new.document_id)}
        ended = [by_number[number] for number in change.before if number not in change.after]
        _end(connection, ended, new.withdraws, Subject(new.document_id, None, release.id), actor, now)
        _publish(connection, new, release, now)
        note(connection, Subject(new.document_id, new.id, release.id), told, actor, now, release.reason)
        mark_followers(connection, [by_number[number] for number in change.after])


def mark_followers(connection: Connection, served: Sequence[Version]) -> None:
    """`served` in the order of their days; each lasts until the next one begins."""
    for version_id, replaced_on in followers(served).items():
        change_versions(connection, (version_id,), {"replaced_on": replaced_on})


def change_versions(connection: Connection, version_ids: Iterable[int], values: Mapping[str, Any]) -> None:
    """Whatever their revision: only for what was published, which nobody edits."""
    ids = list(version_ids)
    if ids:
        connection.execute(update(knowledge_versions).where(knowledge_versions.c.id.in_(ids)).values(dict(values)))


def trace_release(
    connection: Connection,
    release: Release,
    action: AuditAction,
    event: Happened | None,
    actor: Actor,
    now: datetime,
) -> None:
    """One line in the audit log, and one in the history where it is about the release itself."""
    names = ", ".join(change["document"] for change in release.changes)[:DETAIL_CHARACTERS]
    detail = {"kind": release.kind.value, "changes": len(release.changes), "documents": names}
    record(connection, actor.name, action, f"release:{release.id}", detail, now)
    if event is not None:
        note(connection, Subject(release_id=release.id), event, actor, now, release.reason)


def _publish(connection: Connection, version: Version, release: Release, now: datetime) -> None:
    state = VersionState.WITHDRAWN if version.withdraws else VersionState.PUBLISHED
    values: dict[str, Any] = {"state": state.value, "published_at": now, "updated_at": now}
    if version.withdraws:
        values["ended_at"] = now
    if release.is_forced and version.state is not VersionState.APPROVED:
        values["forced_reason"] = release.reason
    try:
        change_version(connection, version, (version.state,), values)
    except StaleError as error:
        raise OutdatedError(f"version {version.id} was changed while release {release.id} went live") from error


def _end(
    connection: Connection, ended: Sequence[Version], withdrawn: bool, about: Subject, actor: Actor, now: datetime
) -> None:
    state = VersionState.WITHDRAWN if withdrawn else VersionState.SUPERSEDED
    values = {"state": state.value, "ended_at": now, "replaced_on": None}
    change_versions(connection, (version.id for version in ended), values)
    event = Happened.WITHDRAWN if withdrawn else Happened.SUPERSEDED
    subjects = [Subject(about.document_id, version.id, about.release_id) for version in ended]
    note_all(connection, subjects, event, actor, now)
