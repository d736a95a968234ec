"""Another body's business: said in one line, with whom to ask."""

from __future__ import annotations

from actions.base import HelpdeskAction, Reply
from actions.fixed_status import fixed_status
from actions.question import reply_to
from actions.turn import Turn
from knowledge.answer import AnswerStatus


class OutOfScope(HelpdeskAction):
    """Only entries that say so are searched: the nearest passage of ours would still be the wrong one."""

    def name(self) -> str:
        """As in the domain."""
        return "action_out_of_scope"

    def respond(self, turn: Turn) -> Reply:
        """No person is offered: ours could not help either."""
        record = self.assistant.other_body(turn.text)
        if record.result.hits:
            return reply_to(turn.text, record, turn.memory, self.texts)
        return fixed_status(AnswerStatus.UNANSWERABLE_OUT_OF_SCOPE, turn.memory, self.texts)
