"""One question that people ask, with the approved answer and where it stands in the law."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from knowledge.faqs.next_steps import NO_STEPS, NextSteps

MIN_ALTERNATES = 8
MAX_ANSWER_CHARACTERS = 700
MAX_QUESTION_CHARACTERS = 300
MAX_ENTRIES_IN_FILE = 40


class Audience(StrEnum):
    """Whom an answer concerns; a closed list, so that the console can filter by it."""

    CITIZEN = "citizen"
    EMPLOYEE = "employee"
    EMPLOYER = "employer"
    PENSIONER = "pensioner"
    ELDERLY = "elderly"
    STUDENT = "student"
    HOUSEHOLD = "household"
    HOUSEHOLD_BUSINESS = "household_business"
    VOLUNTARY = "voluntary"
    UNEMPLOYED = "unemployed"
    PATIENT = "patient"
    PARENT = "parent"
    RELATIVE = "relative"
    VULNERABLE = "vulnerable"
    ARMED_FORCES = "armed_forces"
    FOREIGNER = "foreigner"


class Confidence(StrEnum):
    """How sure the editors are; `low` may be filed as a draft but never goes live."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class Source(StrEnum):
    """`primary`: the legal text was read; `secondary`: somebody's account of it, and the answer says so."""

    PRIMARY = "primary"
    SECONDARY = "secondary"


class Scope(StrEnum):
    """`other_body`: not the agency's business; the entry says only who is responsible."""

    OURS = "ours"
    OTHER_BODY = "other_body"


class Status(StrEnum):
    LIVE = "live"
    DRAFT = "draft"


@dataclass(frozen=True)
class LegalBasis:
    """`document` as cited (`Luật Bảo hiểm xã hội số 41/2024/QH15`); dates None when open or not known."""

    document: str
    article: str
    effective_from: date | None
    effective_to: date | None


@dataclass(frozen=True)
class FaqEntry:
    """`answer` is complete and final: placeholders are filled with the values in force on the day of loading, and
    what to do next stands below it.
    """

    id: str
    topic: str
    question: str
    alternates: tuple[str, ...]
    answer: str
    legal_basis: tuple[LegalBasis, ...]
    audience: tuple[str, ...]
    confidence: str
    review_by: date
    status: str
    related: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    source: str = Source.PRIMARY.value
    next_steps: NextSteps = NO_STEPS
    lens: str = ""
    """Entries of one lens answer the same question for different people."""
    scope: str = Scope.OURS.value
