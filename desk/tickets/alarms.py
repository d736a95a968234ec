"""A deadline that is near or over as an alert: on the supervisor's board until the citizen has their answer."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Connection

from desk.alert import Alert, raise_alert, settle_alerts

PLACE = "desk"
"""Stands where other alerts name their channel."""


class AlarmKind(StrEnum):
    """Both are explained in docs/runbook/tickets.md."""

    NEAR = "ticket_near_deadline"
    LATE = "ticket_late"


def sound(connection: Connection, case_code: str, kind: AlarmKind, detail: str, now: datetime) -> None:
    """One for each ticket: the warning ends when the breach begins. `detail` holds nothing of the citizen."""
    settle_alarms(connection, case_code, now)
    raise_alert(connection, Alert(PLACE, case_code, kind.value, case_code, detail), now)


def settle_alarms(connection: Connection, case_code: str, now: datetime) -> None:
    """Nobody waits any more, or the deadline has moved."""
    for kind in AlarmKind:
        settle_alerts(connection, PLACE, case_code, kind.value, now)
