"""All figures of one month, read in one transaction."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, func, select

from desk.calendar.holidays import read_holidays
from desk.feedback import Thumb, feedback
from desk.report.handoffs import HandoffFigures, handoff_figures, read_requests
from desk.report.measures import Share
from desk.report.month import ReportMonth
from desk.report.month_rows import rows_between
from desk.report.satisfaction import SatisfactionFigures, satisfaction_figures
from desk.report.tickets import TicketFigures, count_slips, read_tickets, ticket_figures
from desk.report.traffic import (
    ChannelVolume,
    Family,
    Topics,
    TrafficSource,
    all_channels,
    by_family,
    by_status,
    by_topic,
)
from desk.report.unanswered import UnansweredFigures, group_unanswered
from desk.satisfaction import ratings_between


@dataclass(frozen=True)
class MonthFigures:
    """`abstentions` by status, `topics` by name (None: not known any more); both the most frequent first."""

    month: ReportMonth
    channels: tuple[ChannelVolume, ...]
    all_channels: ChannelVolume
    outcomes: Mapping[Family, Share]
    abstentions: tuple[tuple[str, int], ...]
    topics: tuple[tuple[str | None, int], ...]
    thumbs_up: Share
    handoffs: HandoffFigures
    tickets: TicketFigures
    satisfaction: SatisfactionFigures


@dataclass(frozen=True)
class Comparison:
    """A month, the one before it, and what was not answered in the month. `made_at` is when it was read."""

    now: MonthFigures
    before: MonthFigures
    unanswered: UnansweredFigures
    made_at: datetime


@dataclass(frozen=True)
class ReportSources:
    """What figures come from beside the desk's own tables. `wait_goal_minutes`: how long people may wait at most."""

    traffic: TrafficSource
    topics: Topics
    wait_goal_minutes: float


def read_report(connection: Connection, month: ReportMonth, sources: ReportSources, now: datetime) -> Comparison:
    """In the caller's transaction, so that all of it shows the same moment."""
    return Comparison(
        now=read_month(connection, month, sources, now),
        before=read_month(connection, month.previous, sources, now),
        unanswered=group_unanswered(sources.traffic.unanswered(connection, month.start, month.end)),
        made_at=now,
    )


def read_month(connection: Connection, month: ReportMonth, sources: ReportSources, now: datetime) -> MonthFigures:
    """An empty month gives figures of nothing, not an error."""
    start, end = month.start, month.end
    traffic = sources.traffic.read(connection, start, end)
    requests = read_requests(connection, start, end)
    found, slips = read_tickets(connection, start, end), count_slips(connection, start, end)
    return MonthFigures(
        month=month,
        channels=traffic.channels,
        all_channels=all_channels(traffic.channels),
        outcomes=by_family(traffic.answers),
        abstentions=by_status(traffic.answers, Family.UNANSWERABLE),
        topics=by_topic(traffic.answers, sources.topics),
        thumbs_up=_thumbs(connection, start, end),
        handoffs=handoff_figures(requests, sources.wait_goal_minutes),
        tickets=ticket_figures(found, slips, start, end, now, read_holidays(connection)),
        satisfaction=satisfaction_figures(ratings_between(connection, start, end)),
    )


def _thumbs(connection: Connection, start: datetime, end: datetime) -> Share:
    in_month = rows_between(connection, feedback, feedback.c.created_at, start, end)
    statement = select(feedback.c.value, func.count()).where(in_month).group_by(feedback.c.value)
    counts = Counter({Thumb(value): count for value, count in connection.execute(statement)})
    return Share(counts[Thumb.UP], counts.total())
