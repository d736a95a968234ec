"""What editors do with a gap. Each names the revision that it saw; StaleError when somebody was quicker."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, null, select, update

from desk.audit import AuditAction, record
from editing.actor import Actor
from editing.errors import StaleError, WrongStateError
from editing.gaps.beginning import begin_gap
from editing.gaps.cluster import NOTE_CHARACTERS, TITLE_CHARACTERS, UNSETTLED, GapState, gap_clusters
from editing.gaps.history import GapEvent, note_event
from editing.gaps.question import gap_questions


@dataclass(frozen=True)
class Seen:
    """A gap as somebody saw it on their page."""

    id: int
    revision: int


def assign(connection: Connection, seen: Seen, assignee_id: int | None, actor: Actor, now: datetime) -> None:
    """To somebody, or to nobody for None. Raises WrongStateError for a settled one."""
    state = _state(connection, seen)
    if state not in UNSETTLED:
        raise WrongStateError(f"gap {seen.id} is {state.value}")
    if state is not GapState.WRITING:
        state = GapState.OPEN if assignee_id is None else GapState.ASSIGNED
    _change(connection, seen, {"assignee_id": assignee_id, "state": state.value}, now)
    _note(connection, seen, actor, GapEvent.ASSIGNED, "" if assignee_id is None else str(assignee_id), now)


def describe(connection: Connection, seen: Seen, title: str, note: str, actor: Actor, now: datetime) -> None:
    """A name of its own, and what colleagues should know; both may be empty, and are cut at their limits."""
    values = {"title": " ".join(title.split())[:TITLE_CHARACTERS], "note": note.strip()[:NOTE_CHARACTERS]}
    _change(connection, seen, values, now)
    _note(connection, seen, actor, GapEvent.NOTED, "", now)


def begin_entry(connection: Connection, seen: Seen, document: str, actor: Actor, now: datetime, is_new: bool) -> None:
    """An entry is being written for it, or extended: it counts as answered when that goes live."""
    values = {"state": GapState.WRITING.value, "document": document, "document_at": now, "settled_at": None}
    _change(connection, seen, {**values, "checked_snapshot": ""}, now)
    _note(connection, seen, actor, GapEvent.ENTRY_STARTED if is_new else GapEvent.ENTRY_EXTENDED, document, now)


def answered_by(connection: Connection, seen: Seen, document: str, actor: Actor, now: datetime) -> None:
    """By an entry that is live as it stands; its questions are asked again soon."""
    values = {"state": GapState.ANSWERED.value, "document": document, "document_at": now, "checked_snapshot": ""}
    _settle(connection, seen, values, now)
    _note(connection, seen, actor, GapEvent.ANSWERED, document, now)


def out_of_scope(connection: Connection, seen: Seen, actor: Actor, now: datetime) -> None:
    """Nothing for this base."""
    _settle(connection, seen, {"state": GapState.OUT_OF_SCOPE.value}, now)
    _note(connection, seen, actor, GapEvent.OUT_OF_SCOPE, "", now)


def open_again(connection: Connection, seen: Seen, actor: Actor, now: datetime) -> None:
    """What was settled by mistake. The questions of a duplicate stay where they were put."""
    _change(connection, seen, {"state": GapState.OPEN.value, "settled_at": None, "duplicate_of": None}, now)
    _note(connection, seen, actor, GapEvent.OPENED, "", now)


def put_to(connection: Connection, seen: Seen, target_id: int, actor: Actor, now: datetime) -> None:
    """It means the same as another: its questions go there, and so do those to come.

    Raises WrongStateError when the other is not there, is itself a duplicate, or is this one.
    """
    other = connection.execute(select(gap_clusters.c.state).where(gap_clusters.c.id == target_id)).one_or_none()
    if other is None or other.state == GapState.DUPLICATE or target_id == seen.id:
        raise WrongStateError(f"gap {target_id} takes no questions of gap {seen.id}")
    _settle(connection, seen, {"state": GapState.DUPLICATE.value, "duplicate_of": target_id}, now)
    mine = update(gap_questions).where(gap_questions.c.cluster_id == seen.id)
    connection.execute(mine.values(cluster_id=target_id))
    further = update(gap_clusters).where(gap_clusters.c.duplicate_of == seen.id)
    connection.execute(further.values(duplicate_of=target_id))
    _note(connection, seen, actor, GapEvent.DUPLICATE, str(target_id), now)
    note_event(connection, target_id, actor.name, GapEvent.MERGED, str(seen.id), now)


def split(connection: Connection, seen: Seen, question_ids: Iterable[int], actor: Actor, now: datetime) -> int:
    """These questions mean something else: the id of their new gap. Raises WrongStateError when none of them is here.

    Both are placed anew among the others in the next round of sorting.
    """
    chosen = set(question_ids)
    here = select(gap_questions.c.id).where(gap_questions.c.cluster_id == seen.id)
    own = set(connection.execute(here).scalars())
    moved = chosen & own
    if not moved or moved == own:
        raise WrongStateError(f"gap {seen.id}: {len(moved)} of {len(own)} questions cannot be split off")
    _change(connection, seen, {"vector": null(), "model": "", "central_id": None}, now)
    new_id = begin_gap(connection, now)
    connection.execute(update(gap_questions).where(gap_questions.c.id.in_(moved)).values(cluster_id=new_id))
    _note(connection, seen, actor, GapEvent.SPLIT, f"{len(moved)} → {new_id}", now)
    note_event(connection, new_id, actor.name, GapEvent.SPLIT, f"{len(moved)} ← {seen.id}", now)
    return new_id


def _state(connection: Connection, seen: Seen) -> GapState:
    found = connection.execute(select(gap_clusters.c.state).where(gap_clusters.c.id == seen.id)).scalar_one_or_none()
    if found is None:
        raise WrongStateError(f"there is no gap {seen.id}")
    return GapState(found)


def _settle(connection: Connection, seen: Seen, values: Mapping[str, Any], now: datetime) -> None:
    _change(connection, seen, {**values, "settled_at": now, "reopened_at": None}, now)


def _change(connection: Connection, seen: Seen, values: Mapping[str, Any], now: datetime) -> None:
    same = (gap_clusters.c.id == seen.id, gap_clusters.c.revision == seen.revision)
    changed = update(gap_clusters).where(*same).values({**values, "revision": seen.revision + 1, "updated_at": now})
    if not connection.execute(changed).rowcount:
        raise StaleError(f"gap {seen.id} was changed since revision {seen.revision}")


def _note(connection: Connection, seen: Seen, actor: Actor, event: GapEvent, note: str, now: datetime) -> None:
    note_event(connection, seen.id, actor.name, event, note, now)
    record(connection, actor.name, AuditAction.GAP_HANDLED, f"gap:{seen.id}", {"what": event.value, "to": note}, now)
