"""Which question the log keeps of a turn: what was typed, or what a button stood for."""

from connectors.asked import Asked, logged_answer
from connectors.message import AnswerSource, DialogueState, Reply
from tests.fakes.stored import at, conversation

CHOSEN = AnswerSource("faq/a", "faq/a", "", "1", "", "s", None)


def question(asked, reply):
    return logged_answer(conversation("an"), asked, reply, 2, at(0)).question


def test_typed_words_are_kept_as_the_dialogue_heard_them():
    asked = Asked("/thai sản, mã số BHXH 0123456789", is_choice=False)
    assert question(asked, Reply("x", "answered")) == "thai sản, mã số BHXH [mã số BHXH]"


def test_of_a_button_or_the_second_one_what_it_stood_for():
    reply = Reply("x", "answered", dialogue=DialogueState("nghỉ ốm mấy ngày", "", 0), source=CHOSEN)
    assert question(Asked("Ốm đau", is_choice=True), reply) == "nghỉ ốm mấy ngày"
    assert question(Asked("cái thứ hai", is_choice=False), reply) == "nghỉ ốm mấy ngày"


def test_a_button_that_nobody_explains_keeps_its_title():
    assert question(Asked("Ốm đau", is_choice=True), Reply("x", "clarification")) == "Ốm đau"
