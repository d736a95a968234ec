"""The page of one import, also again after a form that was refused: what was typed stays."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from fastapi import Response
from sqlalchemy import Connection

from console.editor.import_view import (
    ImportFacts,
    MadeDraft,
    RowsView,
    checked_rows,
    drafts_of,
    facts_of_import,
    is_directive,
    rows_view,
    structure_of,
)
from console.editor.imports import PAGE
from console.editor.imports_texts import load_import_texts
from console.editor.structure_form import FACTS, LONG
from console.editor.structure_view import UNTOUCHED, StructureInput, StructureView, ToldProblem
from console.operator.room import Room
from console.security.access import Door, Visit
from desk.accounts.permissions import Permission, may
from editing.importing.record import ImportState
from editing.importing.sheet_words import load_sheet_words
from knowledge.directives.correction import LEVELS, Reading

IMPORT = PAGE + "/{import_id}"


def doors(room: Room) -> Sequence[Door]:
    """See console/operator/doors.py."""
    return (Door("GET", IMPORT, Permission.READ_KNOWLEDGE, ImportPage(room).show),)


@dataclass(frozen=True)
class ImportShowing:
    """What was typed and refused; `row` is the place of a row whose form is open with `fields`."""

    error: str = ""
    status_code: int = 200
    structure: StructureInput = UNTOUCHED
    row: int = 0
    fields: Mapping[str, str] = field(default_factory=dict)


PLAIN = ImportShowing()


@dataclass(frozen=True)
class ImportView:
    """Of a directive `structure` with `problems`, of a sheet `rows`; neither of one that has ended."""

    facts: ImportFacts
    structure: StructureView | None
    problems: tuple[ToldProblem, ...]
    rows: RowsView | None
    drafts: tuple[MadeDraft, ...]


@dataclass(frozen=True)
class ImportPage:
    """One for the room."""

    room: Room

    async def show(self, visit: Visit) -> Response:
        """A GET."""
        row = visit.query("row", 9)
        opened = int(row) if row.isascii() and row.isdecimal() else 0
        return await self.render(visit, ImportShowing(row=opened))

    async def render(self, visit: Visit, showing: ImportShowing) -> Response:
        """Raises RefusedError when there is no such import."""
        view = await self.room.transactions.read(lambda connection: self._read(connection, visit, showing))
        words = load_import_texts()
        return self.room.pages.page(
            visit,
            "import_directive.html" if view.structure else "import_rows.html" if view.rows else "import_end.html",
            showing.status_code,
            view=view,
            at=view.structure,
            showing=showing,
            words=words,
            labels=self.room.editor.texts,
            columns=load_sheet_words().columns,
            said=words.said.get(visit.query("said", 20), ""),
            error="" if showing.structure.error else showing.error,
            can_edit=view.facts.is_ready and may(visit.operator, Permission.EDIT_KNOWLEDGE),
            fact_names=FACTS,
            long_facts=LONG,
            readings=tuple(Reading),
            levels=LEVELS,
        )

    def _read(self, connection: Connection, visit: Visit, showing: ImportShowing) -> ImportView:
        facts = facts_of_import(connection, visit)
        found = facts.found
        if found.state is not ImportState.READY:
            return ImportView(facts, None, (), None, drafts_of(connection, found))
        if is_directive(found):
            structure, problems = structure_of(connection, visit, facts, showing.structure)
            return ImportView(facts, structure, problems, None, ())
        checked = checked_rows(connection, visit, found.id, self.room.editor.texts.audiences)
        page = visit.given("page", 6)
        number = int(page) if page.isascii() and page.isdecimal() else 1
        return ImportView(facts, None, (), rows_view(checked, visit.given("only", 10), number), ())
