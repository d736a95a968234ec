import pytest

from bot.components.intent_rules import ASK_QUESTION, Doubt, Guess, intent_of_act, is_question_after_all
from vietnamese.acts import Act
from vietnamese.keys import plain_key

DOUBT = Doubt(min_confidence=0.3, min_costly_confidence=0.4, min_ratio=5.0, clear_question=0.9, max_words=9)


def question_after_all(intent: str, text: str, confidence: float = 0.99, question: float = 0.0) -> bool:
    return is_question_after_all(Guess(intent, confidence, question), plain_key(text), DOUBT)


def test_an_unsure_guess_is_a_question():
    assert question_after_all("greet", "chào", confidence=0.2)


def test_a_sure_greeting_stays_a_greeting():
    assert not question_after_all("greet", "em chào anh chị ạ")


@pytest.mark.parametrize(
    ("intent", "text"),
    [
        ("greet", "chào ad cho em hỏi hồ sơ thai sản"),
        ("thank", "cảm ơn cho hỏi thêm về lương hưu"),
        ("greet", "em chào anh chị em muốn hỏi một chuyện hơi dài dòng mong anh chị giúp cho"),
        ("deny", "không cần gặp ai chỉ hỏi mức đóng"),
    ],
)
def test_talk_that_holds_a_question_is_a_question(intent: str, text: str):
    assert question_after_all(intent, text)


def test_a_costly_guess_needs_more_confidence():
    assert question_after_all("complain", "bực quá", confidence=0.35)
    assert not question_after_all("greet", "chào", confidence=0.35)


def test_a_guess_hardly_likelier_than_a_question_is_a_question():
    assert question_after_all("complain", "gọi mãi không ai nghe", confidence=0.6, question=0.3)


def test_our_own_field_is_never_another_bodys_business_by_statistics():
    assert question_after_all("out_of_scope", "mua bhyt ở đâu")


def test_a_way_is_asked_for_not_somebodys_file():
    assert question_after_all("ask_own_case", "công ty nợ bảo hiểm thì phải làm sao")
    assert not question_after_all("ask_own_case", "tháng này có tiền chưa")


def test_an_accident_told_to_ask_for_cover_is_a_question():
    assert question_after_all("emergency", "tai nạn giao thông bhyt chi trả không")


@pytest.mark.parametrize(
    ("act", "intent"),
    [(Act.EMERGENCY, "emergency"), (Act.SELF_HARM, "emergency"), (Act.REQUEST_PERSON, "request_person")],
)
def test_danger_and_the_wish_for_a_person_win_over_any_guess(act: Act, intent: str):
    assert intent_of_act(act, Guess("greet", 1.0), DOUBT) == intent


def test_own_case_wins_over_a_question_only():
    assert intent_of_act(Act.OWN_CASE, Guess(ASK_QUESTION, 1.0), DOUBT) == "ask_own_case"
    assert intent_of_act(Act.OWN_CASE, Guess("affirm", 0.9), DOUBT) is None


def test_an_angry_but_clear_question_is_still_answered():
    assert intent_of_act(Act.INSULT, Guess(ASK_QUESTION, 0.95), DOUBT) is None
    assert intent_of_act(Act.INSULT, Guess(ASK_QUESTION, 0.5), DOUBT) == "insult"


def test_no_act_leaves_the_guess():
    assert intent_of_act(None, Guess("greet", 1.0), DOUBT) is None


def test_a_costly_guess_without_one_of_its_own_words_is_a_question():
    assert question_after_all("report_scam", "luật bảo hiểm xã hội sửa đổi")
    assert not question_after_all("report_scam", "có người gọi đòi mã otp")


def test_a_role_is_told_of_oneself():
    assert question_after_all("change_role", "công ty thuê người đã về hưu")
    assert not question_after_all("change_role", "tôi là người về hưu")


@pytest.mark.parametrize(
    "text",
    [
        "đơn xin nghỉ chăm vườn hoa sen trả kết quả trong mấy ngày",
        "hồ sơ trễ hẹn trong bao lâu thì được xin lỗi",
        "nộp chậm thì mất bao lâu mới có sổ",
    ],
)
def test_how_long_something_takes_by_the_rules_is_a_question_not_a_late_dossier(text: str):
    assert question_after_all("report_late_dossier", text)


@pytest.mark.parametrize("text", ["nộp mấy ngày rồi chưa có kết quả", "trễ hẹn bao nhiêu ngày rồi chưa trả"])
def test_who_tells_how_long_it_took_reports_a_late_dossier(text: str):
    assert not question_after_all("report_late_dossier", text)
