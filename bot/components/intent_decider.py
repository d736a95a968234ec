"""The last word on the intent: doubt turns into a question, and rules win over statistics."""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.constants import TOKENS_NAMES
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.components.intent_rules import ASK_QUESTION, Doubt, Guess, intent_of_act, is_question_after_all
from bot.components.ranking import decide, read_guess
from bot.components.source_digest import text_rules_digest
from vietnamese.acts import recognise_act


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class IntentDecider(GraphComponent):
    """Stands after the classifier, in the place of Rasa's FallbackClassifier: `nlu_fallback` would be a dead end.

    Payloads such as `/choose_option` never come here: Rasa reads them before the pipeline.
    """

    def __init__(self, doubt: Doubt) -> None:
        self._doubt = doubt

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """The fields of `Doubt`."""
        return {
            "min_confidence": 0.3,
            "min_costly_confidence": 0.4,
            "min_ratio": 5.0,
            "clear_question": 0.9,
            "max_words": 9,
        }

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> IntentDecider:
        """Reads the numbers from config.yml."""
        doubt = Doubt(
            min_confidence=float(config["min_confidence"]),
            min_costly_confidence=float(config["min_costly_confidence"]),
            min_ratio=float(config["min_ratio"]),
            clear_question=float(config["clear_question"]),
            max_words=int(config["max_words"]),
        )
        return cls(doubt)

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str | None:
        """Retrains when the rules changed."""
        return text_rules_digest()

    def process(self, messages: list[Message]) -> list[Message]:
        """Leaves the certain guesses as they are."""
        for message in messages:
            guess = self._without_doubt(message)
            intent = intent_of_act(recognise_act(message.get(TEXT) or ""), guess, self._doubt)
            if intent is not None:
                decide(message, intent, 1.0)
        return messages

    def _without_doubt(self, message: Message) -> Guess:
        guess = read_guess(message)
        key = " ".join(token.text for token in message.get(TOKENS_NAMES[TEXT]) or [])
        if guess.intent == ASK_QUESTION or not is_question_after_all(guess, key, self._doubt):
            return guess
        decide(message, ASK_QUESTION, max(guess.question_confidence, 1.0 - guess.confidence))
        return read_guess(message)
