"""Saying again what did not reach the citizen: once, and knowingly where it may have arrived."""

from __future__ import annotations

from collections.abc import Sequence
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


def doors(room: Room) -> Sequence[Door]:
    """See console/operator/doors.py."""
    again = _Again(room)
    return (Door("POST", "/console/conversations/{episode}/send-again", Permission.REPLY, again.send),)


@dataclass(frozen=True)
class _Again:
    room: Room

    async def send(self, visit: Visit) -> Response:
        """A message of its own, with a new try; pressing twice sends once."""
        number, sequence = visit.number("episode"), visit.form.number("sequence") or 0

        def work(connection: Connection) -> tuple[str, str] | RefusedError:
            stored = lock_episode(connection, number)
            item = readable_item(connection, number, visit.operator)
            if stored is None or Act.REPLY not in acts_of(item, visit.operator):
                return overtaken(connection, item.stored)
            return self._again(connection, visit, item, sequence)

        outcome = await self.room.transactions.write(work)
        if isinstance(outcome, RefusedError):
            raise outcome
        self.room.signals.announce(*outcome)
        return self.room.pages.done(visit, page_of(number), self.room.pages.texts.said["sent_again"])

    def _again(
        self, connection: Connection, visit: Visit, item: WorkItem, sequence: int
    ) -> tuple[str, str] | RefusedError:
        messages, conversation_id = self.room.messages, item.stored.conversation_id
        found = messages.repeatable(connection, conversation_id, sequence)
        if found is None:
            return RefusedError(Refusal.NOTHING_TO_REPEAT)
        if found.may_have_arrived and not visit.form.is_on("confirmed"):
            return RefusedError(Refusal.CONFIRM_REPEAT)
        limits = read_limits(connection, messages, item)
        if item.unreachable or (limits is not None and limits.standing(visit.now) is Standing.CLOSED):
            return RefusedError(Refusal.CANNOT_REACH)
        messages.say_again(connection, conversation_id, sequence, found.text, visit.now)
        return conversation_id, item.channel
