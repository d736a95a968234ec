"""Dissatisfaction with the service: one apology, where to send it, a person."""

from __future__ import annotations

from actions.base import HelpdeskAction, Reply
from actions.handing_over import hand_over
from actions.payload import HandoffReason
from actions.turn import Turn
from knowledge.answer import AnswerStatus


class Complain(HelpdeskAction):
    """Never argues, never promises a result."""

    def name(self) -> str:
        """As in the domain."""
        return "action_complain"

    def respond(self, turn: Turn) -> Reply:
        """Apologises once, not at each message."""
        status = AnswerStatus.HANDED_OFF_COMPLAINT
        again = turn.memory.last_status == status.value
        text = self.texts.line("complaint_again") if again else self.texts.for_status(status)
        return hand_over(turn.memory, text, HandoffReason.COMPLAINT, status)
