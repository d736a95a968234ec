"""One import as its page shows it: what was read of the file, what is wrong, what it became."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from sqlalchemy import Connection

from console.editor.imports import PAGE
from console.editor.imports_texts import load_import_texts
from console.editor.structure_view import StructureInput, StructureView, ToldProblem, structure_view, told
from console.operator.pages import moment
from console.operator.room import names_of_operators
from console.security.access import Visit
from console.security.refusal import Refusal, RefusedError
from desk.calendar.zone import vietnam_date
from editing.document import Document
from editing.documents import document_by_id
from editing.importing.directive_file import DirectiveFile, file_from_json
from editing.importing.imports import import_by_id, rows_of_import, same_file
from editing.importing.known_directives import compared, load_known_directives, same_document
from editing.importing.known_entries import load_known_entries
from editing.importing.messages import load_import_messages
from editing.importing.record import Import, ImportKind, ImportRow, ImportState
from editing.importing.row_checks import CheckedRow, check_rows
from editing.version import Version
from editing.versions import version_by_id

ROWS_PER_PAGE = 50
ERRORS, WARNINGS = "errors", "warnings"


@dataclass(frozen=True)
class ImportFacts:
    """What the page of every import says."""

    found: Import
    by: str
    notices: tuple[str, ...]
    earlier: tuple[str, ...]

    @property
    def root(self) -> str:
        """Address of its page."""
        return f"{PAGE}/{self.found.id}"

    @property
    def is_ready(self) -> bool:
        """Whether it can still be changed and taken in."""
        return self.found.state is ImportState.READY


@dataclass(frozen=True)
class MadeDraft:
    """What became of a row: the draft, and why undoing left it."""

    row: ImportRow
    document: Document
    version: Version
    kept: str


@dataclass(frozen=True)
class ShownRow:
    """A checked row with its problems in words, by column."""

    checked: CheckedRow
    problems: Mapping[str, tuple[ToldProblem, ...]]

    @property
    def told(self) -> tuple[ToldProblem, ...]:
        """Errors first."""
        return tuple(
            sorted((one for listed in self.problems.values() for one in listed), key=lambda one: one.is_warning)
        )


@dataclass(frozen=True)
class RowsView:
    """`rows` of one page under one filter; the counts are of all rows that are not taken out."""

    rows: tuple[ShownRow, ...]
    all: int
    taken: int
    errors: int
    warnings: int
    out: int
    unchecked: int
    only: str
    page: int
    pages: int


def facts_of_import(connection: Connection, visit: Visit) -> ImportFacts:
    """Of the address. Raises RefusedError."""
    found = import_by_id(connection, visit.number("import_id"))
    if found is None:
        raise RefusedError(Refusal.NOT_FOUND)
    messages = load_import_messages()
    said = messages.directive["replaced_file"]
    earlier = tuple(
        said.replace("{at}", moment(one.created_at)).replace("{id}", str(one.id))
        for one in same_file(connection, found)
    )
    names = names_of_operators(connection)
    notices = tuple(messages.notice(notice) for notice in found.notices)
    return ImportFacts(found, names.get(found.created_by, ""), notices, earlier)


def directive_of(connection: Connection, import_id: int) -> DirectiveFile:
    """What is kept of the file now; named as the base names it, where it has a document of that number."""
    return file_from_json(rows_of_import(connection, import_id)[0].fields)


def structure_of(
    connection: Connection, visit: Visit, facts: ImportFacts, typed: StructureInput
) -> tuple[StructureView, tuple[ToldProblem, ...]]:
    """The structure of an imported directive, with what the base says to it."""
    file = directive_of(connection, facts.found.id)
    view = structure_view(visit, facts.root, facts.found.revision, file, typed)
    messages = load_import_messages()
    problems = [told(problem, messages, view.read.detail) for problem in view.read.problems]
    if facts.is_ready:
        known = load_known_directives(connection)
        problems += [told(problem, messages) for problem in compared(file, view.directive, known)]
    return view, tuple(problems)


def named_as_in_base(connection: Connection, file: DirectiveFile, number: str) -> DirectiveFile:
    """With the slug of the document that has this number already."""
    own = same_document(file, number, load_known_directives(connection))
    return replace(file, slug=own[0].slug) if own else file


def checked_rows(
    connection: Connection, visit: Visit, import_id: int, audiences: Mapping[str, str]
) -> tuple[CheckedRow, ...]:
    """All rows of a sheet, held against the base as it is now."""
    rows, known = rows_of_import(connection, import_id), load_known_entries(connection)
    return check_rows(rows, known, audiences, load_import_texts().standings, vietnam_date(visit.now))


def rows_view(checked: tuple[CheckedRow, ...], only: str, page: int) -> RowsView:
    """One page of rows; `only` is a filter or empty."""
    messages = load_import_messages()
    taken = [one for one in checked if not one.row.is_out]
    wrong = [one for one in taken if one.has_errors]
    doubtful = [one for one in taken if one.problems and not one.has_errors]
    wanted = {ERRORS: wrong, WARNINGS: doubtful}.get(only, list(checked))
    pages = max(1, -(-len(wanted) // ROWS_PER_PAGE))
    page = max(1, min(page, pages))
    shown = wanted[(page - 1) * ROWS_PER_PAGE : page * ROWS_PER_PAGE]
    rows = []
    for one in shown:
        problems: dict[str, tuple[ToldProblem, ...]] = {}
        for problem in one.problems:
            problems[problem.field] = (*problems.get(problem.field, ()), told(problem, messages))
        rows.append(ShownRow(one, problems))
    unchecked = sum(one.row.alike is None for one in taken)
    counts = (len(checked), len(taken), len(wrong), len(doubtful), len(checked) - len(taken), unchecked)
    return RowsView(tuple(rows), *counts, only, page, pages)


def drafts_of(connection: Connection, found: Import) -> tuple[MadeDraft, ...]:
    """What the import became, in the order of the file; empty before the commit."""
    made, kept = [], load_import_messages().kept
    for row in rows_of_import(connection, found.id):
        version = version_by_id(connection, row.version_id) if row.version_id else None
        document = document_by_id(connection, version.document_id) if version else None
        if version is not None and document is not None:
            made.append(MadeDraft(row, document, version, kept.get(row.kept_because, "")))
    return tuple(made)


def is_directive(found: Import) -> bool:
    """Else it is a sheet of questions and answers."""
    return found.kind is ImportKind.DIRECTIVE
