import logging

import pytest

from actions.action_affirm import Affirm
from actions.action_answer_question import AnswerQuestion
from actions.base import FAILURES
from tests.unit.actions.conversation import Conversation
from tests.unit.actions.fakes import BrokenAssistant

SECRET = "câu hỏi riêng của công dân"


def test_a_failing_action_says_sorry_and_brings_in_a_person():
    reply = Conversation(BrokenAssistant()).say(AnswerQuestion, SECRET)
    assert reply["status"] == "error_service"
    assert reply["handoff"] == {"reason": "error"}
    assert "Xin lỗi" in reply["text"]


def test_a_failure_is_logged_without_what_the_citizen_said(caplog: pytest.LogCaptureFixture):
    with caplog.at_level(logging.DEBUG):
        Conversation(BrokenAssistant()).say(AnswerQuestion, SECRET)
    assert "ValueError" in caplog.text
    assert "action_answer_question" in caplog.text
    assert "riêng của công dân" not in caplog.text


def test_failures_are_counted():
    before = FAILURES["action_answer_question"]
    Conversation(BrokenAssistant()).say(AnswerQuestion, SECRET)
    assert FAILURES["action_answer_question"] == before + 1


def test_yes_after_a_failure_brings_in_a_person():
    talk = Conversation(BrokenAssistant())
    talk.say(AnswerQuestion, SECRET)
    assert talk.say(Affirm, "vâng")["handoff"] == {"reason": "offered_accepted"}


def test_broken_slots_still_give_a_reply():
    talk = Conversation()
    talk.slots["options"] = [{"wrong": 1}]
    assert talk.say(AnswerQuestion, "hồ sơ thai sản")["status"] == "error_service"
