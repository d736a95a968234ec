"""A dossier is late: what the office owes then, and a person who looks."""

from __future__ import annotations

from actions.base import HelpdeskAction, Reply
from actions.handing_over import hand_over
from actions.payload import HandoffReason
from actions.turn import Turn
from knowledge.answer import AnswerStatus


class ReportLateDossier(HelpdeskAction):
    """Cites section 3 of 1568/BHXH-PC while the snapshot holds it."""

    def name(self) -> str:
        """As in the domain."""
        return "action_report_late_dossier"

    def respond(self, turn: Turn) -> Reply:
        """Says the rule; whose fault it was is for the person to find out."""
        record = self.assistant.answer_with(self.texts.late_dossier_passage, turn.text)
        return hand_over(
            turn.memory,
            self.texts.line("late_dossier"),
            HandoffReason.LATE_DOSSIER,
            AnswerStatus.HANDED_OFF_COMPLAINT,
            record.answer.citations,
        )
