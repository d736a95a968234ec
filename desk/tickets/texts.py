"""What is said about tickets, read once from texts.yml. Fields of the label classes are the values of their enums."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from settings.reader import read_section

TEXTS = Path(__file__).with_name("texts.yml")


@dataclass(frozen=True)
class KindTexts:
    """One for each `TicketKind`: its label, or what is said when it is filed."""

    message: str
    unit_question: str
    complaint: str
    late_dossier: str
    callback: str
    scam: str


@dataclass(frozen=True)
class StateTexts:
    """A label for each `TicketState`."""

    new: str
    in_progress: str
    with_unit: str
    not_reached: str
    reached: str
    answered: str
    closed: str


@dataclass(frozen=True)
class OutcomeTexts:
    """A label for each `Outcome`."""

    answered: str
    not_reached: str
    sent_elsewhere: str
    duplicate: str
    abuse: str
    withdrawn: str


@dataclass(frozen=True)
class EventTexts:
    """A label for each `TicketEventKind`."""

    filed: str
    assigned: str
    noted: str
    referred: str
    unit_replied: str
    answered: str
    reached: str
    not_reached: str
    reappointed: str
    warned: str
    breached: str
    reopened: str
    closed: str


@dataclass(frozen=True)
class FaultTexts:
    """One for each `DossierFault`: which field of the form has to be filled in anew."""

    code: str
    place: str
    date: str
    not_late: str


@dataclass(frozen=True)
class NewDateTexts:
    """One for each `NewDateFault`: why a day cannot be promised."""

    date: str
    not_ahead: str
    too_far: str
    day_off: str


@dataclass(frozen=True)
class ToldTexts:
    """A label for each `Told`."""

    conversation: str
    phone: str
    email: str
    letter: str
    in_person: str


@dataclass(frozen=True)
class BasisTexts:
    """Where a deadline comes from, by kind; questions for units by the number of units."""

    message: str
    one_unit: str
    several_units: str
    complaint: str
    late_dossier: str
    callback: str
    scam: str


@dataclass(frozen=True)
class RemainingTexts:
    """Pieces of `remaining_in_words`; `kept` and `missed` of what is answered."""

    days: str
    hours: str
    minutes: str
    late_days: str
    late_hours: str
    late_minutes: str
    kept: str
    missed: str


@dataclass(frozen=True)
class TicketTexts:
    """Labels of the desk, and templates of what citizens read; wording.py fills them."""

    kinds: KindTexts
    states: StateTexts
    outcomes: OutcomeTexts
    events: EventTexts
    faults: FaultTexts
    new_date_faults: NewDateTexts
    told: ToldTexts
    basis: BasisTexts
    remaining: RemainingTexts
    filed: KindTexts
    code: str
    pakn: str
    apology: str
    reappointed: str
    unknown: str
    status: str
    due: str
    late: str
    answered: str
    new_date: str
    outcome: str
    reply: str
    dossier_noted: str


def load_ticket_texts(path: Path = TEXTS) -> TicketTexts:
    """Raises settings.reader.SettingsError, which names the key."""
    return read_section(path, "tickets", TicketTexts)
