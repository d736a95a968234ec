from actions.action_answer_question import AnswerQuestion
from actions.action_report_late_dossier import ReportLateDossier
from actions.action_show_source import ShowSource
from actions.action_simplify import Simplify
from tests.unit.actions.conversation import Conversation
from tests.unit.actions.fakes import CLARIFICATION, LATE, MATERNITY, FakeAssistant, answered


def test_the_source_of_a_directive_is_quoted_with_label_and_link():
    talk = Conversation(FakeAssistant({"qua han": answered(LATE)}))
    talk.say(AnswerQuestion, "hồ sơ quá hạn thì sao")
    reply = talk.say(ShowSource, "căn cứ đâu")
    assert "Công văn 1568/BHXH-PC" in reply["text"]
    assert LATE.text in reply["text"]
    assert reply["citations"][0]["url"] == "/van-ban/1568-BHXH-PC/3"


def test_a_faq_is_not_quoted_as_if_it_were_the_law():
    talk = Conversation()
    talk.say(AnswerQuestion, "hồ sơ thai sản")
    reply = talk.say(ShowSource, "nguồn đâu")
    assert MATERNITY.text not in reply["text"]
    assert reply["citations"]


def test_the_source_before_any_answer_is_asked_back():
    reply = Conversation().say(ShowSource, "căn cứ đâu")
    assert reply["status"] == "no_status"
    assert reply["citations"] == []


def test_a_follow_up_still_works_after_the_source_was_shown():
    talk = Conversation()
    talk.say(AnswerQuestion, "hồ sơ thai sản gồm gì")
    talk.say(ShowSource, "căn cứ đâu")
    talk.say(AnswerQuestion, "thế bao lâu")
    assert "thai sản" in talk.assistant.asked[-1]


def test_the_last_answer_is_said_shorter():
    talk = Conversation()
    talk.say(AnswerQuestion, "hồ sơ thai sản")
    reply = talk.say(Simplify, "là sao")
    assert reply["text"] == MATERNITY.text[:20]
    assert reply["status"] == "answered"


def test_options_that_were_not_understood_are_shown_again():
    talk = Conversation(FakeAssistant({"sinh con": CLARIFICATION}))
    talk.say(AnswerQuestion, "sinh con")
    assert len(talk.say(Simplify, "là sao")["buttons"]) == 2


def test_simpler_before_any_answer_is_asked_back():
    assert Conversation().say(Simplify, "là sao")["status"] == "no_status"


def test_a_late_dossier_line_does_not_become_the_last_question():
    talk = Conversation()
    talk.say(ReportLateDossier, "hồ sơ trễ hẹn")
    assert not talk.slots.get("last_question")


def test_the_source_of_the_last_answer_survives_an_abstention():
    talk = Conversation()
    talk.say(AnswerQuestion, "hồ sơ thai sản")
    talk.say(AnswerQuestion, "một chuyện lạ hoàn toàn khác")
    assert talk.say(ShowSource, "căn cứ đâu")["citations"]
