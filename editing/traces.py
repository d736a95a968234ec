"""One step of a version's life, in its history and in the audit log: both stand, or neither."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from desk.audit import AuditAction, record
from editing.actor import Actor
from editing.document import Document
from editing.history import Happened, Subject, note
from editing.version import Version


def trace(
    connection: Connection,
    document: Document,
    version: Version,
    event: Happened,
    action: AuditAction,
    actor: Actor,
    now: datetime,
    reason: str = "",
) -> None:
    """`reason` stands in the history only: the audit says who did what, not why."""
    note(connection, Subject(document.id, version.id), event, actor, now, reason)
    detail = {"version": version.number, "step": event.value}
    record(connection, actor.name, action, audit_subject(document), detail, now)


def audit_subject(document: Document) -> str:
    """How the audit log names a document."""
    return f"knowledge:{document.name}"
