"""What becomes of a message where the assistant is switched off: it answers nothing, a person gets what was said."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, exists, select

from connectors.channel_texts import ChannelTexts
from connectors.claim import Claim
from connectors.commands import Command, Commands
from connectors.handing_off import WHILE_OFF, Handoffs, Moves
from connectors.heard import heard
from connectors.message import Reply
from connectors.outbox import SYSTEM, outbox
from desk.channel_switch import switches
from desk.conversation import ConversationKey
from desk.handoff.log import open_episode
from desk.handoff.moves import raise_priority, request
from desk.handoff.state import OPERATOR_OWNS, Reason, State
from vietnamese.acts import Act, recognise_act

REASONS: Mapping[Act, Reason] = {
    Act.EMERGENCY: Reason.EMERGENCY,
    Act.SELF_HARM: Reason.EMERGENCY,
    Act.THREAT: Reason.THREAT,
    Act.REQUEST_PERSON: Reason.REQUESTED,
    Act.SCAM: Reason.SCAM,
    Act.COMPLAINT: Reason.COMPLAINT,
}
"""Acts that are told without the dialogue engine; all else comes to a person because the assistant is off."""


@dataclass(frozen=True)
class SwitchedOff:
    """One for each process. What it says is said by the system, not by the assistant."""

    handoffs: Handoffs
    texts: ChannelTexts
    commands: Commands

    def moves(self, claim: Claim) -> Moves:
        """Steering words and case codes work as ever; danger hears its number; the rest waits for a person."""
        if claim.payload is not None:
            return lambda connection, now: self._to_a_person(connection, claim, Reason.ASSISTANT_OFF, now)
        fixed = self._steering(self.commands.meant(claim.text))
        if fixed is not None:
            return lambda connection, now: (Reply(fixed),)
        looked_up = self.handoffs.look_up(claim)
        if looked_up is not None:
            return looked_up
        act = recognise_act(heard(claim.text))
        reason = Reason.ASSISTANT_OFF if act is None else REASONS.get(act, Reason.ASSISTANT_OFF)

        def moves(connection: Connection, now: datetime) -> tuple[Reply, ...]:
            if _is_with_operator(connection, claim, now):
                return ()
            return (*self.handoffs.in_danger(act), *self._to_a_person(connection, claim, reason, now))

        return moves

    def _steering(self, command: Command | None) -> str | None:
        said = {Command.STOP: self.texts.stopped, Command.RESUME: self.texts.resumed}
        return None if command is None else said.get(command)

    def _to_a_person(self, connection: Connection, claim: Claim, reason: Reason, now: datetime) -> tuple[Reply, ...]:
        if _is_with_operator(connection, claim, now):
            return ()
        key = claim.conversation
        before = open_episode(connection, key.id)
        if raise_priority(connection, key.id, reason, now):
            return self.handoffs.remind(connection, key, now)
        moved = request(
            connection, key.id, reason, self.handoffs.office.availability(connection, key.channel, now), now
        )
        was_promised = before is not None and before.episode.state is State.CALLBACK
        if moved.obstacle is not None and was_promised and _was_told(connection, key):
            return ()
        return self.handoffs.words_of(connection, key, moved, now, claim.text)


def _is_with_operator(connection: Connection, claim: Claim, now: datetime) -> bool:
    """At our desk, or in the channel's own tool: that person sees what is written."""
    stored = open_episode(connection, claim.conversation.id)
    if stored is None or stored.episode.state in {State.BOT, State.OFFERED}:
        return claim.ownership.is_with_person(now)
    return stored.episode.state in OPERATOR_OWNS


def _was_told(connection: Connection, key: ConversationKey) -> bool:
    """That the assistant is off, since it was switched off last."""
    switch = switches(connection).get(key.channel)
    if switch is None:
        return False
    said = exists().where(
        outbox.c.conversation_id == key.id,
        outbox.c.author == SYSTEM,
        outbox.c.status == WHILE_OFF,
        outbox.c.created_at >= switch.changed_at,
    )
    return bool(connection.execute(select(said)).scalar_one())
