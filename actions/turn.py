"""One turn as an action sees it: read once at the rim from Rasa's dictionaries."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from actions.memory import Memory, memory_from_slots

TURNS_TO_LOOK_AT = 2
"""This one and the one before it."""

RASA_ACTIONS = {"action_listen", "action_session_start", "action_extract_slots"}


@dataclass(frozen=True)
class Turn:
    """`payload` is true for a pressed button (`/choose_option{...}`): its text is not what the citizen said."""

    text: str
    payload: bool
    option: str
    """Passage id that a button carried; empty for typed text."""
    memory: Memory


def read_turn(state: Mapping[str, Any]) -> Turn:
    """`state` is the tracker as Rasa sends it."""
    message: Mapping[str, Any] = state.get("latest_message") or {}
    text = str(message.get("text") or "")
    memory = memory_from_slots(state.get("slots") or {})
    if not _previous_turn_was_ours(state.get("events") or ()):
        memory = replace(memory, offer="", insult_count=0)
    return Turn(text=text, payload=text.startswith("/"), option=_option(message), memory=memory)


def _option(message: Mapping[str, Any]) -> str:
    entities: Sequence[Mapping[str, Any]] = message.get("entities") or ()
    return next((str(entity["value"]) for entity in entities if entity.get("entity") == "option"), "")


def _previous_turn_was_ours(events: Sequence[Mapping[str, Any]]) -> bool:
    """False when the last turn was a fixed line: "ok" said to a "you are welcome" accepts no offer made before it."""
    places = [place for place, event in enumerate(events) if event.get("event") == "user"]
    if len(places) < TURNS_TO_LOOK_AT:
        return False
    between = events[places[-TURNS_TO_LOOK_AT] : places[-1]]
    done = {str(event.get("name")) for event in between if event.get("event") == "action"} - RASA_ACTIONS
    return any(name.startswith("action_") for name in done)
