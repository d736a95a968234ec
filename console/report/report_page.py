"""The monthly report on a page, and as a workbook to take away."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from http import HTTPStatus

from fastapi import Response
from sqlalchemy import Connection

from console.operator.room import Room
from console.report.drawing import draw
from console.report.report import Report, day_words, moment_words
from console.report.sheets import sheets_of
from console.report.workbook import MEDIA_TYPE, file_name, render_workbook
from console.report.writing import written
from console.security.access import Door, Visit
from console.security.refusal import Refusal, RefusedError
from desk.accounts.permissions import Permission
from desk.audit import actor_of
from desk.calendar.zone import vietnam_date
from desk.report.month import ReportMonth, last_finished, month_of, newest_months, read_month
from desk.report.reminder import exported_at, note_export

PAGE = "/console/report"
MONTHS_SHOWN = 24
MONTH_CHARACTERS = 16


def doors(room: Room) -> Sequence[Door]:
    """See console/operator/doors.py."""
    pages = _ReportPages(room)
    return (
        Door("GET", PAGE, Permission.READ_REPORTS, pages.page),
        Door("POST", PAGE + "/workbook", Permission.EXPORT_REPORTS, pages.workbook),
    )


@dataclass(frozen=True)
class _ReportPages:
    room: Room

    async def page(self, visit: Visit) -> Response:
        asked = visit.query("month", MONTH_CHARACTERS)
        chosen = chosen_month(asked, visit.now)
        month = chosen or last_finished(visit.now)
        report, exported = await self.room.transactions.read(partial(self._read, month=month, now=visit.now))
        ground = self.room.report
        return self.room.pages.page(
            visit,
            "report.html",
            HTTPStatus.OK if chosen else HTTPStatus.UNPROCESSABLE_ENTITY,
            report=report,
            sheets=sheets_of(report),
            months=newest_months(visit.now, MONTHS_SHOWN),
            is_known=chosen is not None,
            deadline=_deadline(report, exported),
            running=_running(report),
            words=ground.texts,
            written=lambda cell: written(cell, ground.texts.values),
            draw=lambda chart: draw(chart, ground.texts.values),
        )

    async def workbook(self, visit: Visit) -> Response:
        month = chosen_month(visit.form.text("month")[:MONTH_CHARACTERS], visit.now)
        if month is None:
            raise RefusedError(Refusal.NOT_FOUND)
        report, _ = await self.room.transactions.read(partial(self._read, month=month, now=visit.now))
        file = await asyncio.to_thread(render_workbook, report, visit.operator.display_name)
        me = actor_of(visit.operator.id)
        await self.room.transactions.write(
            lambda connection: note_export(connection, month, me, "xlsx", visit.now),
        )
        headers = {"Content-Disposition": f'attachment; filename="{file_name(month.key)}"'}
        return Response(file, media_type=MEDIA_TYPE, headers=headers)

    def _read(self, connection: Connection, month: ReportMonth, now: datetime) -> tuple[Report, datetime | None]:
        return self.room.report.read(connection, month, now), exported_at(connection, month)


def chosen_month(asked: str, now: datetime) -> ReportMonth | None:
    """The last finished one when none was asked for; None for what is no month, or lies ahead."""
    if not asked:
        return last_finished(now)
    month = read_month(asked)
    return month if month is not None and month <= month_of(now) else None


@dataclass(frozen=True)
class Deadline:
    """Until when the report has to be gone, and whether it was taken."""

    due: str
    state: str
    is_late: bool


def _deadline(report: Report, exported: datetime | None) -> Deadline:
    page, month, now = report.texts.page, report.month, report.comparison.made_at
    due = page["due"].format(due=day_words(month.due_on))
    if exported is not None:
        return Deadline(due, page["exported"].format(month=month.name, moment=moment_words(exported)), False)
    if vietnam_date(now) >= month.due_on:
        return Deadline(due, page["late"].format(month=month.name, due=day_words(month.due_on)), True)
    return Deadline(due, page["not_exported"], False)


def _running(report: Report) -> str:
    if not report.is_running:
        return ""
    last_day, moment = day_words(report.month.last_day), moment_words(report.comparison.made_at)
    return report.texts.page["running"].format(month=report.month.name, moment=moment, last_day=last_day)
