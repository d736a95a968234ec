"""Asks a base the gate's questions."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Protocol

from desk.answer_log import GIVEN
from editing.gate.question import GateQuestion
from editing.gate.said import Said
from knowledge.answering.assistant import AnswerRecord
from knowledge.passage import Collection

Sayings = dict[tuple[str, date], Said]
"""What was said to a question on a day."""
TELL_EVERY = 20


class Answers(Protocol):
    """As much of an assistant as the gate needs."""

    def answer(self, question: str, collection: Collection | None = None, as_of: date | None = None) -> AnswerRecord:
        """See knowledge.answering.assistant."""
        ...


def ask(base: Answers, questions: Iterable[GateQuestion], days: Iterable[date], tell: Callable[[int], None]) -> Sayings:
    """Each question on each day; `tell` hears from time to time how many were asked."""
    sayings: Sayings = {}
    texts = [question.text for question in questions]
    for day in days:
        for text in texts:
            sayings[text, day] = said_of(base.answer(text, as_of=day))
            if len(sayings) % TELL_EVERY == 0:
                tell(len(sayings))
    return sayings


def said_of(record: AnswerRecord) -> Said:
    """Without scores: they move a little with every change of the base, and no citizen sees them."""
    answer = record.answer
    if answer.status not in GIVEN or not record.result.hits:
        return Said(answer.status.value, answer.text, options=tuple(option.title for option in answer.options))
    passage = record.result.hits[0].passage
    return Said(answer.status.value, answer.text, passage.document_name, passage.section, passage.version)
