"""The sheets of a report in their order."""

from __future__ import annotations

from console.report.citizen_sheets import satisfaction_sheet, unanswered_sheet
from console.report.desk_sheets import handoff_sheet, ticket_sheet
from console.report.overview_sheet import overview_sheet
from console.report.report import Report
from console.report.table import Sheet
from console.report.traffic_sheets import channel_sheet, topic_sheet

MAKERS = (
    overview_sheet,
    channel_sheet,
    topic_sheet,
    handoff_sheet,
    ticket_sheet,
    satisfaction_sheet,
    unanswered_sheet,
)


def sheets_of(report: Report) -> tuple[Sheet, ...]:
    """Of an empty month too."""
    return tuple(make(report) for make in MAKERS)
