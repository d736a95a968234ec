"""Rows of an imported sheet: mended, taken out, compared by meaning."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from fastapi import Response
from fastapi.responses import JSONResponse
from sqlalchemy import Connection

from console.editor.import_page import IMPORT, ImportPage, ImportShowing
from console.editor.import_view import facts_of_import
from console.editor.imports_texts import load_import_texts
from console.editor.ports import WorkshopAwayError
from console.operator.room import Room
from console.security.access import Door, Visit, is_from_script
from console.security.refusal import Refusal, RefusedError
from desk.accounts.permissions import Permission
from editing.actor import operator_actor
from editing.bodies.check import MOST_FIELD_CHARACTERS
from editing.errors import StaleError, WrongStateError
from editing.importing.conversion import clean
from editing.importing.faq_row import COLUMNS, read_row
from editing.importing.imports import change_row, correct_row, note_alike, rows_of_import
from editing.importing.record import ImportKind, ImportRow

COMPARED_AT_ONCE = 8
"""Rows of one request: some seconds at most, so that the page can show how far it is."""
ALIKE_SHOWN = 3
MOST_WORDINGS = 6


def doors(room: Room) -> Sequence[Door]:
    """See console/operator/doors.py."""
    rows, edit = _Rows(room), Permission.EDIT_KNOWLEDGE
    return (
        Door("POST", IMPORT + "/rows/{place}", edit, rows.save),
        Door("POST", IMPORT + "/rows/{place}/out", edit, rows.out),
        Door("POST", IMPORT + "/compare", edit, rows.compare),
    )


@dataclass(frozen=True)
class _Rows:
    room: Room

    async def save(self, visit: Visit) -> Response:
        """What was mended in the cells; a row may be saved with errors left."""
        place = visit.number("place")
        fields = {name: clean(visit.form.text(name)).strip(" \t")[:MOST_FIELD_CHARACTERS] for name in COLUMNS}
        values: dict[str, object] = {
            "fields": {name: text for name, text in fields.items() if text.strip()},
            "faults": [],
            "alike": None,
        }
        refused: list[ImportShowing] = []

        def work(connection: Connection) -> str:
            refused.clear()
            facts = facts_of_import(connection, visit)
            self._check(facts.found.kind)
            try:
                me, revision = operator_actor(visit.operator.id), visit.form.number("revision") or 0
                correct_row(connection, facts.found.id, place, revision, values, me)
            except StaleError:
                stale = load_import_texts().faults["stale"]
                refused.append(ImportShowing(stale, 409, row=place, fields=fields))
            except WrongStateError as error:
                raise RefusedError(Refusal.KNOWLEDGE_STATE) from error
            return facts.root

        root = await self.room.transactions.write(work)
        if refused:
            return await ImportPage(self.room).render(visit, refused[0])
        return self.room.pages.done(visit, f"{root}?said=kept{self._place(visit)}#row-{place}")

    async def out(self, visit: Visit) -> Response:
        """Taken out, or in again."""
        place, is_out = visit.number("place"), visit.form.is_on("out")

        def work(connection: Connection) -> str:
            facts = facts_of_import(connection, visit)
            self._check(facts.found.kind)
            try:
                revision = visit.form.number("revision") or 0
                change_row(connection, facts.found.id, place, revision, {"is_out": is_out})
            except StaleError as error:
                raise RefusedError(Refusal.KNOWLEDGE_STALE) from error
            except WrongStateError as error:
                raise RefusedError(Refusal.KNOWLEDGE_STATE) from error
            return facts.root

        root = await self.room.transactions.write(work)
        said = "out" if is_out else "in"
        return self.room.pages.done(visit, f"{root}?said={said}{self._place(visit)}#row-{place}")

    async def compare(self, visit: Visit) -> Response:
        """The next few rows, with everything that the base says; scripts call it until nothing is left."""
        facts = await self.room.transactions.read(lambda connection: facts_of_import(connection, visit))
        self._check(facts.found.kind)
        rows = await self.room.transactions.read(lambda connection: rows_of_import(connection, facts.found.id))
        waiting = [row for row in rows if row.alike is None and not row.is_out]
        try:
            for row in waiting[:COMPARED_AT_ONCE] if facts.is_ready else ():
                await self._compare(visit, facts.found.id, row)
        except WorkshopAwayError:
            if is_from_script(visit.request):
                return JSONResponse({"message": load_import_texts().faults["away"]}, 503)
            return await ImportPage(self.room).render(visit, ImportShowing(load_import_texts().faults["away"], 503))
        left = max(0, len(waiting) - COMPARED_AT_ONCE)
        if is_from_script(visit.request):
            return JSONResponse({"left": left, "all": len(rows)})
        return self.room.pages.done(visit, f"{facts.root}?said=compared")

    async def _compare(self, visit: Visit, import_id: int, row: ImportRow) -> None:
        read = read_row(row.place, row.fields, row.faults, {}, visit.now.date())
        wordings = tuple(filter(None, (read.body.question, *read.body.alternates)))[:MOST_WORDINGS]
        own = f"faq/{read.key}" if read.key else ""
        found = await self.room.editor.workshop.alike(wordings, own, ALIKE_SHOWN) if wordings else ()
        alike = [asdict(one) for one in found]
        await self.room.transactions.write(lambda connection: note_alike(connection, import_id, row, alike))

    @staticmethod
    def _check(kind: ImportKind) -> None:
        if kind is not ImportKind.FAQS:
            raise RefusedError(Refusal.NOT_FOUND)

    @staticmethod
    def _place(visit: Visit) -> str:
        """Page and filter of the list that the form stood in."""
        page, only = visit.form.number("page") or 1, visit.form.text("only")
        return f"&page={page}" + (f"&only={only}" if only in ("errors", "warnings") else "")
