"""For whom the citizen asks: noted, and the last unclear question tried again."""

from __future__ import annotations

from dataclasses import replace

from actions.base import HelpdeskAction, Reply
from actions.memory import settled
from actions.payload import Payload
from actions.question import UNCLEAR, answer_question
from actions.turn import Turn
from vietnamese.keys import plain_key


class ChangeRole(HelpdeskAction):
    """The role helps where a question alone is not clear."""

    def name(self) -> str:
        """As in the domain."""
        return "action_change_role"

    def respond(self, turn: Turn) -> Reply:
        """A role that texts.yml does not know is only acknowledged."""
        role = self.texts.role_of(plain_key(turn.text))
        if role is None:
            return Reply(Payload(self.texts.line("role_unknown")), settled(turn.memory))
        memory = replace(settled(turn.memory), role=role.key)
        if memory.last_question and memory.last_status in {status.value for status in UNCLEAR}:
            return answer_question(memory.last_question, memory, self.assistant, self.texts)
        return Reply(Payload(self.texts.line("role_noted").format(role=role.name)), memory)
