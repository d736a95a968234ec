"""Somebody pretends to be the insurance: what it never asks for, and whom to call."""

from __future__ import annotations

from actions.base import HelpdeskAction, Reply
from actions.handing_over import hand_over
from actions.payload import HandoffReason
from actions.turn import Turn


class ReportScam(HelpdeskAction):
    """A warning first, then a person."""

    def name(self) -> str:
        """As in the domain."""
        return "action_report_scam"

    def respond(self, turn: Turn) -> Reply:
        """The same whether money is lost already or not."""
        return hand_over(turn.memory, self.texts.line("scam"), HandoffReason.SCAM)
