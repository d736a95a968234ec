"""What was done with a gap, in order; never changed afterwards, and never in citizens' words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Column, Connection, ForeignKey, Index, String, Table, Text, insert, select

from desk.database import RowId, UtcDateTime, metadata
from editing.gaps.cluster import gap_clusters

EVENTS_SHOWN = 50


class GapEvent(StrEnum):
    """Names as stored; what people read is in the console's texts."""

    ASSIGNED = "assigned"
    NOTED = "noted"
    NAMED = "named"
    ENTRY_STARTED = "entry_started"
    ENTRY_EXTENDED = "entry_extended"
    ANSWERED = "answered"
    OUT_OF_SCOPE = "out_of_scope"
    DUPLICATE = "duplicate"
    MERGED = "merged"
    SPLIT = "split"
    OPENED = "opened"
    REOPENED = "reopened"
    ASKED_AGAIN = "asked_again"


gap_events = Table(
    "gap_events",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("cluster_id", ForeignKey(gap_clusters.c.id), nullable=False),
    Column("at", UtcDateTime, nullable=False),
    # As in the audit log: "operator:<id>", or "system".
    Column("actor", String(64), nullable=False),
    Column("event", String(32), nullable=False),
    # A name of a document, a number, a share; or what an editor wrote.
    Column("note", Text, nullable=False, server_default=""),
)
Index("ix_gap_events_cluster_id", gap_events.c.cluster_id, gap_events.c.id)


@dataclass(frozen=True)
class GapHappening:
    """One line of the history."""

    at: datetime
    actor: str
    event: GapEvent
    note: str


def note_event(connection: Connection, cluster_id: int, actor: str, event: GapEvent, note: str, now: datetime) -> None:
    """In the transaction of what it is about."""
    values = {"cluster_id": cluster_id, "at": now, "actor": actor, "event": event.value, "note": note}
    connection.execute(insert(gap_events).values(values))


def happenings_of(connection: Connection, cluster_id: int) -> tuple[GapHappening, ...]:
    """The newest first, fifty of them at most."""
    columns = gap_events.c
    newest = select(columns.at, columns.actor, columns.event, columns.note).where(columns.cluster_id == cluster_id)
    rows = connection.execute(newest.order_by(columns.id.desc()).limit(EVENTS_SHOWN))
    return tuple(GapHappening(row.at, row.actor, GapEvent(row.event), row.note) for row in rows)
