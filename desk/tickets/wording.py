"""Puts a ticket into words for the citizen. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from desk.calendar.opening import CalendarTexts, day_in_words, moment_in_words
from desk.tickets.deadline import TicketKind, TicketRules
from desk.tickets.late_dossier import LateDossier
from desk.tickets.look_up import CaseStatus
from desk.tickets.progress import RUNNING, TicketState
from desk.tickets.texts import TicketTexts


@dataclass(frozen=True)
class Wording:
    """Both files of texts, and the moment in which it is said."""

    tickets: TicketTexts
    calendar: CalendarTexts
    now: datetime

    def moment(self, moment: datetime) -> str:
        """By Vietnam's clock."""
        return moment_in_words(moment, self.now, self.calendar)


def filed_in_words(status: CaseStatus, wording: Wording, dossier: LateDossier | None = None) -> str:
    """What was noted, until when it is answered, the code; with the apology for a late dossier, or PAKN's address."""
    texts = wording.tickets
    template: str = getattr(texts.filed, status.kind.value)
    due = "" if status.due_at is None else wording.moment(status.due_at)
    sentences = [template.format(due=due), texts.code.format(case_code=status.case_code)]
    if dossier is not None:
        sentences.insert(0, apology_in_words(dossier, wording))
    if status.kind is TicketKind.COMPLAINT:
        sentences.append(texts.pakn)
    return " ".join(sentences)


def apology_in_words(dossier: LateDossier, wording: Wording) -> str:
    """As directive 1568/BHXH-PC, section 3, asks: the apology, and that a slip with a new day is due to the citizen."""
    return wording.tickets.apology.format(promised_on=day_in_words(dossier.promised_on, wording.calendar))


def reappointed_in_words(new_date: date, reason: str, wording: Wording) -> str:
    """Tells the new day for a late dossier, with the reason that the office gives."""
    day = day_in_words(new_date, wording.calendar)
    return wording.tickets.reappointed.format(new_date=day, reason=reason.strip().rstrip("."))


def reply_in_words(case_code: str, text: str, wording: Wording) -> str:
    """An operator's answer as it stands in the conversation: under the code that the citizen knows."""
    return wording.tickets.reply.format(case_code=case_code, text=text.strip())


def basis_in_words(kind: TicketKind, units: int, rules: TicketRules, texts: TicketTexts) -> str:
    """Why the deadline is what it is: the decision, or the desk's own promise."""
    name = kind.value
    if kind is TicketKind.UNIT_QUESTION or (kind is TicketKind.MESSAGE and units):
        name = "several_units" if units > 1 else "one_unit"
    template: str = getattr(texts.basis, name)
    return template.format(days=rules.working_days(kind, units))


def status_in_words(status: CaseStatus | None, wording: Wording) -> str:
    """The reply to whoever asks with a case code; a polite sentence when there is no such case."""
    texts = wording.tickets
    if status is None:
        return texts.unknown
    kind, state = getattr(texts.kinds, status.kind.value), getattr(texts.states, status.state.value)
    filed = wording.moment(status.filed_at)
    sentences = [texts.status.format(case_code=status.case_code, kind=kind, filed=filed, state=state)]
    if status.reappointed_on is not None:
        sentences.append(texts.new_date.format(new_date=day_in_words(status.reappointed_on, wording.calendar)))
    return " ".join([*sentences, *_end(status, wording)])


def _end(status: CaseStatus, wording: Wording) -> list[str]:
    texts = wording.tickets
    if status.state is TicketState.CLOSED and status.outcome is not None:
        return [texts.outcome.format(outcome=getattr(texts.outcomes, status.outcome.value))]
    if status.answered_at is not None:
        return [texts.answered.format(answered=wording.moment(status.answered_at))]
    if status.state not in RUNNING or status.due_at is None:
        return []
    template = texts.late if status.is_late(wording.now) else texts.due
    return [template.format(due=wording.moment(status.due_at))]
