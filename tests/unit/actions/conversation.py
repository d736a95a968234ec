"""Runs actions as rasa-sdk does, turn after turn, keeping slots and events as Rasa would."""

from __future__ import annotations

import asyncio
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.base import HelpdeskAction
from tests.unit.actions.fakes import FakeAssistant, texts


class Conversation:
    """`say` runs one action on one text and returns the custom payload."""

    def __init__(self, assistant: FakeAssistant | None = None) -> None:
        self.assistant = assistant or FakeAssistant()
        self.slots: dict[str, Any] = {}
        self.events: list[dict[str, Any]] = []
        self._texts = texts()

    def say(self, action: type[HelpdeskAction], text: str, option: str | None = None) -> dict[str, Any]:
        entities = [{"entity": "option", "value": option}] if option else []
        message = {"text": text, "intent": {"name": "any"}, "entities": entities}
        self.events.append({"event": "user", "text": text})
        tracker = Tracker(
            "conversation-1", dict(self.slots), message, list(self.events), False, None, {}, "action_listen"
        )
        dispatcher = CollectingDispatcher()
        running = action(self.assistant, self._texts)
        changes = asyncio.run(running.run(dispatcher, tracker, {}))
        self.slots.update({change["name"]: change["value"] for change in changes})
        self.events += [
            {"event": "action", "name": running.name()},
            *changes,
            {"event": "action", "name": "action_listen"},
        ]
        [reply] = dispatcher.messages
        return dict(reply["custom"])

    def fixed_line(self, name: str, text: str) -> None:
        """A turn that a domain response answered, without any action of ours."""
        self.events += [
            {"event": "user", "text": text},
            {"event": "action", "name": name},
            {"event": "action", "name": "action_listen"},
        ]
