"""Checks that need Rasa itself: run by test_rasa_side.py in .venv-rasa, where no pytest lives."""

# ruff: noqa: PT009, PT027 - plain unittest, see above
from __future__ import annotations

import asyncio
import os
import sqlite3
import tempfile
import unittest
from pathlib import Path

from jsonschema import ValidationError
from rasa.core.actions.action import RemoteAction
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.training_data.message import Message

from bot.components.compiled_action_schema import STOCK_SWITCH, install_unless_stock, is_installed
from bot.components.intent_decider import IntentDecider
from bot.components.tracker_store import FORGOTTEN_SECONDS, KEPT_EVENTS, RecentTrackerStore
from bot.components.vietnamese_tokenizer import NOTHING_LEFT, VietnameseTokenizer

STOCK = RemoteAction._validate_action_result
VALID = {"events": [{"event": "slot", "name": "role", "value": None}], "responses": [{"text": "x"}]}
INVALID = [
    {"events": [{"event": "no such event"}], "responses": []},
    {"events": "none", "responses": []},
    {"events": [], "responses": ["text"]},
    [],
]


class RecentTrackers(unittest.TestCase):
    def setUp(self) -> None:
        self._folder = tempfile.TemporaryDirectory()
        self.addCleanup(self._folder.cleanup)
        self.file = str(Path(self._folder.name) / "new" / "trackers.db")
        self.domain = Domain.from_dict(
            {"slots": {"role": {"type": "any", "mappings": [{"type": "custom"}]}}, "intents": ["greet"]}
        )
        self.store = RecentTrackerStore(self.domain, db=self.file)

    def tracker(self, turns: int) -> DialogueStateTracker:
        events = [SlotSet("role", "employer"), *(UserUttered(f"câu {number}") for number in range(turns))]
        return DialogueStateTracker.from_events("one", events, self.domain.slots, domain=self.domain)

    def retrieve(self, sender: str) -> DialogueStateTracker | None:
        return asyncio.run(RecentTrackerStore(self.domain, db=self.file).retrieve(sender))

    def test_a_conversation_survives_a_restart(self) -> None:
        asyncio.run(self.store.save(self.tracker(3)))
        self.assertEqual(self.retrieve("one").latest_message.text, "câu 2")
        self.assertIsNone(self.retrieve("other"))

    def test_a_long_conversation_keeps_its_last_events_and_every_slot(self) -> None:
        asyncio.run(self.store.save(self.tracker(KEPT_EVENTS * 2)))
        kept = self.retrieve("one")
        self.assertEqual(len(kept.events), KEPT_EVENTS + 1)
        self.assertEqual(kept.get_slot("role"), "employer")

    def test_a_conversation_can_be_forgotten(self) -> None:
        asyncio.run(self.store.save(self.tracker(1)))
        asyncio.run(self.store.delete("one"))
        self.assertIsNone(self.retrieve("one"))
        self.assertEqual(asyncio.run(self.store.keys()), [])

    def test_a_conversation_silent_for_a_day_is_forgotten(self) -> None:
        asyncio.run(self.store.save(self.tracker(1)))
        with sqlite3.connect(self.file) as connection:
            connection.execute("UPDATE tracker SET saved_at = saved_at - ?", (FORGOTTEN_SECONDS + 1,))
        connection.close()
        other = DialogueStateTracker.from_events("two", [], self.domain.slots, domain=self.domain)
        asyncio.run(RecentTrackerStore(self.domain, db=self.file).save(other))
        self.assertIsNone(self.retrieve("one"))
        self.assertIsNotNone(self.retrieve("two"))


class CompiledActionSchema(unittest.TestCase):
    def setUp(self) -> None:
        RemoteAction._validate_action_result = STOCK
        os.environ.pop(STOCK_SWITCH, None)

    def test_it_is_applied(self) -> None:
        self.assertFalse(is_installed())
        install_unless_stock()
        self.assertTrue(is_installed())

    def test_making_our_tokenizer_applies_it(self) -> None:
        VietnameseTokenizer.create(VietnameseTokenizer.get_default_config(), None, None, None)
        self.assertTrue(is_installed())

    def test_the_switch_leaves_rasa_as_it_is(self) -> None:
        os.environ[STOCK_SWITCH] = "1"
        install_unless_stock()
        self.assertFalse(is_installed())

    def test_a_valid_result_passes(self) -> None:
        install_unless_stock()
        self.assertTrue(RemoteAction("a", None)._validate_action_result(VALID))

    def test_an_invalid_result_is_rejected_as_stock_rejects_it(self) -> None:
        for result in INVALID:
            with self.subTest(result=result):
                RemoteAction._validate_action_result = STOCK
                with self.assertRaises(ValidationError) as stock:
                    RemoteAction("a", None)._validate_action_result(result)
                install_unless_stock()
                with self.assertRaises(ValidationError) as ours:
                    RemoteAction("a", None)._validate_action_result(result)
                self.assertEqual(ours.exception.message, stock.exception.message)


class Tokens(unittest.TestCase):
    def tokens(self, text: str) -> list[str]:
        tokenizer = VietnameseTokenizer(VietnameseTokenizer.get_default_config())
        return [token.text for token in tokenizer.tokenize(Message.build(text), "text")]

    def test_accents_and_abbreviations_come_to_one_spelling(self) -> None:
        self.assertEqual(self.tokens("Rút BHXH 1 lần"), self.tokens("rut bao hiem xa hoi mot lan"))

    def test_a_message_of_emoji_still_has_a_token(self) -> None:
        self.assertEqual(self.tokens("😀😀"), [NOTHING_LEFT])


class Training(unittest.TestCase):
    def test_a_changed_lexicon_trains_again(self) -> None:
        self.assertTrue(VietnameseTokenizer.fingerprint_addon({}))
        self.assertTrue(IntentDecider.fingerprint_addon({}))


class Decisions(unittest.TestCase):
    def decide(self, text: str, intent: str, confidence: float) -> str:
        message = Message.build(text)
        config = VietnameseTokenizer.get_default_config()
        [message] = VietnameseTokenizer(config).process([message])
        message.set("intent", {"name": intent, "confidence": confidence})
        message.set("intent_ranking", [{"name": intent, "confidence": confidence}])
        decider = IntentDecider.create(IntentDecider.get_default_config(), None, None, None)
        [message] = decider.process([message])
        self.assertEqual(message.get("intent_ranking")[0], message.get("intent"))
        return str(message.get("intent")["name"])

    def test_an_emergency_wins_over_a_sure_guess(self) -> None:
        self.assertEqual(self.decide("con tôi bị co giật tím tái", "greet", 0.99), "emergency")

    def test_an_unsure_guess_becomes_a_question(self) -> None:
        self.assertEqual(self.decide("abc xyz", "chitchat", 0.1), "ask_question")

    def test_a_sure_guess_stays(self) -> None:
        self.assertEqual(self.decide("xin chào", "greet", 0.99), "greet")


if __name__ == "__main__":
    unittest.main()
