import pytest

from actions.action_answer_question import AnswerQuestion
from actions.action_change_role import ChangeRole
from actions.action_contact import Contact
from knowledge.answer import Answer, AnswerStatus
from knowledge.answering.assistant import AnswerRecord
from knowledge.search_result import Hit, SearchResult
from tests.unit.actions.conversation import Conversation
from tests.unit.actions.fakes import CLARIFICATION, MATERNITY, FakeAssistant, answered, unanswered


def test_an_answer_carries_status_citation_and_feedback():
    reply = Conversation().say(AnswerQuestion, "Hồ sơ thai sản gồm gì?")
    assert reply["status"] == "answered"
    assert reply["text"] == MATERNITY.text
    assert reply["citations"][0]["passage_id"] == MATERNITY.id
    assert reply["feedback"] is True
    assert reply["handoff"] is None


@pytest.mark.parametrize("status", [AnswerStatus.UNANSWERABLE_OWN_CASE, AnswerStatus.UNANSWERABLE_OUT_OF_SCOPE])
def test_what_an_entry_said_in_another_status_can_be_called_wrong(status):
    told = AnswerRecord(Answer(status, MATERNITY.text), SearchResult(hits=(Hit(MATERNITY, 0.9, 1),)))
    for record, feedback in ((told, True), (unanswered(status), False)):
        reply = Conversation(FakeAssistant({"sinh": record})).say(AnswerQuestion, "sinh con")
        assert reply["feedback"] is feedback


def test_a_clarification_offers_its_options_as_payloads():
    reply = Conversation(FakeAssistant({"sinh": CLARIFICATION})).say(AnswerQuestion, "sinh con")
    assert reply["status"] == "clarification"
    assert reply["feedback"] is False
    assert reply["buttons"][0]["payload"] == '/choose_option{"option": "faq/ho-so-thai-san"}'


def test_a_follow_up_is_asked_together_with_the_last_question():
    talk = Conversation()
    talk.say(AnswerQuestion, "Hồ sơ hưởng chế độ thai sản gồm những gì?")
    reply = talk.say(AnswerQuestion, "thế bao lâu")
    assert talk.assistant.asked[-1] == "hưởng chế độ thai sản bao lâu"
    assert reply["status"] == "answered"


def test_a_second_follow_up_still_knows_the_subject():
    talk = Conversation()
    talk.say(AnswerQuestion, "Hồ sơ hưởng chế độ thai sản gồm những gì?")
    talk.say(AnswerQuestion, "thế bao lâu")
    talk.say(AnswerQuestion, "vậy nộp ở đâu")
    assert talk.assistant.asked[-1] == "hưởng chế độ thai sản nộp ở đâu"


def test_a_follow_up_that_finds_nothing_is_tried_in_its_other_readings():
    talk = Conversation(FakeAssistant({"gom nhung gi": answered(MATERNITY)}))
    talk.say(AnswerQuestion, "Hồ sơ hưởng chế độ thai sản gồm những gì?")
    talk.say(AnswerQuestion, "thế bao lâu")
    assert talk.assistant.asked[1:] == [
        "hưởng chế độ thai sản bao lâu",
        "hồ sơ hưởng chế độ thai sản gồm những gì bao lâu",
    ]


def test_a_follow_up_without_an_answer_leaves_the_subject():
    talk = Conversation(FakeAssistant({"gom nhung gi": answered(MATERNITY)}))
    talk.say(AnswerQuestion, "Hồ sơ hưởng chế độ thai sản gồm những gì?")
    talk.assistant.knows = {}
    talk.say(AnswerQuestion, "thế bao lâu")
    talk.say(AnswerQuestion, "vậy nộp ở đâu")
    assert "hưởng chế độ thai sản nộp ở đâu" in talk.assistant.asked


def test_a_follow_up_with_the_same_answer_says_so():
    talk = Conversation()
    talk.say(AnswerQuestion, "Hồ sơ hưởng chế độ thai sản gồm những gì?")
    reply = talk.say(AnswerQuestion, "thế bao lâu")
    assert reply["text"].startswith("Về việc này")
    assert reply["text"].endswith(MATERNITY.text)


