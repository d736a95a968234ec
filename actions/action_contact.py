"""How to reach the insurance: an approved answer where one fits, else the list."""

from __future__ import annotations

from actions.base import HelpdeskAction, Reply
from actions.handing_over import line
from actions.question import reply_to
from actions.turn import Turn
from knowledge.answer import AnswerStatus

FOUND = {AnswerStatus.ANSWERED, AnswerStatus.CLARIFICATION}


class Contact(HelpdeskAction):
    """Never abstains."""

    def name(self) -> str:
        """As in the domain."""
        return "action_contact"

    def respond(self, turn: Turn) -> Reply:
        """A button has no words to search for."""
        if not turn.payload:
            record = self.assistant.answer(turn.text)
            if record.answer.status in FOUND:
                return reply_to(turn.text, record, turn.memory, self.texts)
        return line(self.texts, "contact", turn.memory)
