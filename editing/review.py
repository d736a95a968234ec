"""A second pair of eyes: submit, take back, approve, reject."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from desk.audit import AuditAction
from editing.actor import Actor
from editing.documents import existing_document
from editing.errors import OwnDraftError
from editing.history import Happened, writers_of
from editing.reason import checked_reason
from editing.release import ReleaseKind
from editing.releasing import request_release
from editing.traces import trace
from editing.validation import refuse_invalid
from editing.version import Version, VersionState
from editing.versions import change_version, existing, version_by_id


def submit(connection: Connection, version_id: int, revision: int, actor: Actor, now: datetime) -> Version:
    """Ready to be read by another, and the workshop begins to build what it would change.

    Raises InvalidBodyError with everything to mend, StaleError, WrongStateError.
    """
    seen = _seen(connection, version_id, revision)
    refuse_invalid(connection, seen, now)
    values = {"state": VersionState.SUBMITTED.value, "submitted_at": now, "updated_at": now, "rejection": ""}
    allowed = (VersionState.DRAFT, VersionState.REJECTED)
    action = AuditAction.KNOWLEDGE_SUBMITTED
    submitted = _step(connection, seen, allowed, values, Happened.SUBMITTED, action, actor, now)
    request_release(connection, (submitted.id,), actor, now, ReleaseKind.PREVIEW)
    return submitted


def take_back(connection: Connection, version_id: int, revision: int, actor: Actor, now: datetime) -> Version:
    """To go on writing. Raises StaleError, WrongStateError."""
    seen = _seen(connection, version_id, revision)
    values = {"state": VersionState.DRAFT.value, "submitted_at": None, "updated_at": now}
    allowed = (VersionState.SUBMITTED,)
    return _step(connection, seen, allowed, values, Happened.TAKEN_BACK, AuditAction.KNOWLEDGE_EDITED, actor, now)


def approve(connection: Connection, version_id: int, revision: int, actor: Actor, now: datetime) -> Version:
    """May be published now. Raises OwnDraftError for everybody who ever wrote on it, StaleError, WrongStateError."""
    seen = _seen(connection, version_id, revision)
    if is_writer(connection, seen, actor):
        raise OwnDraftError(f"{actor.name} wrote on version {version_id}")
    values = _decision(VersionState.APPROVED, actor, now)
    allowed = (VersionState.SUBMITTED,)
    return _step(connection, seen, allowed, values, Happened.APPROVED, AuditAction.KNOWLEDGE_APPROVED, actor, now)


def reject(connection: Connection, version_id: int, revision: int, reason: str, actor: Actor, now: datetime) -> Version:
    """Back to its author, with what to mend. Raises WrongStateError also for a reason of fewer than 10 characters."""
    seen, why = _seen(connection, version_id, revision), checked_reason(reason)
    values = {**_decision(VersionState.REJECTED, actor, now), "rejection": why}
    allowed = (VersionState.SUBMITTED,)
    action = AuditAction.KNOWLEDGE_REJECTED
    return _step(connection, seen, allowed, values, Happened.REJECTED, action, actor, now, why)


def is_writer(connection: Connection, version: Version, actor: Actor) -> bool:
    """Whether the actor wrote any of it; such a person sees no button to approve."""
    is_author = actor.operator_id is not None and actor.operator_id == version.author_id
    return is_author or actor.name in writers_of(connection, version.id)


def _seen(connection: Connection, version_id: int, revision: int) -> Version:
    return replace(existing(version_by_id(connection, version_id), version_id), revision=revision)


def _decision(state: VersionState, actor: Actor, now: datetime) -> dict[str, Any]:
    return {"state": state.value, "decided_by": actor.operator_id, "decided_at": now, "updated_at": now}


def _step(
    connection: Connection,
    seen: Version,
    allowed: tuple[VersionState, ...],
    values: Mapping[str, Any],
    event: Happened,
    action: AuditAction,
    actor: Actor,
    now: datetime,
    reason: str = "",
) -> Version:
    changed = change_version(connection, seen, allowed, values)
    trace(connection, existing_document(connection, changed.document_id), changed, event, action, actor, now, reason)
    return changed
