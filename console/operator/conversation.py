"""The page of one conversation, and what has changed in it since it was opened."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from fastapi import Response
from sqlalchemy import Connection

from console.operator.desk_page import Surroundings, read_surroundings
from console.operator.room import Room
from console.operator.talk import Talk, read_talk, readable_item
from console.security.access import Door, Visit
from desk.accounts.operator import Operator, list_operators
from desk.accounts.permissions import Permission, may
from desk.audit import AuditAction, actor_of, record
from desk.handoff.state import CloseReason
from desk.presence import Presence, all_presences

CHOSEN_REASONS = tuple(
    reason for reason in CloseReason if reason not in {CloseReason.IDLE, CloseReason.LEFT, CloseReason.WITHDRAWN}
)


@dataclass(frozen=True)
class Colleague:
    """Somebody a conversation can be handed to."""

    id: int
    name: str
    presence: Presence


def doors(room: Room) -> Sequence[Door]:
    """See console/operator/doors.py."""
    page = _Conversation(room)
    need = Permission.READ_OWN_CONVERSATIONS
    return (
        Door("GET", "/console/conversations/{episode}", need, page.show),
        Door("GET", "/console/conversations/{episode}/news", need, page.news, is_by_itself=True),
        Door("GET", "/console/conversations/{episode}/colleagues", Permission.FORWARD, page.colleagues),
    )


@dataclass(frozen=True)
class _Conversation:
    room: Room

    async def show(self, visit: Visit) -> Response:
        talk, around = await self.room.transactions.write(lambda connection: self._open(connection, visit))
        return self.room.pages.page(
            visit, "desk.html", talk=talk, around=around, selected=talk.item.stored.id, close_reasons=CHOSEN_REASONS
        )

    async def news(self, visit: Visit) -> Response:
        after, after_note = _number(visit, "after"), _number(visit, "note")

        def work(connection: Connection) -> Talk:
            item = readable_item(connection, visit.number("episode"), visit.operator)
            return read_talk(connection, self.room.messages, item, visit.operator, after, after_note)

        talk = await self.room.transactions.read(work)
        return self.room.pages.part(visit, "news.html", talk=talk, close_reasons=CHOSEN_REASONS)

    async def colleagues(self, visit: Visit) -> Response:
        def work(connection: Connection) -> tuple[Colleague, ...]:
            readable_item(connection, visit.number("episode"), visit.operator)
            return colleagues_of(connection, self.room, visit)

        found = await self.room.transactions.read(work)
        return self.room.pages.part(visit, "colleagues.html", colleagues=found)

    def _open(self, connection: Connection, visit: Visit) -> tuple[Talk, Surroundings]:
        """Reading somebody's words leaves a line in the audit log."""
        item = readable_item(connection, visit.number("episode"), visit.operator)
        me, subject = actor_of(visit.operator.id), f"conversation:{item.stored.conversation_id}"
        record(connection, me, AuditAction.CONVERSATION_READ, subject, {"episode": item.stored.id}, visit.now)
        talk = read_talk(connection, self.room.messages, item, visit.operator)
        return talk, read_surroundings(connection, self.room, visit)


def colleagues_of(connection: Connection, room: Room, visit: Visit) -> tuple[Colleague, ...]:
    """Those who are there and take conversations, the free ones first."""
    present = {each.operator_id: each.presence for each in all_presences(connection, visit.now, room.presence)}
    ready = (Presence.ONLINE, Presence.BUSY)
    found = [
        Colleague(operator.id, operator.display_name, present[operator.id])
        for operator in list_operators(connection)
        if operator.id != visit.operator.id and present.get(operator.id) in ready and can_take(operator)
    ]
    return tuple(sorted(found, key=lambda colleague: (ready.index(colleague.presence), colleague.name)))


def can_take(operator: Operator) -> bool:
    """Whether conversations may be handed to this account."""
    return may(operator, Permission.TAKE_CONVERSATIONS)


def _number(visit: Visit, name: str) -> int:
    value = visit.query(name, 18)
    return int(value) if value.isascii() and value.isdecimal() else 0
