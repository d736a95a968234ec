"""One of "Did you mean ...?" is taken, by button, number or words."""

from __future__ import annotations

from actions.base import HelpdeskAction, Reply
from actions.handing_over import line
from actions.option_choice import pick_option
from actions.question import answer_question, reply_to
from actions.turn import Turn


class ChooseOption(HelpdeskAction):
    """A button names its passage; typed words need open options, else they are a question."""

    def name(self) -> str:
        """As in the domain."""
        return "action_choose_option"

    def respond(self, turn: Turn) -> Reply:
        """An old button still works while its passage exists."""
        memory = turn.memory
        if turn.payload:
            return self._pressed(turn)
        option = pick_option(turn.text, memory.options)
        if option is not None:
            record = self.assistant.answer_with(option.passage_id, memory.last_question or option.title)
            return reply_to(option.title, record, memory, self.texts)
        return answer_question(turn.text, memory, self.assistant, self.texts)

    def _pressed(self, turn: Turn) -> Reply:
        if not turn.option:
            return line(self.texts, "option_unknown", turn.memory)
        title = next((option.title for option in turn.memory.options if option.passage_id == turn.option), "")
        question = turn.memory.last_question or title
        record = self.assistant.answer_with(turn.option, question)
        return reply_to(title or question, record, turn.memory, self.texts)
