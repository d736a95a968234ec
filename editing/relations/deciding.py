"""A relation between texts from its record to its end: one person records it, another approves, then it has effects.

What an approved relation does: each document that rests on the changed places must be looked at; and during a
suspension answers from them are shown to a person before they are sent.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Connection, insert, update

from desk.notices.hold import end_holds_of
from editing.actor import Actor
from editing.errors import OwnDraftError, StaleError
from editing.relations.dependents import Dependent, Tie, dependents_of
from editing.relations.flag import drop_flags_of, open_flag
from editing.relations.law import key_of, law_by_id
from editing.relations.marking import mark
from editing.relations.relation import (
    NewRelation,
    Relation,
    RelationKind,
    RelationState,
    knowledge_relations,
    relation_by_id,
)
from editing.relations.suspending import hold_all, target_of


class RelationFault(StrEnum):
    """What is wrong in what was filled in."""

    NO_LAW = "no_law"
    NAMELESS = "nameless"  # the affected text has neither number nor name
    ITSELF = "itself"  # a text does not change itself
    NO_END = "no_end"  # a suspension needs its last day
    END_BEFORE_START = "end_before_start"


class InvalidRelationError(ValueError):
    """It cannot be recorded like this."""

    def __init__(self, fault: RelationFault) -> None:
        super().__init__(fault.value)
        self.fault = fault


@dataclass(frozen=True)
class Effects:
    """What an approval did: documents that must be looked at, answers that will be held, directives that say it."""

    flagged: int
    held: int
    marked: int


def propose(connection: Connection, wanted: NewRelation, actor: Actor, now: datetime) -> int:
    """Its id; it has no effect before somebody else approves it. Raises InvalidRelationError."""
    key = _affected_key(connection, wanted)
    is_suspension = wanted.kind is RelationKind.SUSPENDS
    if is_suspension and wanted.valid_to is None:
        raise InvalidRelationError(RelationFault.NO_END)
    if is_suspension and wanted.valid_to is not None and wanted.valid_to < wanted.valid_from:
        raise InvalidRelationError(RelationFault.END_BEFORE_START)
    values = {
        "law_id": wanted.law_id,
        "kind": wanted.kind,
        "affected": wanted.affected,
        "affected_key": key,
        "articles": wanted.articles,
        "valid_from": wanted.valid_from,
        "valid_to": wanted.valid_to if is_suspension else None,
        "note": wanted.note,
        "state": RelationState.PROPOSED,
        "author_id": actor.operator_id or 0,
        "created_at": now,
    }
    making = insert(knowledge_relations).values(**values).returning(knowledge_relations.c.id)
    return int(connection.execute(making).scalar_one())


def approve_relation(connection: Connection, relation_id: int, actor: Actor, now: datetime) -> Effects:
    """Raises OwnDraftError for who recorded it, StaleError when it is decided already."""
    found = _found(connection, relation_id)
    if found.author_id == actor.operator_id:
        raise OwnDraftError
    decided = {"decided_by": actor.operator_id, "decided_at": now}
    _move(connection, found, RelationState.PROPOSED, state=RelationState.APPROVED, **decided)
    dependents = dependents_of(connection, target_of(found))
    flagged = sum(open_flag(connection, each.document_id, found.id, now) for each in dependents)
    held = 0
    if found.kind is RelationKind.SUSPENDS:
        held = hold_all(connection, found, dependents, actor.operator_id or 0, now)
    return Effects(flagged, held, _mark_all(connection, found, dependents, actor, now))


def reject_relation(connection: Connection, relation_id: int, reason: str, actor: Actor, now: datetime) -> None:
    """Raises StaleError when it is decided already."""
    found = _found(connection, relation_id)
    decided = {"decided_by": actor.operator_id, "decided_at": now, "decision_note": reason}
    _move(connection, found, RelationState.PROPOSED, state=RelationState.REJECTED, **decided)


def end_relation(connection: Connection, relation_id: int, reason: str, actor: Actor, now: datetime) -> None:
    """Recorded or approved by mistake: its flags are dropped, its holds end. Raises StaleError when it is over."""
    found = _found(connection, relation_id)
    if found.state not in {RelationState.PROPOSED, RelationState.APPROVED}:
        raise StaleError
    operator_id = actor.operator_id or 0
    ended = {"ended_by": operator_id, "ended_at": now, "decision_note": reason}
    _move(connection, found, found.state, state=RelationState.ENDED, **ended)
    drop_flags_of(connection, found.id, operator_id, reason, now)
    end_holds_of(connection, found.id, operator_id, now)


def _affected_key(connection: Connection, wanted: NewRelation) -> str:
    law = law_by_id(connection, wanted.law_id)
    if law is None:
        raise InvalidRelationError(RelationFault.NO_LAW)
    try:
        key = key_of(wanted.affected)
    except ValueError as error:
        raise InvalidRelationError(RelationFault.NAMELESS) from error
    if key == law.number_key:
        raise InvalidRelationError(RelationFault.ITSELF)
    return key


def _mark_all(
    connection: Connection, found: Relation, dependents: tuple[Dependent, ...], actor: Actor, now: datetime
) -> int:
    law = law_by_id(connection, found.law_id)
    texts = [each for each in dependents if each.tie is Tie.IS_IT]
    return sum(mark(connection, each.document_id, found, law, actor, now) for each in texts) if law is not None else 0


def _found(connection: Connection, relation_id: int) -> Relation:
    found = relation_by_id(connection, relation_id)
    if found is None:
        raise StaleError
    return found


def _move(connection: Connection, found: Relation, seen: RelationState, **values: object) -> None:
    mine = (knowledge_relations.c.id == found.id, knowledge_relations.c.state == seen)
    if not connection.execute(update(knowledge_relations).where(*mine).values(**values)).rowcount:
        raise StaleError
