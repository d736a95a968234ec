"""Tickets of a month: how many of each kind, deadlines kept, late dossiers and apology slips."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from statistics import median

from sqlalchemy import Connection, and_, func, or_, select

from desk.calendar.holidays import Holidays
from desk.calendar.working_days import working_days_between
from desk.calendar.zone import vietnam_date
from desk.report.measures import Share
from desk.report.month_rows import rows_between
from desk.tickets.deadline import TicketKind
from desk.tickets.log import ticket_events
from desk.tickets.progress import Outcome, TicketEventKind
from desk.tickets.ticket import tickets

NEEDED_NO_ANSWER = frozenset({Outcome.DUPLICATE, Outcome.ABUSE, Outcome.WITHDRAWN})


@dataclass(frozen=True)
class TicketTimes:
    """As much of a ticket as is counted; nothing of what the citizen wrote."""

    kind: TicketKind
    created_at: datetime
    clock_from: datetime | None
    due_at: datetime | None
    answered_at: datetime | None
    closed_at: datetime | None
    outcome: Outcome | None


@dataclass(frozen=True)
class KindFigures:
    """`filed` and its three parts concern tickets of the month; `in_time` those whose deadline fell into it."""

    kind: TicketKind
    filed: int
    answered: int
    ended: int
    open: int
    in_time: Share
    median_working_days: float | None


@dataclass(frozen=True)
class TicketFigures:
    """`in_time` over all kinds; `slips` are the apologies with a new date that were made in the month."""

    kinds: tuple[KindFigures, ...]
    filed: int
    in_time: Share
    late_dossiers: int
    slips: int


def ticket_figures(
    found: Iterable[TicketTimes], slips: int, start: datetime, end: datetime, now: datetime, holidays: Holidays
) -> TicketFigures:
    """Every kind is there. Pure."""
    rows = tuple(found)
    kinds = tuple(
        _of_kind(kind, [row for row in rows if row.kind is kind], (start, end), now, holidays) for kind in TicketKind
    )
    in_time = Share(sum(each.in_time.part for each in kinds), sum(each.in_time.of for each in kinds))
    dossiers = next(each.filed for each in kinds if each.kind is TicketKind.LATE_DOSSIER)
    return TicketFigures(kinds, sum(each.filed for each in kinds), in_time, dossiers, slips)


def read_tickets(connection: Connection, start: datetime, end: datetime) -> tuple[TicketTimes, ...]:
    """Filed, or due, from `start` until before `end`. Tickets are few: reading their times alone needs no index."""
    table = tickets.c
    filed = and_(table.created_at >= start, table.created_at < end)
    due = and_(table.due_at >= start, table.due_at < end)
    columns = (table.kind, table.created_at, table.clock_from, table.due_at)
    ends = (table.answered_at, table.closed_at, table.outcome)
    return tuple(
        TicketTimes(
            TicketKind(row.kind),
            row.created_at,
            row.clock_from,
            row.due_at,
            row.answered_at,
            row.closed_at,
            None if row.outcome is None else Outcome(row.outcome),
        )
        for row in connection.execute(select(*columns, *ends).where(or_(filed, due)))
    )


def count_slips(connection: Connection, start: datetime, end: datetime) -> int:
    """New dates given for late dossiers, each told with an apology slip."""
    in_month = rows_between(connection, ticket_events, ticket_events.c.at, start, end)
    reappointed = ticket_events.c.kind == TicketEventKind.REAPPOINTED
    return int(connection.execute(select(func.count()).where(in_month, reappointed)).scalar_one())


def _of_kind(
    kind: TicketKind, rows: list[TicketTimes], month: tuple[datetime, datetime], now: datetime, holidays: Holidays
) -> KindFigures:
    start, end = month
    filed = [row for row in rows if start <= row.created_at < end]
    answered = [row for row in filed if row.answered_at is not None]
    ended = [row for row in filed if row.answered_at is None and row.closed_at is not None]
    due = [row for row in rows if row.due_at is not None and start <= row.due_at < min(end, now) and _counts(row)]
    days = [_working_days(row, row.answered_at, holidays) for row in answered if row.answered_at is not None]
    return KindFigures(
        kind=kind,
        filed=len(filed),
        answered=len(answered),
        ended=len(ended),
        open=len(filed) - len(answered) - len(ended),
        in_time=Share(sum(_is_in_time(row) for row in due), len(due)),
        median_working_days=float(median(days)) if days else None,
    )


def _is_in_time(row: TicketTimes) -> bool:
    """As desk.tickets.ticket.is_breached counts, for a deadline that has passed."""
    stopped = row.answered_at or row.closed_at
    return stopped is not None and row.due_at is not None and stopped <= row.due_at


def _counts(row: TicketTimes) -> bool:
    """Not those that ended in time because nothing had to be answered."""
    return row.answered_at is not None or row.outcome not in NEEDED_NO_ANSWER or not _is_in_time(row)


def _working_days(row: TicketTimes, answered_at: datetime, holidays: Holidays) -> int:
    return working_days_between(vietnam_date(row.clock_from or row.created_at), vietnam_date(answered_at), holidays)
