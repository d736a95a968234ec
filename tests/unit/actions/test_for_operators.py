"""What replies carry for whoever takes the conversation over."""

from actions.action_answer_question import AnswerQuestion
from actions.action_change_role import ChangeRole
from actions.action_choose_option import ChooseOption
from actions.base import QUESTION_SHOWN
from knowledge.answer import Answer, AnswerStatus
from knowledge.answering.assistant import AnswerRecord
from knowledge.search_result import Hit, SearchResult
from tests.unit.actions.conversation import Conversation
from tests.unit.actions.fakes import CLARIFICATION, LATE, MATERNITY, SNAPSHOT_ID, FakeAssistant, answered


def abstained():
    hits = (Hit(MATERNITY, 0.18111, 1), Hit(LATE, 0.07, 2))
    return AnswerRecord(Answer(AnswerStatus.UNANSWERABLE_LOW_SCORE, "Tôi chưa tìm thấy."), SearchResult(hits=hits))


def test_an_answer_carries_the_score_of_the_search():
    found = Conversation().say(AnswerQuestion, "hồ sơ thai sản")["found"]
    assert [(each["passage_id"], each["score"]) for each in found] == [(MATERNITY.id, 0.9)]


def test_an_abstention_carries_what_was_nearest():
    reply = Conversation(FakeAssistant({"xe may": abstained()})).say(AnswerQuestion, "xe máy")
    assert [(each["title"], each["score"]) for each in reply["found"]] == [
        (MATERNITY.title, 0.1811),
        (LATE.title, 0.07),
    ]
    assert reply["dialogue"] == {"question": "xe máy", "role": "", "abstentions": 1}


def test_what_the_citizen_chose_has_no_score():
    class Choosing(FakeAssistant):
        def answer_with(self, passage_id, question):
            record = super().answer_with(passage_id, question)
            return AnswerRecord(record.answer, record.result, was_chosen=True)

    talk = Conversation(Choosing({"thai san": CLARIFICATION}))
    talk.say(AnswerQuestion, "thai sản")
    assert [each["score"] for each in talk.say(ChooseOption, "1")["found"]] == [None]


def test_the_role_is_said_in_words():
    talk = Conversation()
    reply = talk.say(ChangeRole, "tôi là kế toán công ty")
    assert reply["dialogue"]["role"] == "người sử dụng lao động"


def test_an_endless_question_is_cut():
    reply = Conversation().say(AnswerQuestion, "thai sản " * 200)
    assert len(reply["dialogue"]["question"]) == QUESTION_SHOWN


def test_an_answer_says_where_it_comes_from():
    source = Conversation().say(AnswerQuestion, "hồ sơ thai sản")["source"]
    assert source == {
        "passage_id": MATERNITY.id,
        "document": MATERNITY.id,
        "section": "",
        "version": "",
        "topic": "",
        "snapshot": SNAPSHOT_ID,
        "score": 0.9,
    }


def test_an_abstention_says_what_was_nearest():
    source = Conversation(FakeAssistant({"xe may": abstained()})).say(AnswerQuestion, "xe máy")["source"]
    assert (source["document"], source["score"]) == (MATERNITY.id, 0.1811)


def test_what_found_nothing_comes_from_nowhere():
    assert Conversation(FakeAssistant({})).say(AnswerQuestion, "xe máy")["source"] is None


def test_a_section_is_named_by_its_directive():
    source = Conversation(FakeAssistant({"tre": answered(LATE)})).say(AnswerQuestion, "trễ hạn")["source"]
    assert (source["document"], source["section"]) == ("directive/1568-BHXH-PC", "3")
