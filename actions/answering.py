"""What actions need of the knowledge room; `knowledge.answering.assistant.Assistant` is the real one."""

from __future__ import annotations

from typing import Protocol

from knowledge.answering.assistant import AnswerRecord, Suggested


class Answering(Protocol):
    """Answers questions from one snapshot; keeps nothing of a conversation."""

    def answer(self, question: str, *, audience: str = "") -> AnswerRecord:
        """Any text gives a status and a text. `audience` is who asks, where that is known."""

    def own_case(self, question: str, *, audience: str = "") -> AnswerRecord:
        """About somebody's own record: the rule that helps with it, and where to turn. `audience` as above."""

    def other_body(self, question: str) -> AnswerRecord:
        """What is not the agency's business: who is responsible."""

    def answer_with(self, passage_id: str, question: str) -> AnswerRecord:
        """From the passage that the citizen chose."""

    def shorter(self, passage_id: str) -> AnswerRecord:
        """A passage already shown, in fewer words."""

    def suggest(self, question: str, limit: int) -> tuple[Suggested, ...]:
        """Different answers that might fit, best first, for a person who decides."""
