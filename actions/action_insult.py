"""Abuse: one calm line, no lecture; after two in a row a person."""

from __future__ import annotations

from dataclasses import replace

from actions.base import HelpdeskAction, Reply
from actions.handing_over import offer_person
from actions.memory import settled
from actions.payload import Payload
from actions.turn import Turn
from vietnamese.acts import Act, recognise_act

INSULTS_BEFORE_OFFER = 2
OFFER_AFTER_INSULTS = "insults"
OFFER_AFTER_THREAT = "threat"


class Insult(HelpdeskAction):
    """Keeps helping."""

    def name(self) -> str:
        """As in the domain."""
        return "action_insult"

    def respond(self, turn: Turn) -> Reply:
        """A threat is offered a person at once."""
        count = turn.memory.insult_count + 1
        memory = replace(settled(turn.memory), insult_count=count)
        if recognise_act(turn.text) is Act.THREAT:
            return offer_person(Reply(Payload(self.texts.line("threat")), memory), self.texts, OFFER_AFTER_THREAT)
        if count >= INSULTS_BEFORE_OFFER:
            reply = Reply(Payload(self.texts.line("insult_again")), memory)
            return offer_person(reply, self.texts, OFFER_AFTER_INSULTS)
        return Reply(Payload(self.texts.line("insult")), memory)