def test_two_abstentions_in_a_row_offer_a_person():
    talk = Conversation(FakeAssistant({}))
    first = talk.say(AnswerQuestion, "câu hỏi lạ thứ nhất")
    second = talk.say(AnswerQuestion, "câu hỏi lạ thứ hai nữa")
    assert first["buttons"] == []
    assert [button["payload"] for button in second["buttons"]] == ["/affirm", "/deny"]
    assert second["status"] == "unanswerable_low_score"
    assert second["handoff"] is None


def test_an_answer_between_two_abstentions_starts_the_count_again():
    talk = Conversation()
    talk.say(AnswerQuestion, "câu hỏi lạ")
    talk.say(AnswerQuestion, "hồ sơ thai sản")
    assert talk.say(AnswerQuestion, "chuyện lạ khác hẳn")["buttons"] == []


def test_a_typed_payload_of_unknown_meaning_gets_a_harmless_line():
    talk = Conversation()
    reply = talk.say(AnswerQuestion, '/something{"a": 1}')
    assert reply["status"] == "no_status"
    assert talk.assistant.asked == []


def test_an_unclear_question_is_tried_again_with_the_role():
    talk = Conversation(FakeAssistant({"nguoi su dung lao dong": answered(MATERNITY), "dong bao nhieu": unanswered()}))
    talk.say(AnswerQuestion, "đóng bao nhiêu")
    reply = talk.say(ChangeRole, "tôi là kế toán công ty")
    assert reply["status"] == "answered"
    assert talk.slots["role"] == "employer"


@pytest.mark.parametrize(
    ("question", "audience"),
    [
        ("nghỉ sinh được mấy tháng", "employee"),
        ("nhân viên sinh con nghỉ mấy tháng", "employee"),
        ("bên em là công ty nợ bảo hiểm", ""),
        ("thuê người nghỉ hưu có phải đóng không", ""),
    ],
)
def test_who_asks_is_who_was_said_unless_the_question_names_others(question, audience):
    talk = Conversation()
    talk.say(ChangeRole, "tôi là công nhân")
    talk.say(AnswerQuestion, question)
    assert talk.assistant.audiences[0] == audience


def test_the_same_entry_at_another_time_is_not_called_the_same_answer():
    talk = Conversation()
    talk.say(AnswerQuestion, "trợ cấp thai sản một lần")
    reply = talk.say(AnswerQuestion, "năm 2020 thì sao")
    assert talk.assistant.asked[-1] == "năm 2020 trợ cấp thai sản một lần"
    assert reply["text"] == MATERNITY.text


def test_a_word_of_a_question_makes_nobody_who_asks():
    talk = Conversation()
    talk.say(AnswerQuestion, "công ty nợ tiền thai sản của tôi")
    assert talk.assistant.audiences == [""]


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("bên tôi là công ty", "employer"),
        ("tôi là chủ công ty", "employer"),
        ("tôi hỏi cho công ty", "employer"),
        ("tôi là công nhân của công ty may", "employee"),
    ],
)
def test_a_company_is_who_asks_only_where_it_is_said_so(text, role):
    talk = Conversation()
    talk.say(ChangeRole, text)
    assert talk.slots["role"] == role


def test_a_role_before_any_question_is_noted_by_name():
    assert "người hưởng lương hưu" in Conversation().say(ChangeRole, "bác nghỉ hưu rồi")["text"]


def test_an_unknown_role_is_not_stored():
    talk = Conversation()
    talk.say(ChangeRole, "tôi là phi hành gia")
    assert not talk.slots.get("role")


def test_contact_prefers_an_approved_answer():
    talk = Conversation(FakeAssistant({"tong dai": answered(MATERNITY)}))
    assert talk.say(Contact, "số tổng đài là gì")["status"] == "answered"


def test_contact_without_an_approved_answer_lists_the_ways():
    reply = Conversation(FakeAssistant({})).say(Contact, "liên hệ kiểu gì")
    assert "1900 9068" in reply["text"]
    assert reply["status"] == "no_status"
