"""What actions need of the knowledge room; `knowledge.answering.assistant.Assistant` is the real one."""

from __future__ import annotations

from typing import Protocol

from knowledge.answer import Answer
from knowledge.answering.assistant import AnswerRecord


class Answering(Protocol):
    """Answers questions; keeps nothing of a conversation."""

    def answer(self, question: str) -> AnswerRecord:
        """Any text gives a status and a text."""

    def answer_with(self, passage_id: str, question: str) -> AnswerRecord:
        """From the passage that the citizen chose."""

    def shorter(self, passage_id: str) -> Answer:
        """A passage already shown, in fewer words."""
