"""Everything that the console can say has words."""

import re
from pathlib import Path

import pytest

from console.operator.room import NAVIGATION
from console.operator.texts import given_name, load_console_texts
from console.security.refusal import Refusal
from desk.accounts.role import Role
from desk.handoff.state import CloseReason, EventKind, Priority, Reason, State
from desk.presence import Presence

TEXTS = load_console_texts()
SCRIPTS = Path(__file__).resolve().parents[3] / "console" / "operator" / "static" / "js"
KINDS = {
    "states": State,
    "reasons": Reason,
    "priorities": Priority,
    "close_reasons": CloseReason,
    "events": EventKind,
    "presences": Presence,
    "roles": Role,
}


@pytest.mark.parametrize("kind", KINDS)
def test_every_value_has_a_name(kind):
    assert set(TEXTS.names[kind]) == set(KINDS[kind])


def test_every_page_of_the_navigation_has_a_title():
    assert {item.key for item in NAVIGATION} <= set(TEXTS.names["pages"])


def test_every_refusal_has_a_sentence():
    assert set(TEXTS.refusals) == set(Refusal)


def test_scripts_say_nothing_that_has_no_words():
    used = {
        key for path in SCRIPTS.glob("*.js") for key in re.findall(r"\btext\((?:[^()]*\? )?\"(\w+)\"", path.read_text())
    }
    assert used
    assert used <= set(TEXTS.script)


@pytest.mark.parametrize(("name", "given"), [("Trần Thị Lan", "Lan"), ("Lan", "Lan"), ("", "")])
def test_citizens_hear_the_given_name(name, given):
    assert given_name(name) == given
