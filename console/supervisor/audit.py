"""The audit log: read page by page, exported for a stretch of days. Who reads it leaves a line in it too."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from urllib.parse import urlencode

from fastapi import Response
from sqlalchemy import Connection

from console.operator.room import Room
from console.security.access import Door, Visit
from console.security.refusal import RefusedError
from console.supervisor.audit_search import EXPORTED_DAYS, AuditWords, Line, Search, operators_by_actor, search_of
from desk.accounts.operator import Operator, list_operators
from desk.accounts.permissions import Permission
from desk.audit import DETAIL_CHARACTERS, AuditAction, Detail, actor_of, entries, record
from desk.audit_export import AuditTexts, all_entries, as_csv, load_audit_texts
from desk.calendar.zone import VIETNAM, in_vietnam, vietnam_date

PAGE = "/console/audit"
LINES = 50
SUBJECT = "audit:log"


def doors(room: Room) -> Sequence[Door]:
    """See console/supervisor/doors.py."""
    audit = _Audit(room)
    return (
        Door("GET", PAGE, Permission.READ_AUDIT, audit.page),
        Door("POST", PAGE + "/export", Permission.EXPORT_AUDIT, audit.export),
    )


@dataclass(frozen=True)
class Found:
    """A page of it. `older` is what the next page begins behind, None on the last."""

    lines: tuple[Line, ...]
    operators: tuple[Operator, ...]
    older: int | None


@dataclass(frozen=True)
class _Audit:
    room: Room
    texts: AuditTexts = field(default_factory=load_audit_texts)

    async def page(self, visit: Visit) -> Response:
        search = search_of(lambda name: visit.query(name, DETAIL_CHARACTERS))
        try:
            # Looking through years of lines is no work for the writer, for whom citizens' messages wait.
            found = await self.room.transactions.read(lambda connection: self._read(connection, visit, search))
        except RefusedError as refused:
            return self._page(visit, search, Found((), (), None), refused)
        await self._noted(visit, AuditAction.AUDIT_READ, search, len(found.lines))
        return self._page(visit, search, found)

    async def export(self, visit: Visit) -> Response:
        """All that the filter lets through of at most a year, as CSV that calculates nothing."""
        search = search_of(lambda name: visit.form.text(name)[:DETAIL_CHARACTERS])

        def work(connection: Connection) -> tuple[str, int]:
            lines = list(as_csv(all_entries(connection, search.export_filter(connection)), self.texts, VIETNAM))
            return "".join(lines), len(lines) - 1

        try:
            text, rows = await self.room.transactions.read(work)
        except RefusedError as refused:
            return self._page(visit, search, Found((), (), None), refused)
        await self._noted(visit, AuditAction.AUDIT_EXPORTED, search, rows)
        name = f"nhat-ky-{in_vietnam(visit.now):%Y%m%d-%H%M}.csv"
        headers = {"Content-Disposition": f'attachment; filename="{name}"'}
        return Response(text.encode("utf-8"), media_type="text/csv; charset=utf-8", headers=headers)

    def _read(self, connection: Connection, visit: Visit, search: Search) -> Found:
        before = visit.query("before", 18)
        before_id = int(before) if before.isascii() and before.isdecimal() else None
        page = entries(connection, search.filter(connection), LINES + 1, before_id)
        everybody = list_operators(connection)
        words = AuditWords(operators_by_actor(everybody), self.room.pages.texts.names, self.texts)
        shown = page[:LINES]
        return Found(tuple(map(words.line, shown)), everybody, shown[-1].id if len(page) > LINES else None)

    async def _noted(self, visit: Visit, action: AuditAction, search: Search, rows: int) -> None:
        """Before anything is shown: what cannot be noted is not read."""
        me = actor_of(visit.operator.id)
        detail: Detail = {**search.filled, "rows": rows}
        await self.room.transactions.write(
            lambda connection: record(connection, me, action, SUBJECT, detail, visit.now)
        )

    def _page(self, visit: Visit, search: Search, found: Found, refused: RefusedError | None = None) -> Response:
        texts = self.room.pages.texts
        return self.room.pages.page(
            visit,
            "audit.html",
            200 if refused is None else refused.status,
            found=found,
            search=search,
            actions=self.texts.actions,
            export_days=search.offered_days(vietnam_date(visit.now)),
            longest=EXPORTED_DAYS,
            is_first=not visit.query("before"),
            newest=_address(search),
            older=_address(search, found.older),
            error="" if refused is None else texts.refused(refused),
        )


def _address(search: Search, before: int | None = None) -> str:
    fields = {**search.filled, **({} if before is None else {"before": str(before)})}
    return f"{PAGE}?{urlencode(fields)}" if fields else PAGE
