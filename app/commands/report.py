"""`bhxh report`: the monthly report as a workbook, without a browser."""

from __future__ import annotations

import os
from pathlib import Path

import typer

from app.clock import now, today_in_vietnam
from app.commands.operator import terminal
from app.database import opened_database
from app.failures import CommandError
from app.paths import SETTINGS
from app.report_topics import LibraryTopics
from connectors.month_traffic import StoredTraffic
from console.chat.following_library import open_library
from console.report.ground import build_report_ground
from console.report.report_page import chosen_month
from console.report.workbook import file_name, render_workbook
from desk.database import reading, writing
from desk.report.reminder import note_export
from desk.settings import read_settings


def register(app: typer.Typer) -> None:
    """Adds the verb."""
    app.command()(report)


def report(
    month: str = typer.Option("", help="Like 2026-10; the last finished month when it is not given"),
    out: Path = typer.Option(None, help="Where to write; bao-cao-MONTH.xlsx here when it is not given"),
) -> None:
    """Write the monthly report as an Excel workbook. Goes into the audit log like a download from the console."""
    moment = now()
    chosen = chosen_month(month, moment)
    if chosen is None:
        raise CommandError(f"{month!r} is no month up to the current one; write it like 2026-10")
    target = out or Path(file_name(chosen.key))
    if not target.parent.is_dir():
        raise CommandError(f"{target.parent} is no folder")
    topics = LibraryTopics(open_library(SETTINGS, today_in_vietnam))
    ground = build_report_ground(read_settings(SETTINGS), StoredTraffic(), topics)
    by = terminal()
    with opened_database(os.environ) as engine:
        with reading(engine) as connection:
            found = ground.read(connection, chosen, moment)
        try:
            target.write_bytes(render_workbook(found, by))
        except OSError as error:
            raise CommandError(f"{target} cannot be written: {error.strerror}") from error
        with writing(engine) as connection:
            note_export(connection, chosen, by, "xlsx", moment)
    typer.echo(f"✓ {target}")
