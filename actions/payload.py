"""What one reply carries to the gateway, as JSON."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from typing import Any

from knowledge.answer import Answer, AnswerStatus, Citation, Option
from knowledge.answering.assistant import AnswerRecord

NO_STATUS = "no_status"
BESIDE_AN_ENTRY = (AnswerStatus.UNANSWERABLE_OWN_CASE, AnswerStatus.UNANSWERABLE_OUT_OF_SCOPE)
"""With a hit the words of an entry come with it: above the ways to somebody's own record, or of another body."""
FOUND_SHOWN = 3
SCORE_DIGITS = 4


class HandoffReason(StrEnum):
    """Why a person is brought in; the desk shows it."""

    REQUESTED = "requested"
    OFFERED_ACCEPTED = "offered_accepted"
    EMERGENCY = "emergency"
    COMPLAINT = "complaint"
    SCAM = "scam"
    LATE_DOSSIER = "late_dossier"
    ERROR = "error"


@dataclass(frozen=True)
class Button:
    """`payload` is said for the citizen when pressed: an intent (`/deny`) or plain text."""

    title: str
    payload: str


@dataclass(frozen=True)
class Found:
    """What the search found, for operators: citizens never see it. `score` is None where the citizen chose it."""

    passage_id: str
    title: str
    document: str
    section: str
    score: float | None


@dataclass(frozen=True)
class Source:
    """Where an answer comes from; where nothing was answered, what was nearest. The log of answers keeps it."""

    passage_id: str
    document: str
    """As the editors' desk names it: `faq/thai-san`, `directive/288-BHXH-VP`."""
    section: str
    version: str
    """Empty where the knowledge is kept in files only."""
    topic: str
    snapshot: str
    score: float | None
    """None where the citizen chose the passage."""


@dataclass(frozen=True)
class Payload:
    """`feedback` asks for thumbs."""

    text: str
    status: str = NO_STATUS
    citations: tuple[Citation, ...] = ()
    buttons: tuple[Button, ...] = ()
    feedback: bool = False
    handoff: HandoffReason | None = None
    offer: str = ""
    """Why a person is offered: the desk counts offers, and whether they were accepted."""
    offer_question: str = ""
    """Said with the text, unless the desk knows that the citizen was asked a short time ago."""
    declines: bool = False
    """The citizen has just said no to an offer."""
    rejects: bool = False
    """The citizen has just said that the last answer, or all that they were asked back about, was wrong."""
    found: tuple[Found, ...] = ()
    """Best first, whether it was answered from or not."""
    source: Source | None = None
    """None where nothing was searched for, or nothing found."""

    def as_json(self) -> dict[str, Any]:
        """The `custom` part of a Rasa reply."""
        return {
            "status": self.status,
            "text": self.text,
            "citations": [asdict(citation) for citation in self.citations],
            "buttons": [asdict(button) for button in self.buttons],
            "feedback": self.feedback,
            "handoff": {"reason": self.handoff.value} if self.handoff else None,
            "offer": self.offer or None,
            "offer_question": self.offer_question or None,
            "declines": self.declines,
            "rejects": self.rejects,
            "found": [asdict(found) for found in self.found],
            "source": asdict(self.source) if self.source else None,
        }


def answer_payload(answer: Answer) -> Payload:
    """Options become buttons; only real answers ask for thumbs."""
    return Payload(
        text=answer.text,
        status=answer.status.value,
        citations=answer.citations,
        buttons=tuple(option_button(option) for option in answer.options),
        feedback=answer.status is AnswerStatus.ANSWERED,
    )


def record_payload(record: AnswerRecord) -> Payload:
    """The answer, with what the search behind it found. Thumbs also where an entry spoke in another status."""
    payload = answer_payload(record.answer)
    spoke = record.answer.status in BESIDE_AN_ENTRY and bool(record.result.hits)
    return replace(payload, feedback=payload.feedback or spoke, found=found_in(record), source=source_of(record))


def source_of(record: AnswerRecord) -> Source | None:
    """Of the best hit: what was answered from, or came nearest."""
    if not record.result.hits:
        return None
    best = record.result.hits[0]
    passage = best.passage
    return Source(
        passage_id=passage.id,
        document=passage.document_name,
        section=passage.section,
        version=passage.version,
        topic=passage.topic,
        snapshot=record.snapshot_id,
        score=None if record.was_chosen else round(best.score, SCORE_DIGITS),
    )


def found_in(record: AnswerRecord) -> tuple[Found, ...]:
    """The best few hits; empty where nothing was searched for."""
    return tuple(
        Found(
            hit.passage.id,
            hit.passage.title,
            hit.passage.document,
            hit.passage.section,
            None if record.was_chosen else round(hit.score, SCORE_DIGITS),
        )
        for hit in record.result.hits[:FOUND_SHOWN]
    )


def option_button(option: Option) -> Button:
    """Pressing it comes back as the intent `choose_option` with the passage as entity."""
    return Button(option.title, "/choose_option" + json.dumps({"option": option.passage_id}, ensure_ascii=False))
