"""Reads and writes the decided intent of a Rasa message."""

from __future__ import annotations

from typing import Any

from rasa.shared.nlu.constants import INTENT, INTENT_NAME_KEY, INTENT_RANKING_KEY, PREDICTED_CONFIDENCE_KEY
from rasa.shared.nlu.training_data.message import Message

from bot.components.intent_rules import ASK_QUESTION, Guess


def read_guess(message: Message) -> Guess:
    """The intent as decided so far; an empty name with confidence 0 before any classifier."""
    intent: dict[str, Any] = message.get(INTENT) or {}
    return Guess(
        intent.get(INTENT_NAME_KEY) or "",
        float(intent.get(PREDICTED_CONFIDENCE_KEY) or 0.0),
        confidence_of(message, ASK_QUESTION),
    )


def confidence_of(message: Message, intent: str) -> float:
    """What the ranking says of one intent; 0 when it is not in it."""
    ranking = message.get(INTENT_RANKING_KEY) or []
    return next((float(entry[PREDICTED_CONFIDENCE_KEY]) for entry in ranking if entry[INTENT_NAME_KEY] == intent), 0.0)


def decide(message: Message, intent: str, confidence: float) -> None:
    """Puts the intent first in the ranking and leaves the others in their order."""
    decided = {INTENT_NAME_KEY: intent, PREDICTED_CONFIDENCE_KEY: confidence}
    others = [entry for entry in message.get(INTENT_RANKING_KEY) or [] if entry[INTENT_NAME_KEY] != intent]
    message.set(INTENT, decided, add_to_output=True)
    message.set(INTENT_RANKING_KEY, [decided, *others], add_to_output=True)
