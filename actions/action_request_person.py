"""The citizen wants a person: wins over every FAQ."""

from __future__ import annotations

from actions.base import HelpdeskAction, Reply
from actions.handing_over import hand_over
from actions.payload import HandoffReason
from actions.turn import Turn
from knowledge.answer import AnswerStatus


class RequestPerson(HelpdeskAction):
    """The gateway knows whether somebody is there, and says so."""

    def name(self) -> str:
        """As in the domain."""
        return "action_request_person"

    def respond(self, turn: Turn) -> Reply:
        """Asks for no reason."""
        status = AnswerStatus.HANDED_OFF_REQUESTED
        return hand_over(turn.memory, self.texts.for_status(status), HandoffReason.REQUESTED, status)
