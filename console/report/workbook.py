"""The report as a workbook for Excel and LibreOffice."""

from __future__ import annotations

from console.report.report import Report, day_words, moment_words
from console.report.sheet_file import BRAND, MEDIA_TYPE, WARNING, HeadLine, SheetFile, render_sheets
from console.report.sheets import sheets_of

__all__ = ["MEDIA_TYPE", "file_name", "render_workbook"]


def file_name(month_key: str) -> str:
    """Of a download."""
    return f"bao-cao-{month_key}.xlsx"


def render_workbook(report: Report, made_by: str) -> bytes:
    """The file's bytes; `made_by` is a person's name, as the letterhead shows it."""
    title = report.texts.head["title"].format(month=report.month.name)
    head = _head(report, title, made_by)
    file = SheetFile(title, head, sheets_of(report), made_by, report.comparison.made_at)
    return render_sheets(file, report.texts.values)


def _head(report: Report, title: str, made_by: str) -> tuple[HeadLine, ...]:
    head, month = report.texts.head, report.month
    made = head["made"].format(moment=moment_words(report.comparison.made_at), by=made_by)
    lines = (
        HeadLine(report.letterhead.agency),
        HeadLine(report.letterhead.unit, is_bold=True),
        HeadLine(title, 15, is_bold=True, colour=BRAND),
        HeadLine(head["period"].format(first=day_words(month.start.date()), last=day_words(month.last_day))),
        HeadLine(head["compared"].format(month=month.previous.name)),
        HeadLine(made, is_italic=True),
    )
    return (*lines, HeadLine(head["running"], is_bold=True, colour=WARNING)) if report.is_running else lines
