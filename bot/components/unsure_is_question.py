"""What is not certainly something else is a question."""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import TEXT, TOKENS_NAMES
from rasa.shared.nlu.training_data.message import Message

from bot.components.intent_rules import ASK_QUESTION, Doubt, is_question_after_all
from bot.components.ranking import decide, read_guess
from bot.components.source_digest import text_rules_digest


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class UnsureIsQuestion(GraphComponent):
    """Takes the place of Rasa's FallbackClassifier, whose `nlu_fallback` would be a dead end."""

    def __init__(self, doubt: Doubt) -> None:
        self._doubt = doubt

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """The fields of `Doubt`."""
        return {"min_confidence": 0.3, "min_costly_confidence": 0.4, "min_ratio": 3.0, "max_words": 9}

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> UnsureIsQuestion:
        """Reads the numbers from config.yml."""
        doubt = Doubt(
            min_confidence=float(config["min_confidence"]),
            min_costly_confidence=float(config["min_costly_confidence"]),
            min_ratio=float(config["min_ratio"]),
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
            guess = read_guess(message)
            key = " ".join(token.text for token in message.get(TOKENS_NAMES[TEXT]) or [])
            if guess.intent != ASK_QUESTION and is_question_after_all(guess, key, self._doubt):
                decide(message, ASK_QUESTION, max(guess.question_confidence, 1.0 - guess.confidence))
        return messages
