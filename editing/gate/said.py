"""What a base says to one question, as far as two bases are compared."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from editing.gate.question import ABSTAIN, ASK_BACK
from knowledge.answer import AnswerStatus

NOT_ANSWERED = ("unanswerable_", "handed_off_")


@dataclass(frozen=True)
class Said:
    """`document` and what follows belong to what was given, and are empty where nothing was."""

    status: str
    text: str
    document: str = ""
    section: str = ""
    version: str = ""
    options: tuple[str, ...] = ()
    """Titles of the readings that are offered when the assistant asks back."""

    @property
    def is_answer(self) -> bool:
        """A document answers: by itself, above the ways to somebody's own record, or by naming another body."""
        return self.status == AnswerStatus.ANSWERED or bool(self.document)

    @property
    def asks_back(self) -> bool:
        """Several readings are offered."""
        return self.status == AnswerStatus.CLARIFICATION

    def meets(self, expected: Sequence[str]) -> bool:
        """Whether it is one of what was expected; True where nothing was."""
        if not expected:
            return True
        if self.document in expected:
            return True
        if self.asks_back:
            return ASK_BACK in expected
        return ABSTAIN in expected and self.status.startswith(NOT_ANSWERED)
