"""Danger to life: the number to call, at once, before anything else."""

from __future__ import annotations

from dataclasses import replace

from actions.base import HelpdeskAction, Reply
from actions.memory import settled
from actions.payload import HandoffReason, Payload
from actions.turn import Turn
from knowledge.answer import AnswerStatus
from vietnamese.acts import Act, recognise_act

SELF_HARM_TEXT = "handed_off_emergency_self_harm"


class Emergency(HelpdeskAction):
    """Needs no search and no model, so it works while they do not."""

    def name(self) -> str:
        """As in the domain."""
        return "action_emergency"

    def respond(self, turn: Turn) -> Reply:
        """Self-harm is answered in other words; a person is brought in either way."""
        status = AnswerStatus.HANDED_OFF_EMERGENCY
        self_harm = recognise_act(turn.text) is Act.SELF_HARM
        text = self.texts.answers.answers[SELF_HARM_TEXT].strip() if self_harm else self.texts.for_status(status)
        payload = Payload(text, status.value, handoff=HandoffReason.EMERGENCY)
        return Reply(payload, replace(settled(turn.memory), last_status=status.value, options=()))
