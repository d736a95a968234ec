"""What the assistant says to one question, and why: status, text, citations, options."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class AnswerStatus(StrEnum):
    """Families: answered, clarification, unanswerable_*, handed_off_*, error_*."""

    ANSWERED = "answered"
    CLARIFICATION = "clarification"
    UNANSWERABLE_NO_CONTENT = "unanswerable_no_content"
    UNANSWERABLE_LOW_SCORE = "unanswerable_low_score"
    UNANSWERABLE_OWN_CASE = "unanswerable_own_case"
    UNANSWERABLE_OUT_OF_SCOPE = "unanswerable_out_of_scope"
    UNANSWERABLE_UNSAFE_INPUT = "unanswerable_unsafe_input"
    HANDED_OFF_REQUESTED = "handed_off_requested"
    HANDED_OFF_OFFERED_ACCEPTED = "handed_off_offered_accepted"
    HANDED_OFF_EMERGENCY = "handed_off_emergency"
    HANDED_OFF_COMPLAINT = "handed_off_complaint"
    ERROR_TIMEOUT = "error_timeout"
    ERROR_SERVICE = "error_service"


@dataclass(frozen=True)
class Citation:
    """Where an answer stands. `url` is a path on our own web view, opening the passage."""

    document: str
    section: str
    label: str
    """As a civil servant writes it: `điểm e mục 1 Công văn 288/BHXH-VP ngày 31/01/2024`."""
    date: str
    """ISO date of the document, or the day a FAQ's legal basis entered into force; empty if unknown."""
    validity: str
    """One sentence on whether it is in force, or tied to an occasion; empty when simply in force."""
    url: str
    passage_id: str


@dataclass(frozen=True)
class Option:
    """One button "Ý anh/chị là…?"; `passage_id` is what choosing it answers with."""

    title: str
    passage_id: str


@dataclass(frozen=True)
class Answer:
    """`text` is complete as it stands, without the citations, which each channel renders in its own way."""

    status: AnswerStatus
    text: str
    citations: tuple[Citation, ...] = ()
    options: tuple[Option, ...] = ()
