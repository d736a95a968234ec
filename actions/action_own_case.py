"""Somebody's own file: the routes to it, never a look into it."""

from __future__ import annotations

from actions.base import HelpdeskAction, Reply
from actions.fixed_status import fixed_status
from actions.turn import Turn
from knowledge.answer import AnswerStatus


class OwnCase(HelpdeskAction):
    """Never asks for a number of the citizen."""

    def name(self) -> str:
        """As in the domain."""
        return "action_own_case"

    def respond(self, turn: Turn) -> Reply:
        """The sentence of the status, with a person offered."""
        return fixed_status(AnswerStatus.UNANSWERABLE_OWN_CASE, turn.memory, self.texts, offer="own_case")
