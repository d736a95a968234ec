"""A citizen as somebody of the agency looks for them: one conversation, and what there is of it, in numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Held(StrEnum):
    """Kinds of what is held, in the order of the export."""

    MESSAGES = "messages"
    HELD_ANSWERS = "held_answers"
    TICKETS = "tickets"
    TICKET_EVENTS = "ticket_events"
    NOTES = "notes"
    RATINGS = "ratings"
    FEEDBACK = "feedback"
    QUESTIONS = "questions"
    SUBSCRIPTIONS = "subscriptions"
    MAILINGS = "mailings"
    EPISODES = "episodes"
    EPISODE_EVENTS = "episode_events"


@dataclass(frozen=True)
class FoundCitizen:
    """`participant`, `names` and `contacts` are masked. `confirm_with` is what has to be typed to erase them.

    One person who writes on two channels is two of these: nothing here says that they are one.
    """

    conversation_id: str
    channel: str
    participant: str
    names: tuple[str, ...]
    contacts: tuple[str, ...]
    case_codes: tuple[str, ...]
    first_at: datetime
    last_at: datetime
    counts: Mapping[Held, int]
    is_open: bool
    confirm_with: str


@dataclass(frozen=True)
class PrivacyRequest:
    """Whose data, who of the agency acts, and why: all three stand in the audit log."""

    conversation_id: str
    actor: str
    reason: str


REASON_CHARACTERS = 200
LEAST_REASON_CHARACTERS = 5


def read_reason(typed: str) -> str | None:
    """One line without needless blanks; None for what is no reason, or too long a one."""
    tidy = " ".join(typed.split())
    return tidy if LEAST_REASON_CHARACTERS <= len(tidy) <= REASON_CHARACTERS else None


def confirms(typed: str, expected: str) -> bool:
    """Whether the code or id was typed; letters' case and blanks around it do not matter."""
    return typed.strip().casefold() == expected.casefold()


def masked_name(name: str) -> str:
    """The family name and initials: enough to tell whether it is the person who asks."""
    first, *others = name.split() or [""]
    return " ".join([first, *(f"{other[0]}." for other in others)])


def masked_number(number: str) -> str:
    """The last three signs; nothing of a short one."""
    shown = number.strip()
    return f"•••{shown[-3:]}" if len(shown) > 5 else "•••"
