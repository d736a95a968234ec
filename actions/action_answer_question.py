"""Anything for retrieval, and whatever Rasa could not place."""

from __future__ import annotations

from actions.base import HelpdeskAction, Reply
from actions.handing_over import line
from actions.option_choice import pick_option
from actions.question import answer_question, reply_to
from actions.turn import Turn


class AnswerQuestion(HelpdeskAction):
    """Answers, asks back, or abstains."""

    def name(self) -> str:
        """As in the domain."""
        return "action_answer_question"

    def respond(self, turn: Turn) -> Reply:
        """The words of an open option pick it; a button of unknown meaning gets a harmless line."""
        if turn.payload:
            return line(self.texts, "option_unknown", turn.memory)
        option = pick_option(turn.text, turn.memory.options)
        if option is not None:
            question = turn.memory.last_question or option.title
            record = self.assistant.answer_with(option.passage_id, question)
            return reply_to(option.title, record, turn.memory, self.texts)
        return answer_question(turn.text, turn.memory, self.assistant, self.texts)
