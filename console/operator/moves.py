"""Claiming, handing over, giving back, closing: each is a move of the episode and, with it, a word to the citizen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from fastapi import Response
from sqlalchemy import Connection

from console.operator.conversation import CHOSEN_REASONS, colleagues_of
from console.operator.room import Room, names_of_operators
from console.security.access import Door, Visit
from console.security.refusal import Refusal, RefusedError
from desk.accounts.operator import Operator
from desk.accounts.permissions import Permission
from desk.channel_switch import is_off
from desk.handoff import moves
from desk.handoff.episode import MoveRefusedError
from desk.handoff.log import OvertakenError, StoredEpisode, episode_by_id
from desk.handoff.moves import Moved, operator_actor
from desk.handoff.state import CloseReason, State
from desk.notes import NOTE_CHARACTERS
from desk.worklist import lock_episode, open_work, work_item

Move = Callable[[Connection, StoredEpisode], Moved]
DESK = "/console/desk"
_OVERTAKEN = {
    State.QUEUED: Refusal.OVERTAKEN_QUEUED,
    State.CALLBACK: Refusal.OVERTAKEN_CALLBACK,
    State.CLOSED: Refusal.OVERTAKEN_CLOSED,
    State.BOT: Refusal.OVERTAKEN_BOT,
    State.OFFERED: Refusal.OVERTAKEN_BOT,
}


def doors(room: Room) -> Sequence[Door]:
    """See console/operator/doors.py."""
    moving, root = _Moving(room), "/console/conversations/{episode}"
    return (
        Door("POST", "/console/claim-next", Permission.TAKE_CONVERSATIONS, moving.claim_next),
        Door("POST", root + "/claim", Permission.TAKE_CONVERSATIONS, moving.claim),
        Door("POST", root + "/forward", Permission.FORWARD, moving.forward),
        Door("POST", root + "/forward/accept", Permission.TAKE_CONVERSATIONS, moving.accept),
        Door("POST", root + "/forward/decline", Permission.TAKE_CONVERSATIONS, moving.decline),
        Door("POST", root + "/forward/withdraw", Permission.FORWARD, moving.withdraw),
        Door("POST", root + "/give-back", Permission.GIVE_BACK, moving.give_back),
        Door("POST", root + "/requeue", Permission.GIVE_BACK, moving.requeue),
        Door("POST", root + "/close", Permission.CLOSE, moving.close),
    )


@dataclass(frozen=True)
class _Moving:
    room: Room

    async def claim(self, visit: Visit) -> Response:
        number = visit.number("episode")
        await self._move(visit, number, self._claiming(visit))
        return self._done(visit, page_of(number), "claimed")

    async def claim_next(self, visit: Visit) -> Response:
        """Whoever is overtaken gets the one after it."""
        waiting = await self.room.transactions.read(open_work)
        for item in waiting:
            if item.stored.episode.state is not State.QUEUED:
                continue
            try:
                await self._move(visit, item.stored.id, self._claiming(visit))
            except RefusedError:
                continue
            return self._done(visit, page_of(item.stored.id), "claimed")
        raise RefusedError(Refusal.NOBODY_WAITS)

    async def forward(self, visit: Visit) -> Response:
        number, to, note = visit.number("episode"), visit.form.number("to"), visit.form.text("note").strip()
        if not note:
            raise RefusedError(Refusal.NOTE_EMPTY)
        if len(note) > NOTE_CHARACTERS:
            raise RefusedError(Refusal.NOTE_TOO_LONG, {"limit": NOTE_CHARACTERS})
        if to is None:
            raise RefusedError(Refusal.COLLEAGUE_UNKNOWN)
        name = ""

        def act(connection: Connection, stored: StoredEpisode) -> Moved:
            nonlocal name
            found = {colleague.id: colleague.name for colleague in colleagues_of(connection, self.room, visit)}
            if to not in found:
                raise RefusedError(Refusal.COLLEAGUE_AWAY)
            name = found[to]
            return moves.ask_forward(connection, stored, visit.operator.id, to, note, visit.now)

        await self._move(visit, number, act, is_mine=True)
        return self._done(visit, page_of(number), "forward_asked", name)

    async def accept(self, visit: Visit) -> Response:
        number, operator = visit.number("episode"), visit.operator
        name = self._for_citizens(operator)

        def act(connection: Connection, stored: StoredEpisode) -> Moved:
            if stored.episode.forward_to != operator.id:
                raise overtaken(connection, stored)
            return moves.accept_forward(connection, stored, operator.id, name, visit.now)

        await self._move(visit, number, act)
        return self._done(visit, page_of(number), "claimed")

    async def decline(self, visit: Visit) -> Response:
        def act(connection: Connection, stored: StoredEpisode) -> Moved:
            if stored.episode.forward_to != visit.operator.id:
                raise overtaken(connection, stored)
            return moves.end_forward(connection, stored, operator_actor(visit.operator.id), "declined", visit.now)

        await self._move(visit, visit.number("episode"), act)
        return self._done(visit, DESK, "forward_declined")

    async def withdraw(self, visit: Visit) -> Response:
        def act(connection: Connection, stored: StoredEpisode) -> Moved:
            return moves.end_forward(connection, stored, operator_actor(visit.operator.id), "withdrawn", visit.now)

        number = visit.number("episode")
        await self._move(visit, number, act, is_mine=True)
        return self._done(visit, page_of(number), "forward_withdrawn")

    async def give_back(self, visit: Visit) -> Response:
        def act(connection: Connection, stored: StoredEpisode) -> Moved:
            if is_off(connection, channel_of(connection, stored)):
                raise RefusedError(Refusal.ASSISTANT_IS_OFF)
            return moves.give_to_assistant(connection, stored, visit.operator.id, visit.now)

        await self._move(visit, visit.number("episode"), act, is_mine=True)
        return self._done(visit, DESK, "given_back")

    async def requeue(self, visit: Visit) -> Response:
        def act(connection: Connection, stored: StoredEpisode) -> Moved:
            return moves.requeue(connection, stored, operator_actor(visit.operator.id), "returned", visit.now)

        await self._move(visit, visit.number("episode"), act, is_mine=True)
        return self._done(visit, DESK, "requeued")

    async def close(self, visit: Visit) -> Response:
        given = visit.form.text("reason")
        if given not in CHOSEN_REASONS:
            raise RefusedError(Refusal.REASON_MISSING)

        def act(connection: Connection, stored: StoredEpisode) -> Moved:
            return moves.close(connection, stored, operator_actor(visit.operator.id), CloseReason(given), visit.now)

        await self._move(visit, visit.number("episode"), act, is_mine=True)
        return self._done(visit, DESK, "closed")

    def _claiming(self, visit: Visit) -> Move:
        name = self._for_citizens(visit.operator)
        return lambda connection, stored: moves.claim(connection, stored, visit.operator.id, name, visit.now)

    async def _move(self, visit: Visit, number: int, act: Move, is_mine: bool = False) -> None:
        """The move and its sentence, together or not at all. Raises RefusedError, naming who has it now."""

        def work(connection: Connection) -> tuple[str, str] | RefusedError:
            stored = lock_episode(connection, number)
            if stored is None:
                return RefusedError(Refusal.NOT_FOUND)
            if is_mine and stored.episode.operator_id != visit.operator.id:
                return overtaken(connection, stored)
            try:
                moved = act(connection, stored)
            except (MoveRefusedError, OvertakenError):
                return overtaken(connection, episode_by_id(connection, number) or stored)
            self.room.messages.tell(connection, stored.conversation_id, moved.sentences, visit.now)
            return stored.conversation_id, channel_of(connection, stored)

        outcome = await self.room.transactions.write(work)
        if isinstance(outcome, RefusedError):
            raise outcome
        self.room.signals.announce(*outcome)

    def _for_citizens(self, operator: Operator) -> str:
        return self.room.pages.texts.shown_to_citizens(operator.display_name)

    def _done(self, visit: Visit, path: str, said: str, name: str = "") -> Response:
        return self.room.pages.done(visit, path, self.room.pages.texts.said[said].format(name=name))


def overtaken(connection: Connection, stored: StoredEpisode) -> RefusedError:
    """How it stands instead, with the name of whoever has it."""
    refusal = _OVERTAKEN.get(stored.episode.state, Refusal.OVERTAKEN_CLAIMED)
    name = names_of_operators(connection).get(stored.episode.operator_id or 0, "")
    return RefusedError(refusal, {"name": name})


def page_of(episode_id: int) -> str:
    """Its address."""
    return f"/console/conversations/{episode_id}"


def channel_of(connection: Connection, stored: StoredEpisode) -> str:
    """Of a stored episode's conversation."""
    item = work_item(connection, stored.id)
    return "" if item is None else item.channel
