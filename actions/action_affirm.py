"""Yes: to a person if one was offered, else to nothing in particular."""

from __future__ import annotations

from actions.base import HelpdeskAction, Reply
from actions.handing_over import hand_over, line
from actions.option_choice import pick_option
from actions.payload import HandoffReason, Payload, option_button
from actions.question import reply_to
from actions.turn import Turn
from knowledge.answer import AnswerStatus


class Affirm(HelpdeskAction):
    """What a "yes" means hangs on what was asked last."""

    def name(self) -> str:
        """As in the domain."""
        return "action_affirm"

    def respond(self, turn: Turn) -> Reply:
        """With one open option, yes takes it; with several, they are shown again."""
        memory = turn.memory
        if memory.offer:
            status = AnswerStatus.HANDED_OFF_OFFERED_ACCEPTED
            return hand_over(memory, self.texts.for_status(status), HandoffReason.OFFERED_ACCEPTED, status)
        option = pick_option("1", memory.options) if len(memory.options) == 1 else None
        if option is not None:
            record = self.assistant.answer_with(option.passage_id, memory.last_question or option.title)
            return reply_to(option.title, record, memory, self.texts)
        if memory.options:
            buttons = tuple(option_button(option) for option in memory.options)
            return Reply(Payload(self.texts.line("choose_one"), buttons=buttons), memory)
        return line(self.texts, "affirmed", memory)
