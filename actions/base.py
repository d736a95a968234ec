"""The base of all actions: reads the turn, says the reply, writes the memory, and catches what goes wrong."""

from __future__ import annotations

import logging
import traceback
from abc import ABC, abstractmethod
from collections import Counter
from dataclasses import dataclass, replace
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import wiring
from actions.answering import Answering
from actions.memory import Memory, changed_slots
from actions.payload import HandoffReason, Payload
from actions.texts import DialogueTexts
from actions.turn import Turn, read_turn
from knowledge.answer import AnswerStatus

logger = logging.getLogger(__name__)

QUESTION_SHOWN = 300

FAILURES: Counter[str] = Counter()
"""Failed runs by action, for this process; written with each log line."""


@dataclass(frozen=True)
class Reply:
    """What to say and what to remember."""

    payload: Payload
    memory: Memory


class HelpdeskAction(Action, ABC):  # type: ignore[misc]  # rasa-sdk has no types
    """Actions answer with `respond`; nothing but this class talks to Rasa.

    rasa-sdk builds each action without arguments: None means the real collaborators of `wiring`, loaded on first use.
    """

    def __init__(self, assistant: Answering | None = None, texts: DialogueTexts | None = None) -> None:
        self._assistant = assistant
        self._texts = texts

    @property
    def assistant(self) -> Answering:
        """Searches and answers. Asked for once in a turn: the next time it may be of another snapshot."""
        return self._assistant or wiring.assistant()

    @property
    def texts(self) -> DialogueTexts:
        """The fixed Vietnamese lines."""
        return self._texts or wiring.texts()

    @abstractmethod
    def respond(self, turn: Turn) -> Reply:
        """May raise anything: `run` answers for it."""

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> list[dict[str, Any]]:
        """The one catch-all: Rasa would swallow the exception and leave the citizen in silence."""
        before = Memory()
        try:
            turn = read_turn(tracker.current_state())
            before = turn.memory
            reply = self.respond(turn)
        except Exception as error:  # noqa: BLE001
            self._report(error)
            reply = self._apology(before)
        dispatcher.utter_message(json_message=reply.payload.as_json() | {"dialogue": self._dialogue(reply.memory)})
        return [SlotSet(name, value) for name, value in changed_slots(before, reply.memory).items()]

    def _dialogue(self, memory: Memory) -> dict[str, Any]:
        """What operators should know of the dialogue when they take the conversation over."""
        return {
            "question": memory.last_question[:QUESTION_SHOWN],
            "role": self.texts.role_name(memory.role),
            "abstentions": memory.abstentions,
        }

    def _report(self, error: Exception) -> None:
        """Type and place only: the message of an exception may quote the citizen."""
        FAILURES[self.name()] += 1
        places = [f"{frame.filename}:{frame.lineno}" for frame in traceback.extract_tb(error.__traceback__)]
        logger.error(
            "action failed: action=%s error=%s failures=%d at=%s",
            self.name(),
            type(error).__name__,
            FAILURES[self.name()],
            " < ".join(reversed(places[-4:])),
        )

    def _apology(self, before: Memory) -> Reply:
        status = AnswerStatus.ERROR_SERVICE
        payload = Payload(self.texts.for_status(status), status.value, handoff=HandoffReason.ERROR)
        return Reply(
            payload, replace(before, last_status=status.value, offer=HandoffReason.ERROR.value, insult_count=0)
        )
