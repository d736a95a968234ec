"""Finds the rows of a month by their ids, which grow with time: no index on the time is needed for it."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Column, ColumnElement, Connection, Table, and_, false, func, select

SLACK = timedelta(days=2)
"""Rows stand in the order in which they were committed; clocks and channels may put their times a day out of it."""


def rows_between(
    connection: Connection, table: Table, at: Column[datetime], start: datetime, end: datetime
) -> ColumnElement[bool]:
    """The condition for rows with `start <= at < end`. Looks at some twenty rows to find where they lie."""
    key: Column[int] = table.c.id
    lowest, highest = connection.execute(select(func.min(key), func.max(key))).one()
    if lowest is None:
        return false()
    first = _first_at(connection, at, key, start - SLACK, (lowest, highest + 1))
    behind = _first_at(connection, at, key, end + SLACK, (first, highest + 1))
    return and_(key >= first, key < behind, at >= start, at < end)


def _first_at(
    connection: Connection, at: Column[datetime], key: Column[int], moment: datetime, ids: tuple[int, int]
) -> int:
    """The smallest id from `ids` on whose row is not before the moment; the second of `ids` when there is none."""
    low, high = ids
    while low < high:
        middle = (low + high) // 2
        found = connection.execute(select(key, at).where(key >= middle).order_by(key).limit(1)).one_or_none()
        if found is None or found[1] >= moment:
            high = middle
        else:
            low = int(found[0]) + 1
    return low
