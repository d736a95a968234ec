"""An import is taken into the base as drafts, taken back, or thrown away."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from fastapi import Response
from sqlalchemy import Connection

from console.editor.document_view import page_of
from console.editor.import_page import IMPORT, ImportPage, ImportShowing
from console.editor.import_view import (
    ImportFacts,
    checked_rows,
    directive_of,
    facts_of_import,
    is_directive,
    named_as_in_base,
)
from console.editor.imports import PAGE
from console.editor.imports_texts import load_import_texts
from console.editor.refusing import told
from console.operator.room import Room
from console.security.access import Door, Visit
from console.security.refusal import Refusal, RefusedError
from desk.accounts.permissions import Permission
from editing.actor import operator_actor
from editing.documents import document_by_id
from editing.errors import InvalidBodyError
from editing.importing.committing import commit_directive, commit_rows, undo_import
from editing.importing.directive_file import FIELD, read_directive, shown_number, with_slug
from editing.importing.imports import end_import
from editing.importing.known_directives import compared, load_known_directives
from editing.importing.messages import load_import_messages
from editing.importing.problem import error as wrong
from editing.importing.record import ImportState


def doors(room: Room) -> Sequence[Door]:
    """See console/operator/doors.py."""
    ending, edit = _Ending(room), Permission.EDIT_KNOWLEDGE
    return (
        Door("POST", IMPORT + "/commit", edit, ending.commit),
        Door("POST", IMPORT + "/undo", edit, ending.undo),
        Door("POST", IMPORT + "/discard", edit, ending.discard),
    )


class _NotFitError(Exception):
    """Nothing is taken in, and what was begun is undone; the message says why, in words."""


@dataclass(frozen=True)
class _Ending:
    room: Room

    async def commit(self, visit: Visit) -> Response:
        """All of it or nothing. A directive leads to its draft, a sheet to the list of what was made."""

        def work(connection: Connection) -> str:
            facts = facts_of_import(connection, visit)
            take = self._directive if is_directive(facts.found) else self._rows
            with told():
                try:
                    return take(connection, visit, facts)
                except InvalidBodyError as error:
                    raise _NotFitError(" ".join(problem.message for problem in error.problems[:3])) from error

        try:
            path = await self.room.transactions.write(work)
        except _NotFitError as unfit:
            return await ImportPage(self.room).render(visit, ImportShowing(str(unfit), 422))
        return self.room.pages.done(visit, path)

    async def undo(self, visit: Visit) -> Response:
        """Drafts that somebody went on with stay; the page says which and why."""

        def work(connection: Connection) -> str:
            facts = facts_of_import(connection, visit)
            with told():
                undo_import(connection, facts.found.id, operator_actor(visit.operator.id), visit.now)
            return facts.root

        return self.room.pages.done(visit, await self.room.transactions.write(work) + "?said=undone")

    async def discard(self, visit: Visit) -> Response:
        """Nothing of it ever was in the base."""

        def work(connection: Connection) -> str:
            facts = facts_of_import(connection, visit)
            with told():
                actor = operator_actor(visit.operator.id)
                end_import(connection, facts.found.id, ImportState.READY, ImportState.DISCARDED, actor, visit.now)
            return facts.root

        await self.room.transactions.write(work)
        return self.room.pages.done(visit, f"{PAGE}?said=discarded")

    @staticmethod
    def _directive(connection: Connection, visit: Visit, facts: ImportFacts) -> str:
        file = with_slug(directive_of(connection, facts.found.id))
        read = read_directive(file)
        number = shown_number(read.directive) if read.directive is not None else ""
        file = named_as_in_base(connection, file, number)
        problems = (*read.problems, *compared(file, read.directive, load_known_directives(connection)))
        errors = [problem for problem in problems if not problem.is_warning]
        if not file.slug and not errors:
            errors = [wrong(FIELD, "no_number")]
        if errors:
            raise _NotFitError(load_import_messages().problem(errors[0]))
        actor = operator_actor(visit.operator.id)
        revision = visit.form.number("revision") or 0
        version = commit_directive(connection, facts.found.id, revision, file, actor, visit.now)
        document = document_by_id(connection, version.document_id)
        if document is None:
            raise RefusedError(Refusal.NOT_FOUND)
        return page_of(document, "imported")

    def _rows(self, connection: Connection, visit: Visit, facts: ImportFacts) -> str:
        checked = checked_rows(connection, visit, facts.found.id, self.room.editor.texts.audiences)
        taken = [one for one in checked if not one.row.is_out]
        errors, faults = sum(one.has_errors for one in taken), load_import_texts().faults
        if errors or not taken:
            raise _NotFitError(faults["errors"].replace("{count}", str(errors)) if errors else faults["nothing"])
        actor, revision = operator_actor(visit.operator.id), visit.form.number("revision") or 0
        commit_rows(connection, facts.found.id, revision, [one.read for one in taken], actor, visit.now)
        return f"{facts.root}?said=committed"
