"""A suspension holds the answers that rest on the suspended places: those there are, and those that come later."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, datetime, time, timedelta

from sqlalchemy import Connection, select

from desk.calendar.zone import VIETNAM, vietnam_date
from desk.notices.hold import NewHold, Scope, hold, names_held_for
from editing.document import DocumentKind
from editing.relations.dependents import Dependent, Target, Tie, dependents_among, published_base
from editing.relations.law import law_by_id
from editing.relations.relation import Relation, RelationKind, RelationState, knowledge_relations, relation_by_id


def target_of(relation: Relation) -> Target:
    """What it changes, for looking up what hangs on it."""
    return Target(relation.affected_key, relation.articles, relation.valid_from)


def hold_all(
    connection: Connection, found: Relation, dependents: Iterable[Dependent], operator_id: int, now: datetime
) -> int:
    """How many are held. Parameters say nothing by themselves: what uses them is held."""
    said = [each for each in dependents if each.kind is not DocumentKind.PARAMETER]
    for each in said:
        hold(connection, _wanted(connection, found, each), operator_id, now)
    return len(said)


def hold_what_came(connection: Connection, document_ids: Collection[int], now: datetime) -> int:
    """After a release: its documents that rest on what is suspended, or will be, and are not held for it yet."""
    held = 0
    suspensions = tuple(_open_suspensions(connection, vietnam_date(now)))
    if not suspensions:
        return 0
    published = published_base(connection)
    for found in suspensions:
        known = names_held_for(connection, found.id)
        came = [
            each
            for each in dependents_among(published, target_of(found))
            if each.document_id in document_ids and each.name not in known
        ]
        held += hold_all(connection, found, came, found.decided_by or 0, now)
    return held


def _open_suspensions(connection: Connection, today: date) -> list[Relation]:
    columns = knowledge_relations.c
    statement = select(columns.id).where(
        columns.kind == RelationKind.SUSPENDS, columns.state == RelationState.APPROVED, columns.valid_to >= today
    )
    found = (relation_by_id(connection, relation_id) for relation_id in connection.execute(statement).scalars().all())
    return [relation for relation in found if relation is not None]


def _wanted(connection: Connection, found: Relation, each: Dependent) -> NewHold:
    law = law_by_id(connection, found.law_id)
    return NewHold(
        scope=Scope.DOCUMENT,
        name=each.name,
        articles=found.articles if each.tie is Tie.IS_IT else "",
        reason=law.document if law is not None else found.affected,
        starts_at=_midnight(found.valid_from),
        ends_at=_midnight((found.valid_to or found.valid_from) + timedelta(days=1)),
        law_id=found.law_id,
        relation_id=found.id,
    )


def _midnight(day: date) -> datetime:
    """When the day begins in Vietnam."""
    return datetime.combine(day, time(), VIETNAM)
