"""Scores of an intent reader. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Reading:
    """One message: what it is and what it was taken for."""

    text: str
    intent: str
    found: str


def scores(readings: Sequence[Reading]) -> dict[str, Any]:
    """Macro F1 over the intents that occur in the rows; recall and F1 by intent; the misread rows."""
    intents = sorted({reading.intent for reading in readings})
    by_intent = {intent: _of_intent(intent, readings) for intent in intents}
    return {
        "rows": len(readings),
        "macro_f1": round(sum(score["f1"] for score in by_intent.values()) / len(by_intent), 4),
        "accuracy": round(sum(reading.intent == reading.found for reading in readings) / len(readings), 4),
        "intents": by_intent,
        "misread": [
            {"text": reading.text, "intent": reading.intent, "found": reading.found}
            for reading in readings
            if reading.intent != reading.found
        ],
    }


def _of_intent(intent: str, readings: Sequence[Reading]) -> dict[str, float]:
    """Recall, precision and F1; 0 where nothing was found."""
    actual = sum(reading.intent == intent for reading in readings)
    found = sum(reading.found == intent for reading in readings)
    right = sum(reading.intent == intent == reading.found for reading in readings)
    return {
        "rows": actual,
        "recall": round(right / actual, 4),
        "precision": round(right / found, 4) if found else 0.0,
        "f1": round(2 * right / (actual + found), 4),
    }
