"""Domain, rules, NLU rows and code name the same things, so that no intent ends in silence."""

from __future__ import annotations

import importlib
import inspect
import json
import pkgutil
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

import actions
from actions.base import HelpdeskAction
from actions.memory import Memory, slots_of
from actions.wiring import DIALOGUE_TEXTS
from vietnamese.keys import plain_key

ROOT = Path(__file__).resolve().parents[2]
DOMAIN = ROOT / "bot" / "domain"
DATA = ROOT / "bot" / "data"
UNSEEN = ROOT / "tests" / "fixtures" / "nlu" / "test_nlu.yml"
MANY_ROWS = {"request_person": 40, "emergency": 40, "ask_question": 40}
FEWEST_ROWS = 12


def read(path: Path) -> dict[str, Any]:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def domain() -> dict[str, Any]:
    merged: dict[str, Any] = {}
    for path in DOMAIN.glob("*.yml"):
        for key, value in read(path).items():
            assert key == "version" or key not in merged, f"{key} stands in two files: one copy would win"
            merged[key] = value
    return merged


def rules() -> list[dict[str, Any]]:
    return [rule for path in (DATA / "rules").glob("*.yml") for rule in read(path)["rules"]]


def rows(*paths: Path) -> Iterator[tuple[str, str]]:
    for path in paths:
        for block in read(path)["nlu"]:
            for row in block["examples"].splitlines():
                yield block["intent"], row.removeprefix("- ")


def action_classes() -> dict[str, type[HelpdeskAction]]:
    modules = [importlib.import_module(f"actions.{found.name}") for found in pkgutil.iter_modules(actions.__path__)]
    classes = {
        member
        for module in modules
        for _, member in inspect.getmembers(module, inspect.isclass)
        if issubclass(member, HelpdeskAction) and not inspect.isabstract(member)
    }
    return {member().name(): member for member in classes}


def said_by_rules() -> set[str]:
    return {step["action"] for rule in rules() for step in rule["steps"] if "action" in step}


def test_every_action_of_the_domain_exists_in_code_and_the_other_way_round():
    assert set(domain()["actions"]) == set(action_classes())


def test_each_action_has_a_file_of_its_name():
    for name, action in action_classes().items():
        assert action.__module__ == f"actions.{name}"


def test_actions_have_no_subpackage():
    assert not [found.name for found in pkgutil.iter_modules(actions.__path__) if found.ispkg]


def test_every_intent_has_exactly_one_rule():
    intents = [step["intent"] for rule in rules() for step in rule["steps"] if "intent" in step]
    assert sorted(intents) == sorted(domain()["intents"])


def test_rules_use_what_the_domain_declares_and_all_of_it():
    declared = set(domain()["actions"]) | set(domain()["responses"])
    assert said_by_rules() == declared


def test_the_fallback_action_exists():
    [policy] = read(ROOT / "config.yml")["policies"]
    assert policy["core_fallback_action_name"] in domain()["actions"]


def test_slots_are_those_of_the_memory():
    assert set(domain()["slots"]) == set(slots_of(Memory()))


def test_no_slot_steers_the_rules():
    assert not [name for name, slot in domain()["slots"].items() if slot["influence_conversation"]]


def test_every_line_that_code_says_is_in_the_texts_and_none_is_idle():
    source = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "actions").glob("*.py"))
    said = set(re.findall(r"\bline\((?:\w+\.texts, )?[\"'](\w+)[\"']", source))
    assert said == set(read(ROOT / DIALOGUE_TEXTS)["lines"])


def test_payloads_of_buttons_are_intents_of_the_domain_or_plain_text():
    for replies in domain()["responses"].values():
        for reply in replies:
            for button in reply.get("buttons", []):
                payload = button["payload"]
                assert not payload.startswith("/") or payload.removeprefix("/") in domain()["intents"]


def test_every_intent_is_trained():
    assert {intent for intent, _ in rows(*(DATA / "nlu").glob("*.yml"))} == set(domain()["intents"])


def test_no_row_teaches_two_intents():
    seen: dict[str, str] = {}
    for intent, text in rows(*(DATA / "nlu").glob("*.yml")):
        assert seen.setdefault(plain_key(text), intent) == intent, text


def test_the_unseen_rows_are_not_in_training_in_any_spelling():
    trained = {plain_key(text) for _, text in rows(*(DATA / "nlu").glob("*.yml"))}
    assert not [text for _, text in rows(UNSEEN) if plain_key(text) in trained]


@pytest.mark.parametrize("intent", sorted(domain()["intents"]))
def test_every_intent_has_enough_unseen_rows(intent: str):
    count = sum(found == intent for found, _ in rows(UNSEEN))
    assert count >= MANY_ROWS.get(intent, FEWEST_ROWS)


def test_our_classes_in_config_exist():
    for component in read(ROOT / "config.yml")["pipeline"]:
        if component["name"].startswith("bot."):
            module, _, name = component["name"].rpartition(".")
            source = (ROOT / Path(*module.split("."))).with_suffix(".py").read_text(encoding="utf-8")
            assert f"class {name}(" in source


def test_rasa_keeps_its_trackers_in_var_and_reads_the_action_server_from_the_environment():
    endpoints = read(ROOT / "endpoints.yml")
    assert endpoints["tracker_store"]["db"] == "var/rasa-trackers.db"
    assert endpoints["action_endpoint"]["url"] == "${BHXH_ACTION_URL}"
    assert json.loads(json.dumps(read(ROOT / "credentials.yml"))) == {"rest": None}
