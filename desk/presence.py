"""Who is at the desk now: what operators say of themselves, and what their silence says."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import Column, Connection, ForeignKey, String, Table, select, update

from desk.accounts.operator import operators
from desk.database import UtcDateTime, insert_if_absent, metadata
from desk.settings import PresenceSettings


class Presence(StrEnum):
    """ONLINE takes new conversations; BUSY keeps those at hand; the other two take none."""

    ONLINE = "online"
    BUSY = "busy"
    AWAY = "away"
    OFFLINE = "offline"  # signed out, or no page of the console is open: never chosen


operator_presence = Table(
    "operator_presence",
    metadata,
    Column("operator_id", ForeignKey(operators.c.id), primary_key=True, autoincrement=False),
    Column("chosen", String(16), nullable=False),
    Column("chosen_at", UtcDateTime, nullable=False),
    # The last key or click, and the last sign that a page is open.
    Column("active_at", UtcDateTime, nullable=False),
    Column("heard_at", UtcDateTime, nullable=False),
)


@dataclass(frozen=True)
class Present:
    """How an operator stands; `since` is when that began."""

    operator_id: int
    presence: Presence
    since: datetime


def choose_presence(connection: Connection, operator_id: int, chosen: Presence, now: datetime) -> None:
    """What the operator says of themselves; OFFLINE is for signing out."""
    values = {"chosen": chosen, "chosen_at": now, "active_at": now, "heard_at": now}
    if insert_if_absent(connection, operator_presence, {"operator_id": operator_id, **values}) is None:
        mine = operator_presence.c.operator_id == operator_id
        connection.execute(update(operator_presence).where(mine).values(values))


def hear_page(connection: Connection, operator_id: int, is_active: bool, now: datetime) -> None:
    """A sign of an open page, every half minute or so; `is_active`: there was a key or a click since the last one."""
    values = {"heard_at": now, "active_at": now} if is_active else {"heard_at": now}
    mine = operator_presence.c.operator_id == operator_id
    connection.execute(update(operator_presence).where(mine).values(values))


def presence_of(connection: Connection, operator_id: int, now: datetime, rules: PresenceSettings) -> Present | None:
    """None for somebody who never was at the desk."""
    found = [each for each in all_presences(connection, now, rules) if each.operator_id == operator_id]
    return found[0] if found else None


def all_presences(connection: Connection, now: datetime, rules: PresenceSettings) -> tuple[Present, ...]:
    """Of everybody whose account is open, by id."""
    statement = (
        select(operator_presence)
        .join(operators, operators.c.id == operator_presence.c.operator_id)
        .where(operators.c.disabled_at.is_(None))
        .order_by(operator_presence.c.operator_id)
    )
    return tuple(
        presence_at(Said(row.operator_id, Presence(row.chosen), row.chosen_at, row.active_at, row.heard_at), now, rules)
        for row in connection.execute(statement)
    )


@dataclass(frozen=True)
class Said:
    """What is stored of one operator."""

    operator_id: int
    chosen: Presence
    chosen_at: datetime
    active_at: datetime
    heard_at: datetime


def presence_at(said: Said, now: datetime, rules: PresenceSettings) -> Present:
    """How somebody stands at `now`. Pure: needs no job that switches people to away."""
    gone_at = said.heard_at + timedelta(seconds=rules.gone_seconds)
    away_at = said.active_at + timedelta(minutes=rules.away_minutes)
    if said.chosen is Presence.OFFLINE:
        return Present(said.operator_id, Presence.OFFLINE, said.chosen_at)
    if now >= gone_at:
        return Present(said.operator_id, Presence.OFFLINE, gone_at)
    if now >= away_at and said.chosen is not Presence.AWAY:
        return Present(said.operator_id, Presence.AWAY, away_at)
    return Present(said.operator_id, said.chosen, said.chosen_at)
