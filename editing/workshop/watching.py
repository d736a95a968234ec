"""Whether what action servers answer from is what the database says is live; and an alert where it is not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection

from desk.alert import Alert, raise_alert, settle_alerts
from editing.pointer import pointed_at
from editing.release import Release
from editing.release_store import live_release

PLACE = "knowledge"
"""Stands where other alerts name their channel."""
ALERT_BEHIND = "pointer_behind"
ALERT_BUILD = "build_failed"


@dataclass(frozen=True)
class Lag:
    """`seconds` since the live release was published while something else is served; 0 when all is well."""

    release_id: int | None
    seconds: float


def lag_of(live: Release | None, served: str | None, now: datetime) -> Lag:
    """`served` is what an action server answers from, or the pointer names."""
    if live is None or live.snapshot_id is None or live.snapshot_id == served:
        return Lag(live.id if live else None, 0.0)
    since = live.published_at or live.requested_at
    return Lag(live.id, max((now - since).total_seconds(), 0.0))


def measure(connection: Connection, index: Path, followed: str | None, now: datetime) -> Lag:
    """`followed` is what an action server says it answers from; None where none could be asked."""
    live = live_release(connection)
    return max(lag_of(live, pointed_at(index), now), _followed(live, followed, now), key=lambda one: one.seconds)


def tell_of_lag(connection: Connection, lag: Lag, now: datetime) -> None:
    """An alert, or its end."""
    if lag.seconds == 0:
        settle_alerts(connection, PLACE, "", ALERT_BEHIND, now)
    else:
        detail = f"{lag.seconds:.0f} s"
        raise_alert(connection, Alert(PLACE, "", ALERT_BEHIND, f"release {lag.release_id}", detail), now)


def tell_of_build(connection: Connection, release_id: int, failed: bool, code: str, now: datetime) -> None:
    """A build that failed is an alert until one succeeds."""
    if failed:
        raise_alert(connection, Alert(PLACE, "", ALERT_BUILD, code, f"release {release_id}"), now)
    else:
        settle_alerts(connection, PLACE, "", ALERT_BUILD, now)


def _followed(live: Release | None, followed: str | None, now: datetime) -> Lag:
    return lag_of(live, followed, now) if followed is not None else Lag(None, 0.0)
