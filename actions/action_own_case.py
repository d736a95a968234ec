"""Somebody's own file: the rule that helps with it and the routes to it, never a look into it."""

from __future__ import annotations

from actions.base import HelpdeskAction, Reply
from actions.fixed_status import fixed_status
from actions.question import audience_of, reply_to
from actions.turn import Turn
from knowledge.answer import AnswerStatus


class OwnCase(HelpdeskAction):
    """Never asks for a number of the citizen."""

    def name(self) -> str:
        """As in the domain."""
        return "action_own_case"

    def respond(self, turn: Turn) -> Reply:
        """With a rule the way to a person stands in the text; without one a person is offered.

        Not both: an offer is decided on by the desk, a rule may have to be checked by an operator first.
        """
        record = self.assistant.own_case(turn.text, audience=audience_of(turn.text, turn.memory, self.texts))
        if record.result.hits:
            return reply_to(turn.text, record, turn.memory, self.texts)
        return fixed_status(AnswerStatus.UNANSWERABLE_OWN_CASE, turn.memory, self.texts, offer="own_case")
