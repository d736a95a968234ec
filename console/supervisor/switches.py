"""The assistant's switch for each channel: off with a reason, on again, and who did it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from fastapi import Response
from sqlalchemy import Connection

from console.operator.room import Room, names_of_operators
from console.security.access import Door, Visit
from console.security.refusal import Refusal, RefusedError
from console.supervisor.fields import one_line
from desk.accounts.permissions import Permission
from desk.audit import AuditAction, AuditEntry, AuditFilter, actor_of, entries
from desk.channel_switch import REASON_CHARACTERS, ChannelSwitch, switches
from desk.handoff.moves import end_waiting_for_assistant, operator_actor
from desk.handoff.state import Reason, State
from desk.worklist import WorkItem, lock_episode, open_work

PAGE = "/console/channels"
SHOWN_CHANGES = 20
SAID = frozenset({"switched_off", "switched_on"})


def doors(room: Room) -> Sequence[Door]:
    """See console/supervisor/doors.py."""
    switching = _Switching(room)
    return (
        Door("GET", PAGE, Permission.SWITCH_BOT, switching.page),
        Door("POST", PAGE, Permission.SWITCH_BOT, switching.turn),
    )


@dataclass(frozen=True)
class ChannelRow:
    """`switch` is None where it was never touched; `waiting` are queued only because the assistant is off."""

    name: str
    switch: ChannelSwitch | None
    who: str
    waiting: int

    @property
    def is_off(self) -> bool:
        """Whether the assistant is silent there."""
        return self.switch is not None and self.switch.is_off


@dataclass(frozen=True)
class Change:
    """One line of the audit log, with the name of whoever did it."""

    entry: AuditEntry
    who: str


@dataclass(frozen=True)
class _Typed:
    channel: str
    reason: str


@dataclass(frozen=True)
class _Switching:
    room: Room

    async def page(self, visit: Visit) -> Response:
        return await self._show(visit, None, None)

    async def turn(self, visit: Visit) -> Response:
        """Shows the page again, with what was typed, where something is missing."""
        form = visit.form
        channel, reason = form.text("channel"), one_line(form.text("reason"))
        if channel not in self.room.supervision.channels.names:
            raise RefusedError(Refusal.NOT_FOUND)
        typed = _Typed(channel, reason)
        if not reason:
            return await self._show(visit, RefusedError(Refusal.SWITCH_REASON_MISSING), typed)
        if len(reason) > REASON_CHARACTERS:
            limit = {"limit": REASON_CHARACTERS}
            return await self._show(visit, RefusedError(Refusal.SWITCH_REASON_TOO_LONG, limit), typed)
        if not form.is_on("confirmed"):
            return await self._show(visit, RefusedError(Refusal.CONFIRMATION_MISSING), typed)
        switch = ChannelSwitch(channel, form.is_on("off"), reason, visit.operator.id, visit.now)
        gives_back = not switch.is_off and form.is_on("give_back")
        outcome = await self.room.transactions.write(lambda connection: self._turn(connection, switch, gives_back))
        if outcome is None:
            return await self._show(visit, RefusedError(Refusal.SWITCHED_ALREADY), typed)
        for conversation_id in outcome:
            self.room.signals.announce(conversation_id, channel)
        return self.room.pages.done(visit, f"{PAGE}?said={'switched_off' if switch.is_off else 'switched_on'}")

    def _turn(self, connection: Connection, switch: ChannelSwitch, gives_back: bool) -> tuple[str, ...] | None:
        """The conversations that were given back to the assistant; None when it stood so already."""
        actor = actor_of(switch.operator_id)
        if self.room.supervision.channels.turn(connection, switch, actor) is None:
            return None
        given = []
        for item in _waiting_for_assistant(open_work(connection), switch.channel) if gives_back else ():
            stored = lock_episode(connection, item.stored.id)
            if stored is None or stored.episode.state is not State.QUEUED:
                continue  # an operator was quicker
            moved = end_waiting_for_assistant(connection, stored, operator_actor(switch.operator_id), switch.changed_at)
            self.room.messages.tell(connection, stored.conversation_id, moved.sentences, switch.changed_at)
            given.append(stored.conversation_id)
        return tuple(given)

    async def _show(self, visit: Visit, refused: RefusedError | None, typed: _Typed | None) -> Response:
        rows, changes = await self.room.transactions.read(self._read)
        texts, said = self.room.pages.texts, visit.query("said", 32)
        return self.room.pages.page(
            visit,
            "channels.html",
            200 if refused is None else refused.status,
            rows=rows,
            changes=changes,
            limit=REASON_CHARACTERS,
            typed=typed,
            said=texts.said[said] if said in SAID and refused is None else "",
            error="" if refused is None else texts.refused(refused),
        )

    def _read(self, connection: Connection) -> tuple[tuple[ChannelRow, ...], tuple[Change, ...]]:
        known, names, work = switches(connection), names_of_operators(connection), open_work(connection)
        # One that is switched off and runs elsewhere, or no more, is shown as well.
        channels = dict.fromkeys((*self.room.supervision.channels.names, *sorted(known)))
        rows = tuple(
            ChannelRow(
                name,
                known.get(name),
                _who(known[name], names) if name in known else "",
                len(_waiting_for_assistant(work, name)),
            )
            for name in channels
        )
        found = entries(connection, AuditFilter(action=AuditAction.BOT_SWITCHED), SHOWN_CHANGES)
        return rows, tuple(Change(entry, _name_of(entry.actor, names)) for entry in found)


def _waiting_for_assistant(work: Sequence[WorkItem], channel: str) -> tuple[WorkItem, ...]:
    return tuple(
        item
        for item in work
        if item.channel == channel
        and item.stored.episode.state is State.QUEUED
        and item.stored.episode.reason is Reason.ASSISTANT_OFF
    )


def _who(switch: ChannelSwitch, names: dict[int, str]) -> str:
    return names.get(switch.operator_id, "")


def _name_of(actor: str, names: dict[int, str]) -> str:
    kind, _, number = actor.partition(":")
    return names.get(int(number), actor) if kind == "operator" and number.isdecimal() else actor
