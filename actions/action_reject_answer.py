"""The answer was not right, says the citizen: a thumb down in words."""

from __future__ import annotations

from dataclasses import replace

from actions.base import HelpdeskAction, Reply
from actions.handing_over import line, offer_person, rejecting
from actions.turn import Turn

OFFER_AFTER_REJECTION = "rejected_answer"


class RejectAnswer(HelpdeskAction):
    """Never insists: asks for more, and offers a person."""

    def name(self) -> str:
        """As in the domain."""
        return "action_reject_answer"

    def respond(self, turn: Turn) -> Reply:
        """Before any answer there is nothing to reject, so it only asks for the question."""
        closed = replace(turn.memory, options=())
        if not turn.memory.last_status:
            return line(self.texts, "rejected_nothing", closed)
        return rejecting(offer_person(line(self.texts, "rejected", closed), self.texts, OFFER_AFTER_REJECTION))
