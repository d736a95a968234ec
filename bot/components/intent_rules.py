"""What overrules the classifier. Pure, so that it is tested without Rasa."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.components.question_signs import (
    COVER_QUESTION,
    HOW_TO,
    NOT_WANTING_A_PERSON,
    OUR_NAMES,
    PAPERWORK,
    TOPICS,
    holds_any,
)
from vietnamese.acts import Act

ASK_QUESTION = "ask_question"

INTENT_OF_ACT: Mapping[Act, str] = {
    Act.EMERGENCY: "emergency",
    Act.SELF_HARM: "emergency",
    Act.REQUEST_PERSON: "request_person",
    Act.OWN_CASE: "ask_own_case",
    Act.SCAM: "report_scam",
    Act.THREAT: "insult",
    Act.OTHER_BODY: "out_of_scope",
    Act.UNSAFE_INPUT: ASK_QUESTION,
}
"""Acts that are certain. A complaint or an insult may still hold a question, so the classifier weighs those."""

SHORT_INTENTS = frozenset(
    {
        "greet",
        "thank",
        "goodbye",
        "affirm",
        "deny",
        "reject_answer",
        "chitchat",
        "choose_option",
        "ask_capabilities",
        "ask_source",
        "ask_simpler",
    }
)
"""Said in a few words: a longer message of this kind holds a question as well, and the question wins."""

COSTLY_INTENTS = frozenset(
    {
        "ask_own_case",
        "complain",
        "emergency",
        "insult",
        "out_of_scope",
        "report_late_dossier",
        "report_scam",
        "request_person",
    }
)
"""Taking a question for one of these costs the citizen an answer that we have."""

QUESTION_SIGNS: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(SHORT_INTENTS, (*TOPICS, *PAPERWORK)),
    "ask_own_case": HOW_TO,
    "emergency": COVER_QUESTION,
    "out_of_scope": (*TOPICS, *OUR_NAMES),
    "request_person": NOT_WANTING_A_PERSON,
}
"""Phrases with which a guess of this intent is a question after all."""


@dataclass(frozen=True)
class Guess:
    """What the classifier thinks. `question_confidence` is what it gave to `ask_question`; both from 0 to 1."""

    intent: str
    confidence: float
    question_confidence: float = 0.0


@dataclass(frozen=True)
class Doubt:
    """When a guess is not believed. Found by cross-validation on the training rows (docs/adr/0004)."""

    min_confidence: float
    min_costly_confidence: float
    """The same for `COSTLY_INTENTS`."""
    min_ratio: float
    """A guess must be this many times as likely as a question: most messages are questions."""
    max_words: int
    """Longest message, in accent-free tokens, that may still be one of `SHORT_INTENTS`."""


def is_question_after_all(guess: Guess, key: str, doubt: Doubt) -> bool:
    """Never a dead end: what is not certainly something else goes to retrieval. `key` is accent-free."""
    if guess.intent == ASK_QUESTION:
        return True
    least = doubt.min_costly_confidence if guess.intent in COSTLY_INTENTS else doubt.min_confidence
    return (
        guess.confidence < least
        or guess.confidence < doubt.min_ratio * guess.question_confidence
        or (guess.intent in SHORT_INTENTS and len(key.split()) > doubt.max_words)
        or holds_any(key, QUESTION_SIGNS.get(guess.intent, ()))
    )
