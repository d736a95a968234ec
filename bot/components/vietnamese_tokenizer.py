"""Tokens without accents, with abbreviations and teencode written out: one spelling for the many that people type."""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.tokenizers.tokenizer import Token, Tokenizer
from rasa.shared.nlu.training_data.message import Message

from bot.components.compiled_action_schema import install_unless_stock
from bot.components.source_digest import text_rules_digest
from vietnamese.keys import plain_key

NOTHING_LEFT = "<nothing>"
"""The featurizers need one token even when a message holds only emoji."""


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_TOKENIZER, is_trainable=False)
class VietnameseTokenizer(Tokenizer):
    """Offsets count in the normalised text: no entity is cut out of messages, so nobody maps them back."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """The keys that Rasa's base class reads."""
        return {"intent_tokenization_flag": False, "intent_split_symbol": "_", "token_pattern": None}

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> VietnameseTokenizer:
        """Also installs the compiled action schema: Rasa gives our code no earlier place (docs/adr/0003)."""
        install_unless_stock()
        return cls(config)

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str | None:
        """Retrains when a lexicon of `vietnamese/` changed."""
        return text_rules_digest()

    def tokenize(self, message: Message, attribute: str) -> list[Token]:
        """At least one token for any text."""
        words = plain_key(message.get(attribute)).split() or [NOTHING_LEFT]
        tokens = []
        start = 0
        for word in words:
            tokens.append(Token(word, start))
            start += len(word) + 1
        return tokens
