"""Which years of the calendar a person has compared with the Government's announcement.

The library computes a year's Tết from the rule of earlier years; the Government decides it anew each year. Until
somebody has compared the two, the calendar of that year is an estimate, and a supervisor is told so.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Column, Connection, Integer, Table, Text, select, update

from desk.database import UtcDateTime, insert_if_absent, metadata

calendar_years = Table(
    "calendar_years",
    metadata,
    Column("year", Integer, primary_key=True, autoincrement=False),
    Column("source", Text, nullable=False),
    Column("operator_id", Integer),
    Column("confirmed_at", UtcDateTime, nullable=False),
)


@dataclass(frozen=True)
class YearConfirmation:
    """Somebody compared the year with `source`."""

    source: str
    operator_id: int | None
    confirmed_at: datetime


def confirm_year(connection: Connection, year: int, source: str, operator_id: int | None, now: datetime) -> None:
    """`source` is the announcement that the year was compared with; a later one replaces it."""
    values = {"source": source, "operator_id": operator_id, "confirmed_at": now}
    if insert_if_absent(connection, calendar_years, {"year": year, **values}) is None:
        connection.execute(update(calendar_years).where(calendar_years.c.year == year).values(values))


def confirmation_of_year(connection: Connection, year: int) -> YearConfirmation | None:
    """None while the year is an estimate."""
    table = calendar_years.c
    statement = select(table.source, table.operator_id, table.confirmed_at).where(table.year == year)
    row = connection.execute(statement).one_or_none()
    return None if row is None else YearConfirmation(row.source, row.operator_id, row.confirmed_at)
