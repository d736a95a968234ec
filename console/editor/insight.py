"""Insight: how far the base answers, which entries are used or have to be looked at; a page and a workbook."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from http import HTTPStatus

from fastapi import Response

from console.editor.insight_sheets import sheets_of_insight
from console.editor.insight_texts import InsightTexts, load_insight_texts
from console.operator.room import Room
from console.report.drawing import draw
from console.report.report import day_words, moment_words
from console.report.sheet_file import BRAND, MEDIA_TYPE, HeadLine, SheetFile, render_sheets
from console.report.writing import written
from console.security.access import Door, Visit
from console.security.refusal import Refusal, RefusedError
from desk.accounts.permissions import Permission
from desk.audit import AuditAction, actor_of, record
from desk.report.month import newest_months
from editing.insight.insight import Insight, read_insight
from editing.insight.period import DAYS, DEFAULT, Period, read_period

PAGE = "/console/knowledge/insight"
PERIOD_CHARACTERS = 16
MONTHS_SHOWN = 13


def doors(room: Room) -> Sequence[Door]:
    """See console/operator/doors.py."""
    pages = _InsightPages(room, load_insight_texts())
    return (
        Door("GET", PAGE, Permission.READ_KNOWLEDGE, pages.page),
        Door("POST", PAGE + "/workbook", Permission.READ_KNOWLEDGE, pages.workbook),
    )


@dataclass(frozen=True)
class _InsightPages:
    room: Room
    texts: InsightTexts

    async def page(self, visit: Visit) -> Response:
        chosen = read_period(visit.query("period", PERIOD_CHARACTERS), visit.now)
        insight = await self._read(visit, chosen or read_period(DEFAULT, visit.now))
        words = self.room.report.texts.values
        return self.room.pages.page(
            visit,
            "insight.html",
            HTTPStatus.OK if chosen else HTTPStatus.UNPROCESSABLE_ENTITY,
            insight=insight,
            title=self._title(insight.period),
            sheets=sheets_of_insight(insight, self.texts, words["no_topic"]),
            periods=tuple(DAYS),
            months=newest_months(visit.now, MONTHS_SHOWN),
            is_known=chosen is not None,
            words=self.texts,
            none=words["none"],
            compared=self._compared(insight.period),
            written=lambda cell: written(cell, words),
            draw=lambda chart: draw(chart, words),
        )

    async def workbook(self, visit: Visit) -> Response:
        period = read_period(visit.form.text("period")[:PERIOD_CHARACTERS], visit.now)
        if period is None:
            raise RefusedError(Refusal.NOT_FOUND)
        insight = await self._read(visit, period)
        file = await asyncio.to_thread(self._render, insight, visit.operator.display_name)
        me, subject = actor_of(visit.operator.id), f"insight:{period.key}"
        await self.room.transactions.write(
            lambda connection: record(connection, me, AuditAction.REPORT_EXPORTED, subject, {}, visit.now)
        )
        headers = {"Content-Disposition": f'attachment; filename="thong-ke-kho-tri-thuc-{period.last}.xlsx"'}
        return Response(file, media_type=MEDIA_TYPE, headers=headers)

    async def _read(self, visit: Visit, period: Period | None) -> Insight:
        assert period is not None  # the default is a period
        return await self.room.transactions.read(partial(read_insight, period=period, now=visit.now))

    def _render(self, insight: Insight, made_by: str) -> bytes:
        words, page, period = self.room.report.texts.values, self.texts.page, insight.period
        head = (
            HeadLine(page["agency"], is_bold=True),
            HeadLine(self._title(period), 15, is_bold=True, colour=BRAND),
            HeadLine(self._compared(period)),
            HeadLine(page["made"].format(moment=moment_words(insight.made_at), by=made_by), is_italic=True),
        )
        sheets = sheets_of_insight(insight, self.texts, words["no_topic"])
        return render_sheets(SheetFile(self._title(period), head, sheets, made_by, insight.made_at), words)

    def _title(self, period: Period) -> str:
        return self.texts.page["title"].format(first=day_words(period.first), last=day_words(period.last))

    def _compared(self, period: Period) -> str:
        before = period.before
        days = {"first": day_words(before.first), "last": day_words(before.last)}
        return self.texts.page["compared"].format(days=period.days, **days)
