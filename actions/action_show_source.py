"""Where the last answer stands: document, section, date, validity, quote; channels add the links of the citations."""

from __future__ import annotations

from actions.base import HelpdeskAction, Reply
from actions.handing_over import line
from actions.memory import settled
from actions.payload import Payload, source_of
from actions.question import answer_question
from actions.turn import Turn
from knowledge.answer import Citation
from knowledge.answering.assistant import AnswerRecord
from knowledge.answering.excerpt import excerpt
from knowledge.passage import Collection

MAX_QUOTE_CHARACTERS = 400
MAX_BARE_WORDS = 8
"""A longer message names what it wants the source of: a question."""


class ShowSource(HelpdeskAction):
    """Repeats the citation; the text itself only where it is the law's own."""

    def name(self) -> str:
        """As in the domain."""
        return "action_show_source"

    def respond(self, turn: Turn) -> Reply:
        """Before any answer the citizen is asked which content is meant."""
        memory = turn.memory
        if not memory.last_passage_ids:
            if len(turn.text.split()) > MAX_BARE_WORDS:
                return answer_question(turn.text, memory, self.assistant, self.texts)
            return line(self.texts, "source_none", memory)
        record = self.assistant.answer_with(memory.last_passage_ids[0], memory.last_question)
        payload = Payload(
            self._text(record, memory.last_question),
            record.answer.status.value,
            citations=record.answer.citations,
            source=source_of(record),
        )
        return Reply(payload, settled(memory))

    def _text(self, record: AnswerRecord, question: str) -> str:
        citations = record.answer.citations
        if not citations:
            return self.texts.line("source_fallback")
        labels = "; ".join(_described(citation) for citation in citations)
        lines = [self.texts.line("source").format(labels=labels)]
        passage = record.result.hits[0].passage if record.result.hits else None
        if passage is not None and passage.collection is Collection.DIRECTIVES:
            quote = excerpt(passage.text, question, MAX_QUOTE_CHARACTERS).text
            lines.append(self.texts.line("source_quote").format(quote=quote))
        return "\n".join(lines)


def _described(citation: Citation) -> str:
    validity = citation.validity.rstrip(".")
    return f"{citation.label} ({validity})" if validity else citation.label
