"""What actions say in whole conversations, through real Rasa and our real actions; only the assistant is a table."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.conversations.stack import Stack

pytestmark = pytest.mark.stack

RATE = "Tỷ lệ đóng BHXH bắt buộc của người sử dụng lao động là bao nhiêu?"


@pytest.fixture(scope="module")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    running = Stack(tmp_path_factory.mktemp("stack"))
    try:
        running.start_action_server()
        running.start_rasa()
        yield running
    finally:
        running.stop()


def test_a_question_is_answered_with_its_source(stack: Stack):
    reply = stack.custom("question", "hồ sơ hưởng chế độ thai sản gồm những gì")
    assert reply["status"] == "answered"
    assert reply["citations"]


def test_a_greeting_has_plain_text_and_buttons(stack: Stack):
    [reply] = stack.say("greeting", "xin chào")
    assert "BHXH" in reply["text"]
    assert {"title": "Gặp cán bộ", "payload": "/request_person"} in reply["buttons"]


def test_a_follow_up_for_other_people_changes_the_answer(stack: Stack):
    employer = stack.custom("follow-up", RATE)
    employee = stack.custom("follow-up", "còn người lao động thì sao")
    assert (employer["status"], employee["status"]) == ("answered", "answered")
    assert employer["text"] != employee["text"]


def test_the_source_and_a_simpler_answer_follow_an_answer(stack: Stack):
    stack.custom("source", "ho so thai san gom nhung gi")
    assert stack.custom("source", "căn cứ đâu")["text"].startswith("Căn cứ:")
    assert stack.custom("source", "nói dễ hiểu hơn đi")["status"] == "answered"


def test_a_number_picks_an_open_option_and_without_one_is_a_question(stack: Stack):
    assert stack.custom("options", "2")["status"] == "unanswerable_low_score"
    stack.custom("options", "được gì khi sinh con")
    assert stack.custom("options", "số 1")["status"] == "answered"


def test_a_pressed_option_answers(stack: Stack):
    reply = stack.custom("pressed", '/choose_option{"option": "faq/ho-so-thai-san"}')
    assert reply["status"] == "answered"


def test_an_offer_accepted_brings_in_a_person(stack: Stack):
    stack.custom("offer", "tra giúp em mã số bhxh")
    reply = stack.custom("offer", "dạ có ạ")
    assert reply["handoff"] == {"reason": "offered_accepted"}


def test_ok_after_thanks_accepts_no_older_offer(stack: Stack):
    stack.custom("thanks", "tra giúp em mã số bhxh")
    stack.say("thanks", "cảm ơn nhé")
    assert stack.custom("thanks", "ok")["handoff"] is None


def test_an_unknown_payload_does_nothing_harmful(stack: Stack):
    assert stack.custom("payload", '/drop_everything{"a": "b"}')["status"] == "no_status"


def test_a_failing_action_is_answered_and_nobody_logs_what_was_said(stack: Stack):
    reply = stack.custom("failing", "cho hỏi mức hưởng chế độ, xin làm hỏng giúp 0912000111")
    assert reply["status"] == "error_service"
    assert "ValueError" in stack.logs
    assert "làm hỏng" not in stack.logs
    assert "0912000111" not in stack.logs


def test_the_conversation_survives_a_restart_of_rasa(stack: Stack):
    stack.custom("restart", "hồ sơ hưởng chế độ thai sản gồm những gì")
    stack.stop("rasa")
    stack.start_rasa()
    assert stack.custom("restart", "thế bao lâu")["status"] == "answered"


def test_without_the_action_server_rasa_gives_nothing_and_logs_nothing_said(stack: Stack):
    stack.stop("actions")
    try:
        assert stack.say("alone", "điều kiện hưởng lương hưu của bác Nguyễn Thị Thử") == []
        assert stack.say("alone", "xin chào") != []
        assert "Nguyễn Thị Thử" not in stack.logs
    finally:
        stack.start_action_server()
