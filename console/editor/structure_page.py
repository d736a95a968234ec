"""The structure of a directive that is in the base already, corrected by hand in its draft."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from fastapi import Response
from sqlalchemy import Connection

from console.editor.document_view import DocumentView, EditorAct, read_document
from console.editor.import_directive import Change, facts_change, line_change, questions_change
from console.editor.imports_texts import load_import_texts
from console.editor.list_filters import PAGE
from console.editor.refusing import told as store_told
from console.editor.structure_form import FACTS, LONG
from console.editor.structure_view import UNTOUCHED, StructureInput, StructureView, ToldProblem, structure_view, told
from console.operator.room import Room
from console.security.access import Door, Visit
from console.security.refusal import Refusal, RefusedError
from desk.accounts.permissions import Permission
from editing.actor import operator_actor
from editing.bodies.directive import directive_from_json
from editing.document import DocumentKind
from editing.drafting import DraftChanges, save_draft
from editing.errors import InvalidBodyError, StaleError
from editing.importing.directive_file import DirectiveFile
from editing.importing.messages import load_import_messages
from editing.version import Version
from knowledge.directives.correction import LEVELS, Reading

STRUCTURE = PAGE + "/directive/{key}/structure"


def doors(room: Room) -> Sequence[Door]:
    """See console/operator/doors.py."""
    page, edit = _Structure(room), Permission.EDIT_KNOWLEDGE
    return (
        Door("GET", STRUCTURE, Permission.READ_KNOWLEDGE, page.show),
        Door("POST", STRUCTURE + "/facts", edit, page.facts),
        Door("POST", STRUCTURE + "/line", edit, page.line),
        Door("POST", STRUCTURE + "/questions", edit, page.questions),
    )


@dataclass(frozen=True)
class DraftStructure:
    """`can_edit` only where a draft is open that this person may save."""

    at: DocumentView
    structure: StructureView
    problems: tuple[ToldProblem, ...]
    can_edit: bool


@dataclass(frozen=True)
class _Structure:
    room: Room

    async def show(self, visit: Visit) -> Response:
        return await self._render(visit, UNTOUCHED)

    async def facts(self, visit: Visit) -> Response:
        return await self._change(visit, facts_change(visit), "?said=kept#facts")

    async def line(self, visit: Visit) -> Response:
        line = visit.form.number("line") or 1
        return await self._change(visit, line_change(visit), f"?said=line&from={line}#line-{line}")

    async def questions(self, visit: Visit) -> Response:
        line = visit.form.number("line") or 1
        return await self._change(visit, questions_change(visit), f"?said=kept&from={line}#passages-{line}")

    async def _change(self, visit: Visit, change: Change, back: str) -> Response:
        refused: list[tuple[StructureInput, str, int]] = []

        def work(connection: Connection) -> str:
            refused.clear()
            at = read_document(connection, visit, DocumentKind.DIRECTIVE)
            if at.open is None or EditorAct.SAVE not in at.acts:
                raise RefusedError(Refusal.KNOWLEDGE_STATE)
            changed, typed = change(DirectiveFile(at.document.key, directive_from_json(at.open.body)))
            if changed is None:
                refused.append((typed, typed.error, 422))
                return at.root
            self._save(connection, visit, at.open, changed, typed, refused)
            return at.root

        root = await self.room.transactions.write(work)
        if refused:
            return await self._render(visit, *refused[0])
        return self.room.pages.done(visit, f"{root}/structure{back}")

    @staticmethod
    def _save(
        connection: Connection,
        visit: Visit,
        opened: Version,
        changed: DirectiveFile,
        typed: StructureInput,
        refused: list[tuple[StructureInput, str, int]],
    ) -> None:
        notes = (opened.change_note, opened.public_note)
        changes = DraftChanges(changed.body, opened.live_from, opened.live_to, *notes)
        revision, actor = visit.form.number("revision") or 0, operator_actor(visit.operator.id)
        with store_told():
            try:
                save_draft(connection, opened.id, revision, changes, actor, visit.now)
            except StaleError:
                stale = replace(typed, is_stale=True)
                refused.append((stale, load_import_texts().faults["stale"], 409))
            except InvalidBodyError as error:
                refused.append((typed, " ".join(problem.message for problem in error.problems[:3]), 422))

    async def _render(self, visit: Visit, typed: StructureInput, error: str = "", status_code: int = 200) -> Response:
        def read(connection: Connection) -> DraftStructure:
            at = read_document(connection, visit, DocumentKind.DIRECTIVE)
            version = at.open or at.live or at.newest
            file = DirectiveFile(at.document.key, directive_from_json(version.body))
            view = structure_view(visit, f"{at.root}/structure", version.revision, file, typed)
            messages = load_import_messages()
            problems = tuple(told(problem, messages, view.read.detail) for problem in view.read.problems)
            return DraftStructure(at, view, problems, at.open is not None and EditorAct.SAVE in at.acts)

        found = await self.room.transactions.read(read)
        words = load_import_texts()
        return self.room.pages.page(
            visit,
            "structure_page.html",
            status_code,
            view=found,
            at=found.structure,
            words=words,
            labels=self.room.editor.texts,
            said=words.said.get(visit.query("said", 20), ""),
            error="" if typed.error else error,
            can_edit=found.can_edit,
            fact_names=FACTS,
            long_facts=LONG,
            readings=tuple(Reading),
            levels=LEVELS,
        )
