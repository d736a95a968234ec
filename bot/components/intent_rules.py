"""What overrules the classifier. Pure, so that it is tested without Rasa."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.components.intent_cues import CUES, SELF_REFERENCES
from bot.components.question_signs import (
    COVER_QUESTION,
    HOW_TO,
    NOT_WANTING_A_PERSON,
    OUR_NAMES,
    PAPERWORK,
    QUESTION_FORMS,
    TIME_LIMIT,
    TOPICS,
    holds_any,
)
from vietnamese.acts import Act

ASK_QUESTION = "ask_question"

SURE_ACTS: Mapping[Act, str] = {
    Act.EMERGENCY: "emergency",
    Act.SELF_HARM: "emergency",
    Act.REQUEST_PERSON: "request_person",
    Act.THREAT: "insult",
}
"""Win over any statistics."""

LIKELY_ACTS: Mapping[Act, str] = {
    Act.OWN_CASE: "ask_own_case",
    Act.SCAM: "report_scam",
    Act.OTHER_BODY: "out_of_scope",
}
"""Win over a question, not over what the classifier is surer of: "please do it for me" is also a yes."""

MOODS: Mapping[Act, str] = {Act.COMPLAINT: "complain", Act.INSULT: "insult"}
"""Win over a question only while it is not a clear one: an angry question still wants its answer."""

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
        "change_role",
        "insult",
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
    **dict.fromkeys(SHORT_INTENTS - {"change_role"}, (*TOPICS, *PAPERWORK)),
    "ask_own_case": HOW_TO,
    "emergency": (*COVER_QUESTION, *QUESTION_FORMS, *TOPICS),
    "insult": (*QUESTION_FORMS, *TOPICS),
    "out_of_scope": (*TOPICS, *OUR_NAMES, "bao hiem"),
    "report_late_dossier": TIME_LIMIT,
    "request_person": (*NOT_WANTING_A_PERSON, *QUESTION_FORMS, *TOPICS),
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
    """When a guess is not believed. Found by cross-validation on the training rows (docs/adr/0005)."""

    min_confidence: float
    min_costly_confidence: float
    """The same for `COSTLY_INTENTS`."""
    min_ratio: float
    """A guess must be this many times as likely as a question: most messages are questions."""
    clear_question: float
    """A question at least this likely is answered, whatever its mood."""
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
        or not _has_its_words(guess.intent, key)
    )


def _has_its_words(intent: str, key: str) -> bool:
    if intent == "change_role":
        return key.split(" ", 1)[0] in SELF_REFERENCES
    return intent not in CUES or holds_any(key, CUES[intent])


def intent_of_act(act: Act | None, guess: Guess, doubt: Doubt) -> str | None:
    """The intent that a rule decides against the guess so far; None leaves the guess."""
    if act in SURE_ACTS:
        return SURE_ACTS[act]
    if act in LIKELY_ACTS and guess.intent == ASK_QUESTION:
        return LIKELY_ACTS[act]
    if act in MOODS and guess.intent == ASK_QUESTION and guess.confidence < doubt.clear_question:
        return MOODS[act]
    return None
