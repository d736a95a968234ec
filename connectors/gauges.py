"""What monitoring reads at the moment of asking."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, func, select

from connectors.deliveries import delivery_counts
from connectors.inbox import queue_state
from connectors.metrics import Gauge
from connectors.zalo_oa.tokens import channel_tokens
from desk.alert import count_open_alerts


def read_gauges(connection: Connection, now: datetime) -> dict[Gauge, float]:
    """Counts and ages in seconds; an age is 0 when nothing waits."""
    queue, out = queue_state(connection), delivery_counts(connection)
    gauges: dict[Gauge, float] = {
        Gauge.WAITING: queue.waiting,
        Gauge.DEAD_LETTERS: queue.dead,
        Gauge.OLDEST_SECONDS: _age(queue.oldest_at, now),
        Gauge.OUTBOX_WAITING: out.waiting,
        Gauge.OUTBOX_OLDEST_SECONDS: _age(out.oldest_at, now),
        Gauge.OUTBOX_UNKNOWN: out.unknown,
        Gauge.OUTBOX_FAILED: out.failed,
        Gauge.ALERTS: count_open_alerts(connection),
    }
    issued_at = connection.execute(select(func.min(channel_tokens.c.access_issued_at))).scalar_one()
    if issued_at is not None:
        gauges[Gauge.ZALO_TOKEN_AGE_SECONDS] = _age(issued_at, now)
    return gauges


def _age(moment: datetime | None, now: datetime) -> float:
    return 0.0 if moment is None else max(0.0, (now - moment).total_seconds())
