"""What a law does to another text: recorded by one person, approved by another, ended when it was a mistake."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from fastapi import Response
from sqlalchemy import Connection

from console.editor.law_fields import FaultError, day, line, needed_day, paragraphs, reason
from console.editor.law_list import LAW_PAGE
from console.editor.law_page import LawDayPage
from console.operator.room import Room
from console.security.access import Door, Visit
from console.security.form import Form
from console.security.refusal import Refusal, RefusedError
from desk.accounts.permissions import Permission
from desk.audit import AuditAction, actor_of, record
from editing.actor import operator_actor
from editing.errors import OwnDraftError, StaleError
from editing.relations.deciding import (
    InvalidRelationError,
    approve_relation,
    end_relation,
    propose,
    reject_relation,
)
from editing.relations.law import DOCUMENT_CHARACTERS
from editing.relations.relation import (
    ARTICLES_CHARACTERS,
    NOTE_CHARACTERS,
    NewRelation,
    RelationKind,
    relation_by_id,
)

Deciding = Callable[[Connection, int, Visit], dict[str, str | int | bool | None]]
"""Does it, and gives what the audit log says of it."""


def doors(room: Room) -> Sequence[Door]:
    """See console/operator/doors.py."""
    relations, one = _Relations(room), LAW_PAGE + "/relations/{relation}"
    return (
        Door("POST", LAW_PAGE + "/{law}/relations", Permission.EDIT_KNOWLEDGE, relations.add),
        Door("POST", one + "/approve", Permission.APPROVE_KNOWLEDGE, relations.approve),
        Door("POST", one + "/reject", Permission.APPROVE_KNOWLEDGE, relations.reject),
        Door("POST", one + "/withdraw", Permission.EDIT_KNOWLEDGE, relations.withdraw),
        Door("POST", one + "/end", Permission.APPROVE_KNOWLEDGE, relations.end),
    )


@dataclass(frozen=True)
class _Relations:
    room: Room

    async def add(self, visit: Visit) -> Response:
        number = visit.number("law")
        try:
            wanted = _wanted(visit.form, number)
            await self.room.transactions.write(lambda connection: _add(connection, wanted, visit))
        except FaultError as fault:
            return await LawDayPage(self.room).show(visit, number, fault)
        except InvalidRelationError as error:
            return await LawDayPage(self.room).show(visit, number, FaultError(error.fault.value))
        return self.room.pages.done(visit, f"{LAW_PAGE}/{number}?said=proposed#relations")

    async def approve(self, visit: Visit) -> Response:
        return await self._decide(visit, _approve, "approved")

    async def reject(self, visit: Visit) -> Response:
        return await self._decide(visit, _reject, "rejected")

    async def withdraw(self, visit: Visit) -> Response:
        """What nobody has approved yet, by its author: nothing follows from it."""
        return await self._decide(visit, _withdraw, "ended")

    async def end(self, visit: Visit) -> Response:
        return await self._decide(visit, _end, "ended")

    async def _decide(self, visit: Visit, deciding: Deciding, said: str) -> Response:
        number = visit.number("relation")
        found = await self.room.transactions.read(lambda connection: relation_by_id(connection, number))
        if found is None:
            raise RefusedError(Refusal.NOT_FOUND)

        def work(connection: Connection) -> None:
            detail = deciding(connection, number, visit)
            me, subject = actor_of(visit.operator.id), f"law:{found.law_id}"
            record(connection, me, AuditAction.LAW_CHANGED, subject, {**detail, "relation": number}, visit.now)

        try:
            await self.room.transactions.write(work)
        except FaultError as fault:
            return await LawDayPage(self.room).show(visit, found.law_id, fault)
        except StaleError:
            return await LawDayPage(self.room).show(visit, found.law_id, FaultError("moved"))
        except OwnDraftError:
            return await LawDayPage(self.room).show(visit, found.law_id, FaultError("own"))
        return self.room.pages.done(visit, f"{LAW_PAGE}/{found.law_id}?said={said}#relations")


def _wanted(form: Form, law_id: int) -> NewRelation:
    kind = form.text("kind")
    if kind not in set(RelationKind):
        raise FaultError("kind")
    return NewRelation(
        law_id,
        RelationKind(kind),
        line(form, "affected", DOCUMENT_CHARACTERS),
        line(form, "articles", ARTICLES_CHARACTERS, is_needed=False),
        needed_day(form, "valid_from"),
        day(form, "valid_to", is_needed=False),
        paragraphs(form, "note", NOTE_CHARACTERS, is_needed=False),
    )


def _add(connection: Connection, wanted: NewRelation, visit: Visit) -> None:
    relation = propose(connection, wanted, operator_actor(visit.operator.id), visit.now)
    detail = {"step": "proposed", "kind": wanted.kind.value, "relation": relation}
    me, subject = actor_of(visit.operator.id), f"law:{wanted.law_id}"
    record(connection, me, AuditAction.LAW_CHANGED, subject, detail, visit.now)


def _approve(connection: Connection, number: int, visit: Visit) -> dict[str, str | int | bool | None]:
    effects = approve_relation(connection, number, operator_actor(visit.operator.id), visit.now)
    return {"step": "approved", "flagged": effects.flagged, "held": effects.held, "marked": effects.marked}


def _reject(connection: Connection, number: int, visit: Visit) -> dict[str, str | int | bool | None]:
    why = reason(visit.form)
    reject_relation(connection, number, why, operator_actor(visit.operator.id), visit.now)
    return {"step": "rejected", "reason": why}


def _withdraw(connection: Connection, number: int, visit: Visit) -> dict[str, str | int | bool | None]:
    found = relation_by_id(connection, number)
    if found is None or found.author_id != visit.operator.id or found.decided_at is not None:
        raise StaleError
    end_relation(connection, number, "", operator_actor(visit.operator.id), visit.now)
    return {"step": "withdrawn"}


def _end(connection: Connection, number: int, visit: Visit) -> dict[str, str | int | bool | None]:
    why = reason(visit.form)
    end_relation(connection, number, why, operator_actor(visit.operator.id), visit.now)
    return {"step": "ended", "reason": why}
