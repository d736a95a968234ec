import pytest

from actions.action_affirm import Affirm
from actions.action_answer_question import AnswerQuestion
from actions.action_choose_option import ChooseOption
from actions.action_deny import Deny
from actions.option_choice import pick_option
from knowledge.answer import Option
from tests.unit.actions.conversation import Conversation
from tests.unit.actions.fakes import CLARIFICATION, OPTIONS, FakeAssistant


def unclear() -> Conversation:
    talk = Conversation(FakeAssistant({"sinh con": CLARIFICATION}))
    talk.say(AnswerQuestion, "chế độ sinh con")
    return talk


def test_a_button_answers_with_its_passage():
    reply = unclear().say(ChooseOption, '/choose_option{"option": "faq/ho-so-thai-san"}', option="faq/ho-so-thai-san")
    assert reply["status"] == "answered"


def test_a_button_of_an_older_question_still_works():
    reply = Conversation().say(ChooseOption, "/choose_option", option="faq/ho-so-thai-san")
    assert reply["status"] == "answered"


def test_a_button_of_a_withdrawn_passage_abstains():
    reply = unclear().say(ChooseOption, "/choose_option", option="faq/khong-con")
    assert reply["status"] == "unanswerable_no_content"


def test_a_button_without_an_option_gets_a_harmless_line():
    assert unclear().say(ChooseOption, "/choose_option")["status"] == "no_status"


def test_a_number_picks_an_open_option():
    talk = unclear()
    assert talk.say(ChooseOption, "1")["status"] == "answered"
    assert talk.slots["options"] is None


def test_a_number_without_open_options_is_a_question():
    talk = Conversation()
    talk.say(ChooseOption, "2")
    assert talk.assistant.asked == ["2"]


def test_the_words_of_an_option_pick_it_even_when_read_as_a_question():
    talk = unclear()
    assert talk.say(AnswerQuestion, "hồ sơ của mẹ")["status"] == "answered"
    assert talk.assistant.asked[-1].startswith("faq/ho-so-thai-san|")


def test_an_answered_question_closes_the_options():
    talk = unclear()
    talk.assistant.knows = {"luong huu": talk.assistant.answer_with("faq/ho-so-thai-san", "")}
    talk.say(AnswerQuestion, "điều kiện lương hưu")
    assert talk.slots["options"] is None


def test_yes_with_several_open_options_shows_them_again():
    assert len(unclear().say(Affirm, "vâng")["buttons"]) == len(OPTIONS)


def test_no_closes_the_options_and_asks_for_more():
    talk = unclear()
    talk.say(Deny, "không phải")
    assert talk.slots["options"] is None


THREE = (Option("Hồ sơ thai sản", "a"), Option("Chồng nghỉ khi vợ sinh", "b"), Option("Trợ cấp một lần", "c"))


@pytest.mark.parametrize(
    ("text", "picked"),
    [
        ("2", "b"),
        ("số 3 nhé", "c"),
        ("cái thứ nhất", "a"),
        ("cai thu hai", "b"),
        ("cái đầu tiên", "a"),
        ("cái cuối cùng ạ", "c"),
        ("ở giữa", "b"),
        ("chồng nghỉ", "b"),
        ("tro cap", "c"),
    ],
)
def test_an_option_is_picked_by_number_place_or_words(text: str, picked: str):
    option = pick_option(text, THREE)
    assert option is not None
    assert option.passage_id == picked


@pytest.mark.parametrize("text", ["7", "ok", "", "lương hưu", "hồ sơ", "😀"])
def test_what_names_no_single_option_picks_none(text: str):
    options = (*THREE, Option("Hồ sơ ốm đau", "d"))
    assert pick_option(text, options) is None
