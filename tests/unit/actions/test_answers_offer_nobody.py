"""An answer never carries the offer of a person: the gateway looks for held answers among replies without an offer."""

import importlib
import pkgutil

import pytest

import actions
from actions.action_answer_question import AnswerQuestion
from actions.base import HelpdeskAction
from tests.unit.actions.conversation import Conversation
from tests.unit.actions.fakes import OPTIONS

MATERNITY = "Hồ sơ thai sản gồm gì?"
REMEMBERED = [
    {},
    {"abstentions": 5, "last_status": "unanswerable_low_score", "last_question": MATERNITY},
    {"offer": "abstained", "insult_count": 5, "role": "employee", "last_question": MATERNITY},
    {"options": [{"title": each.title, "passage_id": each.passage_id} for each in OPTIONS]},
    {"last_status": "answered", "last_question": MATERNITY, "last_passage_ids": [OPTIONS[0].passage_id]},
]


def every_action():
    for module in pkgutil.iter_modules(actions.__path__):
        importlib.import_module(f"actions.{module.name}")
    return sorted((each for each in _below(HelpdeskAction) if each.__module__.startswith("actions.")), key=repr)


def _below(base):
    for each in base.__subclasses__():
        yield each
        yield from _below(each)


def said(action, slots, text):
    talk = Conversation()
    talk.slots = dict(slots)
    return talk.say(action, text)


@pytest.mark.parametrize("slots", REMEMBERED)
@pytest.mark.parametrize("action", every_action())
def test_an_answer_carries_no_offer(action, slots):
    for text in (MATERNITY, "cái đầu tiên", "không phải"):
        reply = said(action, slots, text)
        assert not (reply["status"] == "answered" and (reply["offer"] or reply["offer_question"]))


def test_the_same_question_offers_a_person_only_while_it_is_not_answered():
    before = {"abstentions": 5, "last_question": ""}
    found, missing = said(AnswerQuestion, before, MATERNITY), said(AnswerQuestion, before, "Giá vàng?")
    assert (found["status"], found["offer"], missing["offer"]) == ("answered", None, "abstained")
