"""Tells open pages that something changed; they fetch what changed themselves (server-sent events)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial

from fastapi import Response
from fastapi.responses import StreamingResponse
from sqlalchemy import Connection

from console.operator.room import Room
from console.operator.talk import readable_item
from console.operator.worklist import Board, read_board
from console.ports import Watch
from console.security.access import Door, Visit
from desk.accounts.permissions import Permission
from desk.accounts.session import session_of
from desk.handoff.state import State
from desk.notes import last_note

LOOK_SECONDS = 1.0
HEARTBEAT_LOOKS = 15
SESSION_LOOKS = 30
SHARED = timedelta(seconds=0.8)
RETRY = "retry: 2000\n\n"
HEARTBEAT = ": heartbeat\n\n"
ENDED = "event: ended\ndata: {}\n\n"


def doors(room: Room) -> Sequence[Door]:
    """See console/operator/doors.py."""
    streams = _Streams(room)
    return (Door("GET", "/console/events", Permission.VIEW_QUEUE, streams.open, is_by_itself=True),)


@dataclass
class _SharedBoard:
    """One reading of the board serves all pages of this process that look within a second."""

    room: Room
    board: Board | None = None
    read_at: datetime | None = None

    async def look(self, now: datetime) -> Board:
        if self.board is None or self.read_at is None or now - self.read_at >= SHARED:
            self.read_at = now
            self.board = await self.room.transactions.read(partial(read_board, messages=self.room.messages))
        return self.board


@dataclass(frozen=True)
class _Open:
    """One open page: whose, and which conversation it shows (None: only the list)."""

    visit: Visit
    token: str
    episode_id: int | None
    conversation_id: str


@dataclass
class _Streams:
    room: Room
    shared: _SharedBoard = field(init=False)

    def __post_init__(self) -> None:
        self.shared = _SharedBoard(self.room)

    async def open(self, visit: Visit) -> Response:
        given = visit.query("episode", 18)
        episode_id = int(given) if given.isascii() and given.isdecimal() else None
        conversation_id = ""
        if episode_id is not None:
            finding = partial(readable_item, episode_id=episode_id, operator=visit.operator)
            conversation_id = (await self.room.transactions.read(finding)).stored.conversation_id
        page = _Open(visit, self.room.cookie.read(visit.request), episode_id, conversation_id)
        headers = {"X-Accel-Buffering": "no"}
        return StreamingResponse(self._events(page), media_type="text/event-stream", headers=headers)

    async def _events(self, page: _Open) -> AsyncIterator[str]:
        yield RETRY
        with self.room.signals.watch(page.conversation_id) as watch:
            async for event in self._watched(page, watch):
                yield event

    async def _watched(self, page: _Open, watch: Watch) -> AsyncIterator[str]:
        seen: dict[str, str] = {}
        looks = 0
        while not self.room.signals.closed:
            looks += 1
            if looks % SESSION_LOOKS == 0 and not await self._is_signed_in(page):
                yield ENDED
                return
            news = await self._look(page)
            for name, data in news.items():
                if seen.get(name) != data:
                    yield f"event: {name}\ndata: {data}\n\n"
            seen = news
            if looks % HEARTBEAT_LOOKS == 0:
                yield HEARTBEAT
            await watch.wait(LOOK_SECONDS)

    async def _look(self, page: _Open) -> dict[str, str]:
        news = {"worklist": _of_list(await self.shared.look(self.room.clock()), page.visit.operator.id)}
        if page.episode_id is not None:
            news["conversation"] = await self.room.transactions.read(partial(self._of_conversation, page=page))
        return news

    def _of_conversation(self, connection: Connection, page: _Open) -> str:
        board = self.shared.board
        versions = [
            item.stored.episode.version
            for item in (board.items if board is not None else ())
            if item.stored.id == page.episode_id
        ]
        pulse = self.room.messages.pulse(connection, page.conversation_id)
        note = last_note(connection, page.conversation_id)
        return json.dumps({"pulse": pulse, "version": versions[0] if versions else None, "note": note})

    async def _is_signed_in(self, page: _Open) -> bool:
        looking = partial(session_of, token=page.token, now=self.room.clock())
        return await self.room.transactions.read(looking) is not None


def _of_list(board: Board, operator_id: int) -> str:
    """What this operator has to be called for, and a digest of the rest: the page asks for the list when it changes."""
    mine = board.mine(operator_id)
    last = {item.stored.id: board.last.get(item.stored.conversation_id) for item in board.items}
    everything = [
        (item.stored.id, item.stored.episode.version, item.unreachable, str(last[item.stored.id]))
        for item in board.items
    ]
    unanswered = [item.stored.id for item in mine if (said := last[item.stored.id]) is not None and said.waits_for_us]
    return json.dumps(
        {
            "waiting": [item.stored.id for item in board.in_state(State.QUEUED)],
            "offered": [item.stored.id for item in board.offered(operator_id)],
            "mine": [item.stored.id for item in mine],
            "unanswered": unanswered,
            # A digest, not the words themselves: they are for the page that may show them.
            "digest": hashlib.sha256(str(everything).encode()).hexdigest()[:16],
        }
    )
