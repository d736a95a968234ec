"""What one reply carries to the gateway, as JSON."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from knowledge.answer import Answer, AnswerStatus, Citation, Option

NO_STATUS = "no_status"
LEAVE_MESSAGE = "leave_message"


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
class Payload:
    """`feedback` asks for thumbs; `form` is `leave_message` or empty."""

    text: str
    status: str = NO_STATUS
    citations: tuple[Citation, ...] = ()
    buttons: tuple[Button, ...] = ()
    feedback: bool = False
    handoff: HandoffReason | None = None
    form: str = ""

    def as_json(self) -> dict[str, Any]:
        """The `custom` part of a Rasa reply."""
        return {
            "status": self.status,
            "text": self.text,
            "citations": [asdict(citation) for citation in self.citations],
            "buttons": [asdict(button) for button in self.buttons],
            "feedback": self.feedback,
            "handoff": {"reason": self.handoff.value} if self.handoff else None,
            "form": self.form or None,
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


def option_button(option: Option) -> Button:
    """Pressing it comes back as the intent `choose_option` with the passage as entity."""
    return Button(option.title, "/choose_option" + json.dumps({"option": option.passage_id}, ensure_ascii=False))
