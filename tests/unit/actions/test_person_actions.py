import pytest

from actions.action_affirm import Affirm
from actions.action_answer_question import AnswerQuestion
from actions.action_complain import Complain
from actions.action_deny import Deny
from actions.action_emergency import Emergency
from actions.action_insult import Insult
from actions.action_out_of_scope import OutOfScope
from actions.action_own_case import OwnCase
from actions.action_reject_answer import RejectAnswer
from actions.action_report_late_dossier import ReportLateDossier
from actions.action_report_scam import ReportScam
from actions.action_request_person import RequestPerson
from tests.unit.actions.conversation import Conversation
from tests.unit.actions.fakes import LATE, MATERNITY, FakeAssistant, answered


def test_a_request_for_a_person_is_the_desks():
    reply = Conversation().say(RequestPerson, "gặp nhân viên")
    assert reply["status"] == "handed_off_requested"
    assert reply["handoff"] == {"reason": "requested"}


def test_yes_after_an_offer_brings_in_a_person():
    talk = Conversation(FakeAssistant({}))
    talk.say(AnswerQuestion, "chuyện lạ")
    talk.say(AnswerQuestion, "chuyện lạ khác nữa")
    reply = talk.say(Affirm, "dạ có")
    assert reply["status"] == "handed_off_offered_accepted"
    assert reply["handoff"] == {"reason": "offered_accepted"}


def test_no_without_an_offer_declines_nothing():
    assert Conversation().say(Deny, "không")["declines"] is False


def test_yes_without_an_offer_hands_nothing_over():
    reply = Conversation().say(Affirm, "vâng")
    assert reply["status"] == "no_status"
    assert reply["handoff"] is None


def test_no_after_an_offer_is_friendly_and_closes_it():
    talk = Conversation()
    talk.say(OwnCase, "kiểm tra giúp hồ sơ")
    declined = talk.say(Deny, "thôi")
    assert (declined["handoff"], declined["declines"]) == (None, True)
    assert talk.say(Affirm, "ok")["handoff"] is None


def test_an_offer_is_gone_after_a_fixed_line():
    talk = Conversation()
    talk.say(OwnCase, "kiểm tra giúp hồ sơ")
    talk.fixed_line("utter_thank", "cảm ơn")
    assert talk.say(Affirm, "ok")["handoff"] is None


def test_a_wrong_answer_offers_a_person():
    talk = Conversation()
    talk.say(AnswerQuestion, "hồ sơ thai sản")
    rejected = talk.say(RejectAnswer, "không đúng")
    assert (rejected["offer"], rejected["offer_question"][-6:]) == ("rejected_answer", "không?")
    assert "không?" not in rejected["text"]
    assert talk.say(Affirm, "có")["status"] == "handed_off_offered_accepted"


def test_rejecting_before_any_answer_only_asks_for_the_question():
    assert Conversation().say(RejectAnswer, "sai rồi")["buttons"] == []


def test_one_insult_gets_a_calm_line_and_two_in_a_row_the_offer_of_a_person():
    talk = Conversation()
    assert talk.say(Insult, "bot ngu")["buttons"] == []
    assert len(talk.say(Insult, "ngu quá")["buttons"]) == 2


def test_insults_that_are_not_in_a_row_do_not_add_up():
    talk = Conversation()
    talk.say(Insult, "bot ngu")
    talk.say(AnswerQuestion, "hồ sơ thai sản")
    assert talk.say(Insult, "ngu quá")["buttons"] == []


def test_an_emergency_names_115_without_asking_the_assistant():
    talk = Conversation()
    reply = talk.say(Emergency, "con tôi bị co giật")
    assert "115" in reply["text"]
    assert reply["status"] == "handed_off_emergency"
    assert reply["handoff"] == {"reason": "emergency"}
    assert talk.assistant.asked == []


def test_self_harm_gets_its_own_words_and_a_person():
    reply = Conversation().say(Emergency, "tôi muốn tự tử")
    assert "không phải chịu đựng một mình" in reply["text"]
    assert reply["handoff"] == {"reason": "emergency"}


def test_a_complaint_names_the_way_to_complain_and_brings_in_a_person():
    reply = Conversation().say(Complain, "làm ăn kiểu gì")
    assert "https://pakn.dichvucong.gov.vn" in reply["text"]
    assert reply["status"] == "handed_off_complaint"
    assert reply["handoff"] == {"reason": "complaint"}


def test_the_apology_is_made_once():
    talk = Conversation()
    assert "Xin lỗi" in talk.say(Complain, "làm ăn kiểu gì")["text"]
    assert "Xin lỗi" not in talk.say(Complain, "bực quá")["text"]


def test_a_late_dossier_cites_the_rule():
    reply = Conversation().say(ReportLateDossier, "hồ sơ trễ hẹn")
    assert "Phiếu xin lỗi" in reply["text"]
    assert reply["citations"][0]["document"] == "1568/BHXH-PC"
    assert reply["handoff"] == {"reason": "late_dossier"}


def test_a_scam_report_warns_of_otp():
    reply = Conversation().say(ReportScam, "có người đòi OTP")
    assert "OTP" in reply["text"]
    assert reply["handoff"] == {"reason": "scam"}


def test_own_case_offers_a_person_and_out_of_scope_does_not():
    assert len(Conversation().say(OwnCase, "tra giúp mã số")["buttons"]) == 2
    assert Conversation().say(OutOfScope, "bảo hiểm xe máy")["buttons"] == []


def test_a_rule_beside_an_own_case_is_cited_and_carries_no_offer():
    reply = Conversation(FakeAssistant({"ma so": answered(LATE)})).say(OwnCase, "tra giúp mã số")
    assert reply["status"] == "unanswerable_own_case"
    assert [citation["document"] for citation in reply["citations"]] == ["1568/BHXH-PC"]
    assert (reply["buttons"], reply["offer"], reply["source"]["document"]) == ([], None, "directive/1568-BHXH-PC")


def test_an_entry_that_names_the_responsible_body_is_said():
    reply = Conversation(FakeAssistant({"xe may": answered(MATERNITY)})).say(OutOfScope, "bảo hiểm xe máy")
    assert (reply["status"], reply["text"]) == ("unanswerable_out_of_scope", MATERNITY.text)


@pytest.mark.parametrize("text", ["tao đốt trụ sở chúng mày", "tao sẽ đâm chết mày"])
def test_a_threat_is_offered_a_person_at_once(text: str):
    assert len(Conversation().say(Insult, text)["buttons"]) == 2


def test_whose_own_matter_it_is_reaches_the_assistant():
    talk = Conversation(FakeAssistant({"ma so": answered(LATE)}))
    talk.slots["role"] = "employer"
    talk.say(OwnCase, "tra giúp mã số")
    assert talk.assistant.audiences == ["employer"]
