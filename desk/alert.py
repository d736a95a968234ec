"""What somebody of the agency has to act on: counted and kept until it is settled, never only a line in a log."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Unpack

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Integer,
    Row,
    String,
    Table,
    Text,
    UniqueConstraint,
    func,
    select,
    update,
)

from desk.database import RowId, UtcDateTime, insert_if_absent, metadata

NO_CONVERSATION = ""

alerts = Table(
    "alerts",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("channel", String(32), nullable=False),
    Column("account", String(64), nullable=False),
    Column("kind", String(32), nullable=False),
    # Empty, not null: null would make every row of the unique key a new one.
    Column("conversation_id", String(160), nullable=False),
    Column("code", String(64), nullable=False),
    Column("detail", Text, nullable=False),
    Column("occurrences", Integer, nullable=False),
    Column("first_at", UtcDateTime, nullable=False),
    Column("last_at", UtcDateTime, nullable=False),
    Column("settled_at", UtcDateTime),
    UniqueConstraint("channel", "account", "kind", "conversation_id"),
)


@dataclass(frozen=True)
class Alert:
    """`code` and `detail` are the channel's own words, without a citizen's data and without secrets."""

    channel: str
    account: str
    kind: str
    code: str
    detail: str = ""
    conversation_id: str = NO_CONVERSATION


@dataclass(frozen=True)
class OpenAlert:
    """An alert that nobody has settled, and how often it came."""

    id: int
    alert: Alert
    occurrences: int
    first_at: datetime
    last_at: datetime


def raise_alert(connection: Connection, alert: Alert, now: datetime) -> bool:
    """True when it is new, or was settled before; else the one that is open counts one more."""
    values = {
        "channel": alert.channel,
        "account": alert.account,
        "kind": alert.kind,
        "conversation_id": alert.conversation_id,
        "code": alert.code,
        "detail": alert.detail,
        "occurrences": 1,
        "first_at": now,
        "last_at": now,
    }
    if insert_if_absent(connection, alerts, values) is not None:
        return True
    same = _same(alert)
    fields = {"code": alert.code, "detail": alert.detail, "last_at": now}
    reopened = connection.execute(
        update(alerts)
        .where(*same, alerts.c.settled_at.is_not(None))
        .values(**fields, occurrences=1, first_at=now, settled_at=None)
    )
    if reopened.rowcount:
        return True
    connection.execute(update(alerts).where(*same).values(**fields, occurrences=alerts.c.occurrences + 1))
    return False


def settle_alerts(connection: Connection, channel: str, account: str, kind: str, now: datetime) -> None:
    """The cause is gone, for the whole channel: all open alerts of the kind end."""
    connection.execute(
        update(alerts)
        .where(alerts.c.channel == channel, alerts.c.account == account, alerts.c.kind == kind)
        .where(alerts.c.settled_at.is_(None), alerts.c.conversation_id == NO_CONVERSATION)
        .values(settled_at=now)
    )


def settle_alert(connection: Connection, alert_id: int, now: datetime) -> bool:
    """Somebody has seen to it; False when there is no such open alert."""
    settled = connection.execute(
        update(alerts).where(alerts.c.id == alert_id, alerts.c.settled_at.is_(None)).values(settled_at=now)
    )
    return bool(settled.rowcount)


def open_alerts(connection: Connection, limit: int) -> tuple[OpenAlert, ...]:
    """The newest first."""
    statement = select(alerts).where(alerts.c.settled_at.is_(None)).order_by(alerts.c.last_at.desc()).limit(limit)
    return tuple(map(_open_alert, connection.execute(statement)))


def open_alert(connection: Connection, alert_id: int) -> OpenAlert | None:
    """None when there is none of this number, or somebody has settled it."""
    statement = select(alerts).where(alerts.c.id == alert_id, alerts.c.settled_at.is_(None))
    row = connection.execute(statement).one_or_none()
    return None if row is None else _open_alert(row)


def count_open_alerts(connection: Connection) -> int:
    """For monitoring."""
    return connection.execute(select(func.count()).where(alerts.c.settled_at.is_(None))).scalar_one()


def _open_alert(row: Row[Unpack[tuple[Any, ...]]]) -> OpenAlert:
    alert = Alert(row.channel, row.account, row.kind, row.code, row.detail, row.conversation_id)
    return OpenAlert(row.id, alert, row.occurrences, row.first_at, row.last_at)


def _same(alert: Alert) -> tuple[ColumnElement[bool], ...]:
    return (
        alerts.c.channel == alert.channel,
        alerts.c.account == alert.account,
        alerts.c.kind == alert.kind,
        alerts.c.conversation_id == alert.conversation_id,
    )
