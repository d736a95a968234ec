"""What is corrected in an imported directive before it is a draft; the text is read anew at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from fastapi import Response
from sqlalchemy import Connection

from console.editor.import_page import IMPORT, ImportPage, ImportShowing
from console.editor.import_view import directive_of, facts_of_import, named_as_in_base
from console.editor.imports_texts import load_import_texts
from console.editor.structure_form import line_form, typed_facts, typed_questions, with_line
from console.editor.structure_view import StructureInput
from console.operator.room import Room
from console.security.access import Door, Visit
from console.security.refusal import Refusal, RefusedError
from desk.accounts.permissions import Permission
from editing.actor import operator_actor
from editing.errors import StaleError, WrongStateError
from editing.importing.directive_file import (
    DirectiveFile,
    file_to_json,
    read_directive,
    shown_number,
    with_slug,
)
from editing.importing.imports import correct_row
from editing.importing.messages import load_import_messages
from editing.importing.record import ImportKind
from knowledge.directives.errors import DirectiveError

Change = Callable[[DirectiveFile], "tuple[DirectiveFile | None, StructureInput]"]
"""The changed file, or None with what was typed and what is wrong with it."""


def doors(room: Room) -> Sequence[Door]:
    """See console/operator/doors.py."""
    forms, edit = _Forms(room), Permission.EDIT_KNOWLEDGE
    return (
        Door("POST", IMPORT + "/facts", edit, forms.facts),
        Door("POST", IMPORT + "/line", edit, forms.line),
        Door("POST", IMPORT + "/questions", edit, forms.questions),
    )


def facts_change(visit: Visit) -> Change:
    """Facts of the head, as typed."""

    def change(file: DirectiveFile) -> tuple[DirectiveFile | None, StructureInput]:
        typed = typed_facts(visit.form, file.body, load_import_texts())
        if typed.body is None:
            return None, StructureInput(facts=typed.values, faults=typed.faults)
        return replace(file, body=typed.body), StructureInput(facts=typed.values)

    return change


def line_change(visit: Visit) -> Change:
    """What a line is; refused when the text cannot be read any more afterwards."""

    def change(file: DirectiveFile) -> tuple[DirectiveFile | None, StructureInput]:
        form, messages = line_form(visit.form), load_import_messages()
        kept = StructureInput(line=form)
        try:
            changed = replace(file, body=with_line(file.body, form))
        except (DirectiveError, ValueError):
            return None, replace(kept, error=messages.corrections["bad_label"])
        read = read_directive(changed)
        if read.detail:
            return None, replace(kept, error=messages.corrections[read.detail])
        return changed, kept

    return change


def questions_change(visit: Visit) -> Change:
    """Sample questions of one section."""

    def change(file: DirectiveFile) -> tuple[DirectiveFile | None, StructureInput]:
        directive = read_directive(file).directive
        labels = frozenset(section.label for section in directive.sections) if directive else frozenset()
        typed = typed_questions(visit.form, file.body, labels, load_import_texts())
        kept = StructureInput(questions=typed.values, faults=typed.faults)
        return (None if typed.body is None else replace(file, body=typed.body)), kept

    return change


@dataclass(frozen=True)
class _Forms:
    room: Room

    async def facts(self, visit: Visit) -> Response:
        return await self._change(visit, facts_change(visit), "?said=kept#facts", is_named=True)

    async def line(self, visit: Visit) -> Response:
        line = visit.form.number("line") or 1
        return await self._change(visit, line_change(visit), f"?said=line&from={line}#line-{line}")

    async def questions(self, visit: Visit) -> Response:
        line = visit.form.number("line") or 1
        return await self._change(visit, questions_change(visit), f"?said=kept&from={line}#passages-{line}")

    async def _change(self, visit: Visit, change: Change, back: str, *, is_named: bool = False) -> Response:
        refused: list[ImportShowing] = []

        def work(connection: Connection) -> str:
            refused.clear()
            facts = facts_of_import(connection, visit)
            if facts.found.kind is not ImportKind.DIRECTIVE:
                raise RefusedError(Refusal.NOT_FOUND)
            file = directive_of(connection, facts.found.id)
            changed, typed = change(file)
            if changed is None:
                refused.append(ImportShowing(typed.error, 422, typed))
                return facts.root
            if is_named:
                changed = self._named(connection, changed)
            try:
                revision = visit.form.number("revision") or 0
                values, me = {"fields": file_to_json(changed)}, operator_actor(visit.operator.id)
                correct_row(connection, facts.found.id, 1, revision, values, me)
            except StaleError:
                refused.append(ImportShowing(load_import_texts().faults["stale"], 409, replace(typed, is_stale=True)))
            except WrongStateError as error:
                raise RefusedError(Refusal.KNOWLEDGE_STATE) from error
            return facts.root

        root = await self.room.transactions.write(work)
        if refused:
            return await ImportPage(self.room).render(visit, refused[0])
        return self.room.pages.done(visit, root + back)

    @staticmethod
    def _named(connection: Connection, changed: DirectiveFile) -> DirectiveFile:
        directive = read_directive(changed).directive
        return named_as_in_base(connection, with_slug(changed), shown_number(directive) if directive else "")
