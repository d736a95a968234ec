"""Not understood: the last answer in fewer words."""

from __future__ import annotations

from actions.base import HelpdeskAction, Reply
from actions.handing_over import line
from actions.memory import settled
from actions.payload import Payload, option_button, record_payload
from actions.turn import Turn


class Simplify(HelpdeskAction):
    """Shortens what was said; never adds to it."""

    def name(self) -> str:
        """As in the domain."""
        return "action_simplify"

    def respond(self, turn: Turn) -> Reply:
        """Options that were not understood are shown again as a list to pick from."""
        memory = turn.memory
        if memory.options:
            buttons = tuple(option_button(option) for option in memory.options)
            return Reply(Payload(self.texts.line("choose_one"), buttons=buttons), settled(memory))
        if not memory.last_passage_ids:
            return line(self.texts, "simpler_none", memory)
        record = self.assistant.shorter(memory.last_passage_ids[0])
        return Reply(record_payload(record), settled(memory))
