"""How the trained model reads rows that training never saw; `bot.nlu_report` prints the same figures."""

from __future__ import annotations

import json
import subprocess
from typing import Any

import pytest

from tests.conversations.stack import ROOT

pytestmark = pytest.mark.stack

LEAST_MACRO_F1 = 0.92
LEAST_RECALL = 0.98


@pytest.fixture(scope="module")
def report() -> dict[str, Any]:
    command = [str(ROOT / ".venv-rasa" / "bin" / "python"), "-W", "ignore", "-m", "bot.nlu_report"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300, check=True)
    return json.loads(done.stdout)


def test_macro_f1_on_unseen_rows(report: dict[str, Any]):
    assert report["macro_f1"] >= LEAST_MACRO_F1, report["misread"]


@pytest.mark.parametrize("intent", ["request_person", "emergency"])
def test_whoever_needs_a_person_is_heard(report: dict[str, Any], intent: str):
    assert report["intents"][intent]["recall"] >= LEAST_RECALL, report["misread"]


def test_questions_are_not_taken_for_anything_else(report: dict[str, Any]):
    assert report["intents"]["ask_question"]["recall"] >= LEAST_RECALL, report["misread"]
