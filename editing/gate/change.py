"""How an answer moved between two bases. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from editing.gate.question import GateQuestion
from editing.gate.said import Said


class ChangeKind(StrEnum):
    """In the order in which people should look at them."""

    NOW_ABSTAINS = "now_abstains"
    OTHER_DOCUMENT = "other_document"
    NOW_ASKS_BACK = "now_asks_back"
    OTHER_TEXT = "other_text"
    NOW_ANSWERED = "now_answered"
    OTHER_OPTIONS = "other_options"


@dataclass(frozen=True)
class AnswerChange:
    """One question that is answered differently on `day`."""

    question: GateQuestion
    day: date
    kind: ChangeKind
    before: Said
    after: Said

    @property
    def is_regression(self) -> bool:
        """What was expected came before, and does not come any more: publishing it needs a reason."""
        expected = self.question.expected
        return bool(expected) and self.before.meets(expected) and not self.after.meets(expected)


@dataclass(frozen=True)
class Missed:
    """A question that the candidate does not answer as expected, though it did before or the change is about it."""

    question: GateQuestion
    day: date
    after: Said


def change_of(question: GateQuestion, day: date, before: Said, after: Said) -> AnswerChange | None:
    """None when a citizen would notice nothing."""
    kind = _kind(before, after)
    return None if kind is None else AnswerChange(question, day, kind, before, after)


def _kind(before: Said, after: Said) -> ChangeKind | None:
    if after.is_answer:
        return _kind_of_answer(before, after)
    if after.asks_back:
        if not before.asks_back:
            return ChangeKind.NOW_ASKS_BACK
        return ChangeKind.OTHER_OPTIONS if before.options != after.options else None
    return ChangeKind.NOW_ABSTAINS if before.is_answer or before.asks_back else None


def _kind_of_answer(before: Said, after: Said) -> ChangeKind | None:
    if not before.is_answer:
        return ChangeKind.NOW_ANSWERED
    if before.document != after.document:
        return ChangeKind.OTHER_DOCUMENT
    return ChangeKind.OTHER_TEXT if before.text != after.text else None
