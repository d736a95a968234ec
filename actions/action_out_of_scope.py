"""Another body's business: said in one line, with whom to ask."""

from __future__ import annotations

from actions.base import HelpdeskAction, Reply
from actions.fixed_status import fixed_status
from actions.turn import Turn
from knowledge.answer import AnswerStatus


class OutOfScope(HelpdeskAction):
    """No search: the nearest passage would still be the wrong one."""

    def name(self) -> str:
        """As in the domain."""
        return "action_out_of_scope"

    def respond(self, turn: Turn) -> Reply:
        """No person is offered: ours could not help either."""
        return fixed_status(AnswerStatus.UNANSWERABLE_OUT_OF_SCOPE, turn.memory, self.texts)
