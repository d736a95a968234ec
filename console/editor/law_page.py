"""The day of one law: what it changes, what hangs on that, and everything prepared for the day, in one place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from fastapi import Response
from sqlalchemy import Connection

from console.editor.law_fields import FaultError, needed_day, paragraphs, sentence
from console.editor.law_list import LAW_PAGE
from console.operator.room import Room, names_of_operators
from console.security.access import Door, Visit
from console.security.refusal import Refusal, RefusedError
from desk.accounts.permissions import Permission
from desk.audit import AuditAction, actor_of, record
from desk.calendar.zone import vietnam_date
from desk.notices.announcement import Announcement, list_announcements
from desk.notices.hold import Hold, list_holds
from editing.relations.dependents import Dependent, dependents_among, published_base
from editing.relations.flag import Flag, open_flags
from editing.relations.law import NOTE_CHARACTERS, Law, change_law, law_by_id
from editing.relations.relation import Relation, RelationKind, RelationState, relations_of
from editing.relations.suspending import target_of
from editing.scheduled import Scheduled, scheduled_for
from editing.version import Version
from editing.versions import open_versions_of

SHOWN = 50


def doors(room: Room) -> Sequence[Door]:
    """See console/operator/doors.py."""
    page = LawDayPage(room)
    return (
        Door("GET", LAW_PAGE + "/{law}", Permission.READ_KNOWLEDGE, page.page),
        Door("POST", LAW_PAGE + "/{law}", Permission.EDIT_KNOWLEDGE, page.change),
    )


@dataclass(frozen=True)
class DependentRow:
    """A document that hangs on the law. `flags` are those still open; `draft` is what is being written of it."""

    dependent: Dependent
    flags: tuple[Flag, ...]
    draft: Version | None
    was_flagged: bool


@dataclass(frozen=True)
class LawDay:
    """All that is known for the day."""

    law: Law
    relations: tuple[Relation, ...]
    dependents: tuple[DependentRow, ...]
    announcements: tuple[Announcement, ...]
    holds: tuple[Hold, ...]
    scheduled: tuple[Scheduled, ...]
    names: dict[int, str]

    @property
    def to_review(self) -> int:
        """How many documents must still be looked at."""
        return sum(bool(row.flags) for row in self.dependents)


@dataclass(frozen=True)
class LawDayPage:
    """Shown again, with what was typed and why it was not taken, by all that is posted from it."""

    room: Room

    async def page(self, visit: Visit) -> Response:
        """The page as it stands."""
        return await self.show(visit, visit.number("law"), None)

    async def change(self, visit: Visit) -> Response:
        """The day, and the note."""
        number, form = visit.number("law"), visit.form
        try:
            on = needed_day(form, "effective_on")
            note = paragraphs(form, "note", NOTE_CHARACTERS, is_needed=False)
        except FaultError as fault:
            return await self.show(visit, number, fault)
        if not await self.room.transactions.write(lambda connection: _change(connection, number, on, note, visit)):
            raise RefusedError(Refusal.NOT_FOUND)
        return self.room.pages.done(visit, f"{LAW_PAGE}/{number}?said=law_changed")

    async def show(self, visit: Visit, number: int, fault: FaultError | None) -> Response:
        """Raises RefusedError for a law that does not exist."""
        found = await self.room.transactions.read(lambda connection: read_law_day(connection, number))
        texts, said = self.room.editor.law_texts, visit.query("said", 32)
        return self.room.pages.page(
            visit,
            "law_page.html",
            200 if fault is None else 422,
            found=found,
            relation_kinds=tuple(RelationKind),
            today=vietnam_date(visit.now),
            typed=visit.form.fields,
            said=texts.said.get(said, "") if fault is None else "",
            error="" if fault is None else sentence(texts, fault),
            words=texts,
            labels=self.room.editor.texts,
        )


def read_law_day(connection: Connection, number: int) -> LawDay:
    """Raises RefusedError when there is no such law."""
    law = law_by_id(connection, number)
    if law is None:
        raise RefusedError(Refusal.NOT_FOUND)
    relations = relations_of(connection, number)
    return LawDay(
        law=law,
        relations=relations,
        dependents=_dependents(connection, number, relations),
        announcements=list_announcements(connection, SHOWN, number),
        holds=list_holds(connection, SHOWN, number),
        scheduled=scheduled_for(connection, law.effective_on),
        names=names_of_operators(connection),
    )


def _dependents(connection: Connection, law_id: int, relations: Sequence[Relation]) -> tuple[DependentRow, ...]:
    """Of what is recorded and of what is approved: who records it wants to know what it will touch."""
    found: dict[int, Dependent] = {}
    approved: set[int] = set()
    published = published_base(connection)
    for relation in relations:
        if relation.state not in {RelationState.PROPOSED, RelationState.APPROVED}:
            continue
        for each in dependents_among(published, target_of(relation)):
            found.setdefault(each.document_id, each)
            if relation.state is RelationState.APPROVED:
                approved.add(each.document_id)
    flags, drafts = open_flags(connection, tuple(found)), open_versions_of(connection, found)
    return tuple(
        DependentRow(
            each,
            tuple(flag for flag in flags.get(each.document_id, ()) if flag.relation.law_id == law_id),
            drafts.get(each.document_id),
            each.document_id in approved,
        )
        for each in found.values()
    )


def _change(connection: Connection, number: int, on: date, note: str, visit: Visit) -> bool:
    if not change_law(connection, number, on, note):
        return False
    detail = {"step": "changed", "effective_on": on.isoformat()}
    record(connection, actor_of(visit.operator.id), AuditAction.LAW_CHANGED, f"law:{number}", detail, visit.now)
    return True
