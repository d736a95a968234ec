"""A supervisor gives a conversation to somebody: from the queue, or from whoever has it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from fastapi import Response
from sqlalchemy import Connection

from console.operator.moves import overtaken
from console.operator.room import Room
from console.operator.talk import readable_item
from console.security.access import Door, Visit
from console.security.refusal import Refusal, RefusedError
from console.supervisor.board import PAGE
from desk.accounts.permissions import Permission
from desk.audit import AuditAction, actor_of, record
from desk.board import Load, loads
from desk.handoff.episode import MoveRefusedError
from desk.handoff.log import OvertakenError, episode_by_id
from desk.handoff.moves import reassign
from desk.handoff.state import OPERATOR_OWNS, State
from desk.worklist import WorkItem, lock_episode, open_work, work_item

REASSIGNED = OPERATOR_OWNS | {State.QUEUED}


def doors(room: Room) -> Sequence[Door]:
    """See console/supervisor/doors.py."""
    assigning, path = _Reassigning(room), "/console/conversations/{episode}/reassign"
    return (
        Door("GET", path, Permission.REASSIGN, assigning.page),
        Door("POST", path, Permission.REASSIGN, assigning.give),
    )


@dataclass(frozen=True)
class Choice:
    """The conversation, its owner's name (or empty), and who may have it."""

    item: WorkItem
    owner: str
    here: tuple[Load, ...]


@dataclass(frozen=True)
class _Reassigning:
    room: Room

    async def page(self, visit: Visit) -> Response:
        choice = await self.room.transactions.read(lambda connection: self._choice(connection, visit))
        return self.room.pages.page(visit, "board_reassign.html", choice=choice)

    async def give(self, visit: Visit) -> Response:
        """The citizen hears who comes, once; the one who had it sees it go. Raises RefusedError."""
        to = visit.form.number("to")

        def work(connection: Connection) -> tuple[str, str] | RefusedError:
            return self._give(connection, visit, to)

        outcome = await self.room.transactions.write(work)
        if isinstance(outcome, RefusedError):
            raise outcome
        self.room.signals.announce(*outcome)
        return self.room.pages.done(visit, f"{PAGE}?said=reassigned")

    def _choice(self, connection: Connection, visit: Visit) -> Choice:
        item = readable_item(connection, visit.number("episode"), visit.operator)
        if item.stored.episode.state not in REASSIGNED:
            raise overtaken(connection, item.stored)
        everybody = loads(connection, open_work(connection), visit.now, self.room.presence)
        owner = item.stored.episode.operator_id
        name = next((load.operator.display_name for load in everybody if load.operator.id == owner), "")
        return Choice(item, name, tuple(load for load in everybody if load.is_here and load.operator.id != owner))

    def _give(self, connection: Connection, visit: Visit, to: int | None) -> tuple[str, str] | RefusedError:
        stored = lock_episode(connection, visit.number("episode"))
        item = None if stored is None else work_item(connection, stored.id)
        if stored is None or item is None:
            return RefusedError(Refusal.NOT_FOUND)
        if stored.episode.state not in REASSIGNED:
            return overtaken(connection, stored)
        # What the supervisor saw: whoever claimed it since is not robbed of it by a click that meant the queue.
        if visit.form.number("version") not in (None, stored.episode.version):
            return RefusedError(Refusal.MOVED_MEANWHILE)
        before = stored.episode.operator_id
        everybody = {load.operator.id: load for load in loads(connection, (), visit.now, self.room.presence)}
        load = everybody.get(to or 0)
        if load is None:
            return RefusedError(Refusal.COLLEAGUE_UNKNOWN)
        if load.operator.id == before:
            return RefusedError(Refusal.HAS_IT_ALREADY, {"name": load.operator.display_name})
        if not load.is_here:
            return RefusedError(Refusal.COLLEAGUE_AWAY)
        name = self.room.pages.texts.shown_to_citizens(load.operator.display_name)
        try:
            moved = reassign(connection, stored, visit.operator.id, load.operator.id, name, visit.now)
        except (MoveRefusedError, OvertakenError):
            return overtaken(connection, episode_by_id(connection, stored.id) or stored)
        self.room.messages.tell(connection, stored.conversation_id, moved.sentences, visit.now)
        detail = {"episode": stored.id, "from": before, "to": load.operator.id}
        me, subject = actor_of(visit.operator.id), f"conversation:{stored.conversation_id}"
        record(connection, me, AuditAction.CONVERSATION_REASSIGNED, subject, detail, visit.now)
        return stored.conversation_id, item.channel
