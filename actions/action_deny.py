"""No: the offer of a person is declined, or none of the options was meant."""

from __future__ import annotations

from dataclasses import replace

from actions.base import HelpdeskAction, Reply
from actions.handing_over import line, rejecting
from actions.turn import Turn


class Deny(HelpdeskAction):
    """A friendly line; nothing stays open."""

    def name(self) -> str:
        """As in the domain."""
        return "action_deny"

    def respond(self, turn: Turn) -> Reply:
        """Counts of abstentions begin anew: the citizen has decided."""
        closed = replace(turn.memory, options=(), abstentions=0)
        if turn.memory.offer:
            reply = line(self.texts, "offer_declined", closed)
            return replace(reply, payload=replace(reply.payload, declines=True))
        if turn.memory.options:
            return rejecting(line(self.texts, "options_declined", closed))
        return line(self.texts, "denied", closed)
