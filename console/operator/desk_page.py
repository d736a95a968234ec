"""The desk: list, conversation and card side by side; the list alone, for pages that are open already."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from fastapi import Response
from sqlalchemy import Connection

from console.operator.room import Room
from console.operator.worklist import Filters, Worklist, read_worklist
from console.security.access import Door, Visit
from desk.accounts.permissions import Permission
from desk.presence import Presence, Present, presence_of

WORDS_CHARACTERS = 80


def doors(room: Room) -> Sequence[Door]:
    """See console/operator/doors.py. What is looked for is posted: it would else stand in addresses and in logs."""
    desk = _Desk(room)
    return (
        Door("GET", "/console/desk", Permission.VIEW_QUEUE, desk.page),
        Door("POST", "/console/desk", Permission.VIEW_QUEUE, desk.page),
        Door("GET", "/console/worklist", Permission.VIEW_QUEUE, desk.list, is_by_itself=True),
        Door("POST", "/console/worklist", Permission.VIEW_QUEUE, desk.list, is_by_itself=True),
    )


@dataclass(frozen=True)
class Surroundings:
    """What stands around a conversation. `presence` is None for somebody who never sat down."""

    worklist: Worklist
    filters: Filters
    presence: Presence | None


@dataclass(frozen=True)
class _Desk:
    room: Room

    async def page(self, visit: Visit) -> Response:
        around = await self.room.transactions.read(partial(read_surroundings, room=self.room, visit=visit))
        return self.room.pages.page(visit, "desk.html", around=around, talk=None, selected=0)

    async def list(self, visit: Visit) -> Response:
        around = await self.room.transactions.read(partial(read_surroundings, room=self.room, visit=visit))
        selected = int(value) if (value := visit.given("selected", 18)).isdecimal() else 0
        return self.room.pages.part(visit, "worklist.html", around=around, selected=selected)


def read_surroundings(connection: Connection, room: Room, visit: Visit) -> Surroundings:
    """List, its filters, and how the operator stands."""
    words = visit.form.text("words")[:WORDS_CHARACTERS].strip()
    filters = Filters(visit.given("channel", 32), visit.given("reason", 32), words)
    worklist = read_worklist(connection, room.messages, visit.operator, filters)
    present: Present | None = presence_of(connection, visit.operator.id, visit.now, room.presence)
    return Surroundings(worklist, filters, None if present is None else present.presence)
