"""An answer that was held back: sent as it is, or dropped because the operator answers otherwise."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from fastapi import Response
from sqlalchemy import Connection

from console.operator.limits import Standing
from console.operator.moves import overtaken, page_of
from console.operator.room import Room
from console.operator.talk import Act, acts_of, read_limits, readable_item
from console.security.access import Door, Visit
from console.security.refusal import Refusal, RefusedError
from desk.accounts.permissions import Permission
from desk.worklist import WorkItem, lock_episode

Deciding = Callable[[Connection, WorkItem], bool]


def doors(room: Room) -> Sequence[Door]:
    """See console/operator/doors.py."""
    held, root = _Held(room), "/console/conversations/{episode}/held/{held}"
    return (
        Door("POST", root + "/send", Permission.REPLY, held.send),
        Door("POST", root + "/drop", Permission.REPLY, held.drop),
    )


@dataclass(frozen=True)
class _Held:
    room: Room

    async def send(self, visit: Visit) -> Response:
        messages, held = self.room.messages, visit.number("held")

        def deciding(connection: Connection, item: WorkItem) -> bool:
            limits = read_limits(connection, messages, item)
            if item.unreachable or (limits is not None and limits.standing(visit.now) is Standing.CLOSED):
                raise RefusedError(Refusal.CANNOT_REACH)
            return messages.send_held(connection, item.stored.conversation_id, held, visit.operator.id, visit.now)

        return await self._decide(visit, deciding, "held_sent")

    async def drop(self, visit: Visit) -> Response:
        messages, held = self.room.messages, visit.number("held")

        def deciding(connection: Connection, item: WorkItem) -> bool:
            conversation_id = item.stored.conversation_id
            return messages.settle_held(connection, conversation_id, held, visit.operator.id, None, visit.now)

        return await self._decide(visit, deciding, "held_dropped")

    async def _decide(self, visit: Visit, deciding: Deciding, said: str) -> Response:
        number = visit.number("episode")

        def work(connection: Connection) -> tuple[str, str] | RefusedError:
            stored = lock_episode(connection, number)
            item = readable_item(connection, number, visit.operator)
            if stored is None or Act.REPLY not in acts_of(item, visit.operator):
                return overtaken(connection, item.stored)
            if not deciding(connection, item):
                return RefusedError(Refusal.HELD_DECIDED)
            return stored.conversation_id, item.channel

        outcome = await self.room.transactions.write(work)
        if isinstance(outcome, RefusedError):
            raise outcome
        self.room.signals.announce(*outcome)
        return self.room.pages.done(visit, page_of(number), self.room.pages.texts.said[said])
