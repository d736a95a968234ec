"""From an import to drafts, and back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection

from editing.actor import Actor, operator_actor
from editing.bodies.body import Body
from editing.bodies.directive import DirectiveBody, directive_from_json
from editing.bodies.faq import FaqBody, faq_from_json
from editing.document import Document, DocumentKind
from editing.documents import find_document
from editing.drafting import (
    DraftChanges,
    NewDirective,
    NewFaq,
    discard_draft,
    new_directive,
    new_faq,
    save_draft,
    start_draft,
)
from editing.errors import WrongStateError
from editing.history import Happened, Subject, note
from editing.importing.directive_file import DirectiveFile, read_directive
from editing.importing.faq_row import ReadRow
from editing.importing.imports import (
    end_import,
    import_by_id,
    note_row,
    row_of_import,
    rows_of_import,
    step_forward,
)
from editing.importing.record import ImportState
from editing.version import Version, VersionState
from editing.versions import open_version, version_by_id
from knowledge.faqs.next_steps import NextSteps


@dataclass(frozen=True)
class Undone:
    """`kept` are drafts that somebody has gone on with: they stay."""

    taken_back: int
    kept: int


def commit_rows(
    connection: Connection, import_id: int, revision: int, rows: Sequence[ReadRow], actor: Actor, now: datetime
) -> int:
    """How many drafts there are now; nothing of it is served. Raises StaleError, WrongStateError, InvalidBodyError."""
    step_forward(connection, import_id, revision)
    for row in rows:
        version = _draft_of_row(connection, import_id, row, actor, now)
        _note(connection, import_id, row.place, version, now)
    end_import(connection, import_id, ImportState.READY, ImportState.COMMITTED, actor, now)
    return len(rows)


def commit_directive(
    connection: Connection, import_id: int, revision: int, file: DirectiveFile, actor: Actor, now: datetime
) -> Version:
    """The draft. Raises as `commit_rows`, WrongStateError also for a document that has a draft already."""
    step_forward(connection, import_id, revision)
    document = find_document(connection, DocumentKind.DIRECTIVE, file.slug)
    if document is None:
        new = NewDirective(file.slug, file.body, owner_id=actor.operator_id)
        version = new_directive(connection, new, actor, now, import_id)
    else:
        version = _new_version(connection, document, lambda begun: _asked_as(file, begun), "", import_id, actor, now)
    _note(connection, import_id, 1, version, now)
    end_import(connection, import_id, ImportState.READY, ImportState.COMMITTED, actor, now)
    return version


def undo_import(connection: Connection, import_id: int, actor: Actor, now: datetime) -> Undone:
    """Drafts that are as the import left them are discarded; the rows say why others stay. Raises WrongStateError."""
    end_import(connection, import_id, ImportState.COMMITTED, ImportState.UNDONE, actor, now)
    taken_back = kept = 0
    for row in rows_of_import(connection, import_id):
        if row.version_id is None:
            continue
        version = version_by_id(connection, row.version_id)
        reason = _why_kept(version, row.version_revision)
        if version is not None and not reason:
            discard_draft(connection, version.id, version.revision, actor, now)
            taken_back += 1
        else:
            note_row(connection, import_id, row.place, {"kept_because": reason})
            kept += 1
    return Undone(taken_back, kept)


def _why_kept(version: Version | None, revision: int | None) -> str:
    """Name of a sentence; empty for a draft that nobody has touched since."""
    if version is None:
        return "gone"
    if version.state is not VersionState.DRAFT:
        return version.state.value
    return "" if version.revision == revision else "changed"


def _draft_of_row(connection: Connection, import_id: int, row: ReadRow, actor: Actor, now: datetime) -> Version:
    document = find_document(connection, DocumentKind.FAQ, row.key) if row.key else None
    if document is None:
        new = NewFaq(row.topic, row.body, row.key, actor.operator_id, row.notes)
        return new_faq(connection, new, actor, now, import_id)
    return _new_version(connection, document, lambda begun: _merged(row.body, begun), row.notes, import_id, actor, now)


def _merged(brought: FaqBody, begun: Version) -> FaqBody:
    """What the sheet leaves open stays as the entry has it; a sheet has no column for some fields."""
    own = faq_from_json(begun.body)
    return replace(
        own,
        question=brought.question,
        answer=brought.answer,
        alternates=brought.alternates or own.alternates,
        legal_basis=brought.legal_basis or own.legal_basis,
        audience=brought.audience or own.audience,
        review_by=brought.review_by or own.review_by,
        next_steps=_steps(brought.next_steps, own.next_steps),
    )


def _steps(brought: NextSteps, own: NextSteps) -> NextSteps:
    return NextSteps(brought.where or own.where, brought.papers or own.papers, brought.deadline or own.deadline)


def _asked_as(file: DirectiveFile, begun: Version) -> DirectiveBody:
    """Sample questions of the version before stay with the sections that are still there."""
    own, directive = file.body, read_directive(file).directive
    labels = {section.label for section in directive.sections} if directive is not None else set()
    kept = {label: asked for label, asked in directive_from_json(begun.body).questions.items() if label in labels}
    return replace(own, questions={**kept, **own.questions})


def _new_version(
    connection: Connection,
    document: Document,
    body_of: Callable[[Version], Body],
    notes: str,
    import_id: int,
    actor: Actor,
    now: datetime,
) -> Version:
    if open_version(connection, document.id) is not None:
        raise WrongStateError(f"{document.name} has a draft already")
    begun = start_draft(connection, document.id, actor, now, import_id=import_id)
    changes = DraftChanges(body_of(begun), begun.live_from, begun.live_to, notes, begun.public_note)
    return save_draft(connection, begun.id, begun.revision, changes, actor, now)


def _note(connection: Connection, import_id: int, place: int, version: Version, now: datetime) -> None:
    """Who brought the file, or corrected this part of it, counts as a writer: none of them may approve the draft."""
    subject = Subject(version.document_id, version.id)
    brought, corrected = _hands(connection, import_id, place)
    for operator_id in brought - {version.author_id}:
        note(connection, subject, Happened.STARTED, operator_actor(operator_id), now)
    for operator_id in sorted(corrected - brought - {version.author_id}):
        note(connection, subject, Happened.EDITED, operator_actor(operator_id), now)
    note_row(connection, import_id, place, {"version_id": version.id, "version_revision": version.revision})


def _hands(connection: Connection, import_id: int, place: int) -> tuple[frozenset[int], frozenset[int]]:
    """Operators: who brought the file, and who corrected one part of it."""
    found, row = import_by_id(connection, import_id), row_of_import(connection, import_id, place)
    brought = frozenset({found.created_by}) if found is not None and found.created_by else frozenset()
    return brought, frozenset(row.corrected_by if row is not None else ())
