"""Laws that change others: the list of them, and a new one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from fastapi import Response
from sqlalchemy import Connection

from console.editor.law_fields import FaultError, line, needed_day, paragraphs, sentence
from console.operator.room import Room
from console.security.access import Door, Visit
from desk.accounts.permissions import Permission
from desk.audit import AuditAction, actor_of, record
from desk.calendar.zone import vietnam_date
from editing.actor import operator_actor
from editing.relations.flag import flagged
from editing.relations.law import (
    DOCUMENT_CHARACTERS,
    NOTE_CHARACTERS,
    Law,
    NamelessLawError,
    NewLaw,
    laws,
    record_law,
)
from editing.relations.relation import Relation, RelationState, proposed_relations, relations_of

LAW_PAGE = "/console/knowledge/law"
LAWS_SHOWN = 100
FLAGS_READ = 2_000


def doors(room: Room) -> Sequence[Door]:
    """See console/operator/doors.py."""
    listing = _Listing(room)
    return (
        Door("GET", LAW_PAGE, Permission.READ_KNOWLEDGE, listing.page),
        Door("POST", LAW_PAGE, Permission.EDIT_KNOWLEDGE, listing.add),
    )


@dataclass(frozen=True)
class LawRow:
    """A law, what it does, and how many documents must still be looked at for it."""

    law: Law
    relations: tuple[Relation, ...]
    waiting: int
    to_review: int


@dataclass(frozen=True)
class _Listing:
    room: Room

    async def page(self, visit: Visit) -> Response:
        return await self._show(visit, None)

    async def add(self, visit: Visit) -> Response:
        """To the page of the law, also when somebody has recorded it before."""
        form = visit.form
        try:
            document, on = line(form, "document", DOCUMENT_CHARACTERS), needed_day(form, "effective_on")
            wanted = NewLaw(document, on, paragraphs(form, "note", NOTE_CHARACTERS, is_needed=False))
            law_id, is_new = await self.room.transactions.write(lambda connection: _add(connection, wanted, visit))
        except FaultError as fault:
            return await self._show(visit, fault)
        except NamelessLawError:
            return await self._show(visit, FaultError("nameless"))
        said = "law_recorded" if is_new else "law_known"
        return self.room.pages.done(visit, f"{LAW_PAGE}/{law_id}?said={said}")

    async def _show(self, visit: Visit, fault: FaultError | None) -> Response:
        rows, waiting = await self.room.transactions.read(_read)
        texts = self.room.editor.law_texts
        return self.room.pages.page(
            visit,
            "law_list.html",
            200 if fault is None else 422,
            rows=rows,
            waiting=waiting,
            today=vietnam_date(visit.now),
            typed=visit.form.fields,
            error="" if fault is None else sentence(texts, fault),
            words=texts,
        )


def _add(connection: Connection, wanted: NewLaw, visit: Visit) -> tuple[int, bool]:
    law_id, is_new = record_law(connection, wanted, operator_actor(visit.operator.id), visit.now)
    if is_new:
        detail = {"step": "recorded", "effective_on": wanted.effective_on.isoformat()}
        record(connection, actor_of(visit.operator.id), AuditAction.LAW_CHANGED, f"law:{law_id}", detail, visit.now)
    return law_id, is_new


def _read(connection: Connection) -> tuple[tuple[LawRow, ...], tuple[Relation, ...]]:
    waiting = proposed_relations(connection)
    open_ones = [each.flag.relation.law_id for each in flagged(connection, FLAGS_READ)]
    rows = tuple(_row(connection, law, open_ones) for law in laws(connection, LAWS_SHOWN))
    return rows, waiting


def _row(connection: Connection, law: Law, open_ones: Sequence[int]) -> LawRow:
    relations = tuple(
        each
        for each in relations_of(connection, law.id)
        if each.state in {RelationState.PROPOSED, RelationState.APPROVED}
    )
    waiting = sum(each.state is RelationState.PROPOSED for each in relations)
    return LawRow(law, relations, waiting, open_ones.count(law.id))
