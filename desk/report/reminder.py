"""Reminds the desk of the report of last month, until it was exported."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from sqlalchemy import Connection, exists, select

from desk.alert import Alert, alerts, raise_alert, settle_alerts
from desk.audit import AuditAction, Detail, audit_entries, record
from desk.calendar.zone import vietnam_date
from desk.conversation import conversations
from desk.report.month import ReportMonth, last_finished
from desk.transactions import Transactions

ALERT_REPORT_DUE = "report_due"
CHANNEL = "desk"
REMINDER_DAY = 10
"""Some days before the report has to be gone (see month.DUE_DAY), with a weekend between."""


async def keep_reminded(transactions: Transactions, now: datetime) -> None:
    """For the desk's clock: raises the alert when it is due. Cheap when it is not."""
    if await transactions.read(partial(is_reminder_due, now=now)):
        await transactions.write(partial(remind, now=now))


def is_reminder_due(connection: Connection, now: datetime) -> bool:
    """Once for each month: what somebody has settled does not come back. A month without citizens needs no report."""
    month = last_finished(now)
    if vietnam_date(now).day < REMINDER_DAY or is_exported(connection, month):
        return False
    columns = alerts.c
    reminded = select(columns.id).where(
        columns.kind == ALERT_REPORT_DUE, columns.channel == CHANNEL, columns.account == month.key
    )
    if connection.execute(reminded.limit(1)).first() is not None:
        return False
    had_citizens = exists().where(conversations.c.created_at < month.end)
    return bool(connection.execute(select(had_citizens)).scalar_one())


def remind(connection: Connection, now: datetime) -> None:
    """Unless another gateway was quicker, or the report has been exported meanwhile."""
    if is_reminder_due(connection, now):
        month = last_finished(now)
        raise_alert(connection, Alert(CHANNEL, month.key, ALERT_REPORT_DUE, f"before {month.due_on:%Y-%m-%d}"), now)


def note_export(connection: Connection, month: ReportMonth, actor: str, kind: str, now: datetime) -> None:
    """The audit line of an export. That of a whole month ends its reminder; one of a running month does not count."""
    is_whole = month.is_over(now)
    detail: Detail = {"format": kind, "whole_month": is_whole}
    record(connection, actor, AuditAction.REPORT_EXPORTED, subject_of(month), detail, now)
    if is_whole:
        settle_alerts(connection, CHANNEL, month.key, ALERT_REPORT_DUE, now)


def is_exported(connection: Connection, month: ReportMonth) -> bool:
    """Whether somebody took the report of the whole month."""
    return exported_at(connection, month) is not None


def exported_at(connection: Connection, month: ReportMonth) -> datetime | None:
    """When the report of the whole month was exported last; None when it never was."""
    columns = audit_entries.c
    statement = (
        select(columns.at)
        .where(columns.subject == subject_of(month), columns.action == AuditAction.REPORT_EXPORTED)
        .where(columns.at >= month.end)
        .order_by(columns.id.desc())
        .limit(1)
    )
    moment: datetime | None = connection.execute(statement).scalar_one_or_none()
    return moment


def subject_of(month: ReportMonth) -> str:
    """As the audit log names it."""
    return f"report:{month.key}"
