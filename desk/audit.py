"""Who of the agency read or changed what, and when. Append-only; never what a citizen wrote."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import JSON, Column, Connection, Index, Row, String, Table, insert, select

from desk.append_only import keep_for
from desk.database import RowId, UtcDateTime, metadata

DETAIL_CHARACTERS = 200
ACTOR_CHARACTERS = 64
SUBJECT_CHARACTERS = 192
LEAST_DAYS = 730
"""Younger lines the database never gives up; how long they are really kept is a setting. To be confirmed."""

Detail = Mapping[str, str | int | bool | None]


class AuditAction(StrEnum):
    """What is worth a line. Names as stored; what people read is in audit_texts.yml."""

    SIGNED_IN = "signed_in"
    SIGN_IN_REFUSED = "sign_in_refused"
    SIGN_IN_LOCKED = "sign_in_locked"
    SIGNED_OUT = "signed_out"
    PASSWORD_CHANGED = "password_changed"
    PASSWORD_RESET = "password_reset"
    TOTP_ENROLLED = "totp_enrolled"
    TOTP_REMOVED = "totp_removed"
    OPERATOR_CREATED = "operator_created"
    OPERATOR_EDITED = "operator_edited"
    OPERATOR_DISABLED = "operator_disabled"
    OPERATOR_ENABLED = "operator_enabled"
    ROLES_CHANGED = "roles_changed"
    SESSIONS_CLOSED = "sessions_closed"
    ACCESS_DENIED = "access_denied"
    CONVERSATION_READ = "conversation_read"
    CONVERSATION_REASSIGNED = "conversation_reassigned"
    IDENTIFIERS_REVEALED = "identifiers_revealed"
    TRANSCRIPT_EXPORTED = "transcript_exported"
    TICKET_READ = "ticket_read"
    TICKET_ASSIGNED = "ticket_assigned"
    TICKET_CHANGED = "ticket_changed"
    CITIZEN_EXPORTED = "citizen_exported"
    CITIZEN_ERASED = "citizen_erased"
    CITIZEN_SEARCHED = "citizen_searched"
    RETENTION_RUN = "retention_run"
    BOT_SWITCHED = "bot_switched"
    ALERT_SETTLED = "alert_settled"
    DEAD_LETTER_HANDLED = "dead_letter_handled"
    ROSTER_CHANGED = "roster_changed"
    HOURS_CHANGED = "hours_changed"
    HOLIDAYS_CHANGED = "holidays_changed"
    CANNED_RESPONSES_CHANGED = "canned_responses_changed"
    REPORT_EXPORTED = "report_exported"
    AUDIT_READ = "audit_read"
    AUDIT_EXPORTED = "audit_exported"
    NEWS_TOPICS_CHANGED = "news_topics_changed"
    NEWS_EDITED = "news_edited"
    NEWS_SUBMITTED = "news_submitted"
    NEWS_APPROVED = "news_approved"
    NEWS_REJECTED = "news_rejected"
    NEWS_STEERED = "news_steered"
    KNOWLEDGE_EDITED = "knowledge_edited"
    KNOWLEDGE_SUBMITTED = "knowledge_submitted"
    KNOWLEDGE_APPROVED = "knowledge_approved"
    KNOWLEDGE_REJECTED = "knowledge_rejected"
    KNOWLEDGE_PUBLISHED = "knowledge_published"
    KNOWLEDGE_FORCED = "knowledge_forced"
    KNOWLEDGE_ROLLED_BACK = "knowledge_rolled_back"
    KNOWLEDGE_IMPORTED = "knowledge_imported"
    LAW_CHANGED = "law_changed"  # what a law does to other texts, and what must be reviewed for it
    ANNOUNCEMENT_CHANGED = "announcement_changed"
    ANSWERS_HELD = "answers_held"
    HELD_ANSWER_DECIDED = "held_answer_decided"
    GAP_HANDLED = "gap_handled"
    REPLY_SUGGESTED = "reply_suggested"
    ANSWER_MARKED = "answer_marked"
    RECALL_READ = "recall_read"


audit_entries = Table(
    "audit_entries",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("at", UtcDateTime, nullable=False),
    Column("actor", String(ACTOR_CHARACTERS), nullable=False),
    Column("action", String(48), nullable=False),
    Column("subject", String(SUBJECT_CHARACTERS), nullable=False),
    Column("detail", JSON, nullable=False),
)
Index("ix_audit_entries_at", audit_entries.c.at)
Index("ix_audit_entries_actor", audit_entries.c.actor, audit_entries.c.id)
Index("ix_audit_entries_subject", audit_entries.c.subject, audit_entries.c.id)
Index("ix_audit_entries_action", audit_entries.c.action, audit_entries.c.id)
keep_for(audit_entries, LEAST_DAYS)


@dataclass(frozen=True)
class AuditEntry:
    """`actor` is "operator:<id>", "terminal:<user>" or "system"; `subject` e.g. "operator:7", "conversation:web-…"."""

    id: int
    at: datetime
    actor: str
    action: AuditAction
    subject: str
    detail: Detail


@dataclass(frozen=True)
class AuditFilter:
    """None leaves a field open; `since` is included, `until` is not."""

    actor: str | None = None
    action: AuditAction | None = None
    subject: str | None = None
    since: datetime | None = None
    until: datetime | None = None


def record(
    connection: Connection, actor: str, action: AuditAction, subject: str, detail: Detail, now: datetime
) -> None:
    """One line, in the transaction of what it is about: both stand, or neither.

    Raises ValueError for a detail of more than 200 characters or of several lines: that would be a message's text;
    and for an actor or a subject that its column cannot hold.
    """
    for name, given, limit in (("actor", actor, ACTOR_CHARACTERS), ("subject", subject, SUBJECT_CHARACTERS)):
        if len(given) > limit:
            raise ValueError(f"audit {name} is longer than {limit} characters")
    for key, value in detail.items():
        if isinstance(value, str) and (len(value) > DETAIL_CHARACTERS or "\n" in value):
            raise ValueError(f"audit detail {key!r} is longer than a line of {DETAIL_CHARACTERS} characters")
    values = {"at": now, "actor": actor, "action": action, "subject": subject, "detail": dict(detail)}
    connection.execute(insert(audit_entries).values(values))


def entries(
    connection: Connection, wanted: AuditFilter, limit: int, before_id: int | None = None
) -> tuple[AuditEntry, ...]:
    """The newest first; `before_id` is the id of the last one of the page before."""
    columns = audit_entries.c
    statement = select(audit_entries).order_by(columns.id.desc()).limit(limit)
    exact = {columns.actor: wanted.actor, columns.action: wanted.action, columns.subject: wanted.subject}
    for column, value in exact.items():
        if value is not None:
            statement = statement.where(column == value)
    if wanted.since is not None:
        statement = statement.where(columns.at >= wanted.since)
    if wanted.until is not None:
        statement = statement.where(columns.at < wanted.until)
    if before_id is not None:
        statement = statement.where(columns.id < before_id)
    return tuple(_entry(row) for row in connection.execute(statement))


def actor_of(operator_id: int) -> str:
    """How an operator is named as actor, and as subject, here and in the events of an episode."""
    return f"operator:{operator_id}"


def _entry(row: Row[tuple[object, ...]]) -> AuditEntry:
    fields = row._mapping
    action = AuditAction(fields["action"])
    return AuditEntry(fields["id"], fields["at"], fields["actor"], action, fields["subject"], fields["detail"])
