"""What the report's pages and the command need: where figures come from, goals, and words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from console.operator.texts import load_console_texts
from console.report.report import Letterhead, Report, ReportGoals
from console.report.texts import ReportTexts, load_report_texts
from desk.report.figures import ReportSources, read_report
from desk.report.month import ReportMonth
from desk.report.traffic import Topics, TrafficSource
from desk.settings import DeskSettings
from desk.tickets.texts import load_ticket_texts


@dataclass(frozen=True)
class ReportGround:
    """Made once for a process."""

    sources: ReportSources
    goals: ReportGoals
    letterhead: Letterhead
    texts: ReportTexts

    def read(self, connection: Connection, month: ReportMonth, now: datetime) -> Report:
        """All figures of the month and of the one before."""
        return Report(read_report(connection, month, self.sources, now), self.texts, self.goals, self.letterhead)


def build_report_ground(settings: DeskSettings, traffic: TrafficSource, topics: Topics) -> ReportGround:
    """With the goals of the settings. Raises settings.reader.SettingsError."""
    goal_minutes = settings.handoff.wait_goal_minutes
    return ReportGround(
        ReportSources(traffic, topics, goal_minutes),
        ReportGoals(settings.report.satisfied_percent, goal_minutes),
        Letterhead(settings.report.agency, settings.report.unit),
        load_report_texts(load_console_texts(), load_ticket_texts()),
    )
