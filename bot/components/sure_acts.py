"""Emergencies, requests for a person and a few other acts are set by rule: they must win over any statistics."""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.components.intent_rules import INTENT_OF_ACT
from bot.components.ranking import decide
from bot.components.source_digest import text_rules_digest
from vietnamese.acts import recognise_act


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class SureActs(GraphComponent):
    """Stands last, so that nothing after it can doubt what a rule decided."""

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> SureActs:
        """Has no settings and no state."""
        return cls()

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str | None:
        """Retrains when a rule of `vietnamese/` changed."""
        return text_rules_digest()

    def process(self, messages: list[Message]) -> list[Message]:
        """Payloads such as `/choose_option` never come here: Rasa reads them before the pipeline."""
        for message in messages:
            act = recognise_act(message.get(TEXT) or "")
            if act in INTENT_OF_ACT:
                decide(message, INTENT_OF_ACT[act], 1.0)
        return messages
