"""Files that editors bring: the list, the form to bring one, the sheet to fill in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from urllib.parse import quote

from fastapi import Response
from sqlalchemy import Connection

from console.editor.imports_texts import load_import_texts
from console.operator.room import Room, names_of_operators
from console.security.access import Door, Visit
from console.security.form import Upload
from console.security.refusal import Refusal, RefusedError
from desk.accounts.permissions import Permission
from editing.actor import operator_actor
from editing.documents import topics
from editing.importing.directive_file import file_to_json, first_reading
from editing.importing.imported import Notice
from editing.importing.imports import (
    BroughtFile,
    NewRow,
    add_import,
    import_by_id,
    imports,
    note_refused,
    original_of,
    row_counts,
)
from editing.importing.messages import load_import_messages
from editing.importing.reading import FileReader
from editing.importing.record import Import, ImportKind
from editing.importing.refusal import RefusedFileError
from editing.importing.sheet_words import load_sheet_words
from editing.importing.template import MEDIA_TYPE, template_workbook

PAGE = "/console/knowledge/imports"
PER_PAGE = 30
TEMPLATE_NAME = "mau-hoi-dap.xlsx"


def doors(room: Room) -> Sequence[Door]:
    """See console/operator/doors.py. The one door of the product that takes a file is here."""
    files, edit = _Imports(room), Permission.EDIT_KNOWLEDGE
    return (
        Door("GET", PAGE, Permission.READ_KNOWLEDGE, files.page),
        Door("GET", PAGE + "/template.xlsx", edit, files.template),
        Door("POST", PAGE, edit, files.bring, file_bytes=files.most_bytes),
        Door("GET", PAGE + "/{import_id}/original", edit, files.original),
    )


@dataclass(frozen=True)
class ImportList:
    """One page of it; `older` is the id from which the next begins, None on the last."""

    imports: tuple[Import, ...]
    counts: Mapping[int, int]
    names: Mapping[int, str]
    older: int | None


@dataclass(frozen=True)
class ReadFile:
    """What goes into the database of a file that could be read."""

    media: str
    notices: tuple[Notice, ...]
    rows: tuple[NewRow, ...]


@dataclass(frozen=True)
class _Imports:
    room: Room

    def most_bytes(self) -> int:
        """Of a file."""
        return self.room.editor.files.file_bytes

    async def page(self, visit: Visit) -> Response:
        return await self._shown(visit)

    async def template(self, visit: Visit) -> Response:
        """The sheet, with the topics of today to choose from."""
        known = await self.room.transactions.read(topics)
        audiences = tuple(self.room.editor.texts.audiences.values())
        content = template_workbook(load_sheet_words(), audiences, known)
        headers = {"Content-Disposition": f'attachment; filename="{TEMPLATE_NAME}"'}
        return Response(content, media_type=MEDIA_TYPE, headers=headers)

    async def bring(self, visit: Visit) -> Response:
        """Read at once, in a process of its own; nothing is in the base afterwards."""
        file, kind = visit.form.file, visit.form.text("kind")
        faults = load_import_texts().faults
        if file is None or not (file.name or file.data):
            return await self._shown(visit, faults["file"], 422)
        if kind not in set(ImportKind):
            return await self._shown(visit, faults["kind"], 422)
        try:
            import_id = await self._take(visit, BroughtFile(ImportKind(kind), file.name, file.data), file)
        except RefusedFileError as refused:
            await self._note(visit, refused)
            return await self._shown(visit, self._why(file, refused), 422)
        return self.room.pages.done(visit, f"{PAGE}/{import_id}")

    async def original(self, visit: Visit) -> Response:
        """As it was brought: always as a download, never shown by the browser."""
        import_id = visit.number("import_id")
        found = await self.room.transactions.read(partial(import_by_id, import_id=import_id))
        data = await self.room.transactions.read(partial(original_of, import_id=import_id))
        if found is None or data is None:
            raise RefusedError(Refusal.NOT_FOUND)
        name = quote(found.file_name or f"import-{import_id}")
        headers = {"Content-Disposition": f"attachment; filename=\"import-{import_id}\"; filename*=UTF-8''{name}"}
        return Response(data, media_type="application/octet-stream", headers=headers)

    async def _take(self, visit: Visit, brought: BroughtFile, file: Upload) -> int:
        """Raises RefusedFileError."""
        actor = operator_actor(visit.operator.id)
        read = await read_brought(self.room.editor.files, brought.kind, file)

        def work(connection: Connection) -> int:
            return add_import(connection, brought, read.media, read.notices, read.rows, actor, visit.now)

        return await self.room.transactions.write(work)

    async def _note(self, visit: Visit, refused: RefusedFileError) -> None:
        actor = operator_actor(visit.operator.id)
        await self.room.transactions.write(lambda connection: note_refused(connection, refused, actor, visit.now))

    @staticmethod
    def _why(file: Upload, refused: RefusedFileError) -> str:
        """Names the file: several may have been tried."""
        why = load_import_messages().refused(refused.refusal.value, refused.values)
        return load_import_texts().faults["refused"].replace("{why}", why).replace("{name}", file.name)

    async def _shown(self, visit: Visit, error: str = "", status_code: int = 200) -> Response:
        before = visit.query("before", 18)
        before_id = int(before) if before.isascii() and before.isdecimal() else None
        found = await self.room.transactions.read(partial(_list, before_id=before_id))
        texts, limit = load_import_texts(), self.most_bytes() // 1_000_000
        kind = visit.form.text("kind")
        return self.room.pages.page(
            visit, "imports.html", status_code, list=found, words=texts, error=error, limit=limit, chosen=kind
        )


async def read_brought(files: FileReader, kind: ImportKind, file: Upload) -> ReadFile:
    """Raises RefusedFileError."""
    if kind is ImportKind.DIRECTIVE:
        text = await files.text(file.name, file.data)
        return ReadFile(text.media.value, text.notices, (NewRow(1, file_to_json(first_reading(text))),))
    sheet = await files.rows(file.name, file.data)
    faults: dict[int, list[str]] = {}
    for row, column in sheet.faults:
        faults.setdefault(row, []).append(column)
    rows = tuple(NewRow(row.place, dict(row.cells), tuple(faults.get(row.place, ()))) for row in sheet.rows)
    return ReadFile(sheet.media.value, sheet.notices, rows)


def _list(connection: Connection, before_id: int | None) -> ImportList:
    found = imports(connection, PER_PAGE + 1, before_id)
    shown = found[:PER_PAGE]
    older = shown[-1].id if len(found) > PER_PAGE else None
    return ImportList(shown, row_counts(connection, [one.id for one in shown]), names_of_operators(connection), older)
