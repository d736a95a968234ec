"""Own matters, the business of other bodies, and the same question asked by different people."""

from knowledge.answer import AnswerStatus
from knowledge.answering.assistant import Assistant
from knowledge.answering.compose import Composer
from knowledge.answering.sources import Facet
from tests.unit.knowledge.answering.conftest import (
    SETTINGS,
    TEXTS,
    TODAY,
    FakeSearch,
    FakeSources,
    directive,
    faq,
    found,
)

OWN = "kiểm tra giúp hồ sơ của tôi"
CARD = "làm căn cước công dân hết bao nhiêu tiền"
WORKER, FIRM = faq("chot-so-lao-dong", "Yêu cầu đơn vị."), faq("chot-so-don-vi", "Trong 02 ngày.")
LENS = (
    Facet(WORKER.id, "Người lao động chốt sổ thế nào?", frozenset({"employee", "unemployed"})),
    Facet(FIRM.id, "Đơn vị chốt sổ thế nào?", frozenset({"employer"})),
)


def assistant(*scored, **of_sources):
    composer = Composer(TEXTS, FakeSources(**of_sources), SETTINGS.max_answer_characters)
    return Assistant(FakeSearch(found(*scored)), composer, SETTINGS, lambda: TODAY)


def test_a_rule_that_helps_stands_above_where_to_turn():
    answer = assistant((faq(), 0.9)).answer(OWN).answer
    assert answer.status is AnswerStatus.UNANSWERABLE_OWN_CASE
    assert answer.text == "Về Hỏi thai-san?\nĐược nghỉ 6 tháng.\n<own_case_after_rule>"
    assert [citation.document for citation in answer.citations] == ["thai-san"]


def test_without_a_rule_an_own_matter_gets_its_sentence_and_no_source():
    record = assistant((faq(), 0.4)).answer(OWN)
    assert (record.answer.text, record.answer.citations) == ("<unanswerable_own_case>", ())
    assert record.result.hits == ()


def test_a_rule_that_another_comes_close_to_is_not_told():
    assert assistant((faq(), 0.7), (faq("om-dau", "Ốm."), 0.6)).answer(OWN).answer.text == "<unanswerable_own_case>"


def test_entries_of_one_lens_do_not_hide_a_rule():
    answer = assistant((FIRM, 0.7), (WORKER, 0.69), lens=LENS).answer(OWN).answer
    assert "\nTrong 02 ngày.\n" in answer.text


def test_a_rule_for_an_own_matter_is_the_one_for_who_asks_and_offers_the_others():
    answer = assistant((FIRM, 0.7), (WORKER, 0.69), lens=LENS).answer(OWN, audience="employee").answer
    assert "\nYêu cầu đơn vị.\n" in answer.text
    assert [option.passage_id for option in answer.options] == [FIRM.id]


def test_a_directive_is_no_rule_for_an_own_matter():
    assert assistant((directive(), 0.9)).answer(OWN).answer.text == "<unanswerable_own_case>"


def test_another_bodys_business_names_who_is_responsible():
    card = faq("can-cuoc", "Công an cấp xã cấp căn cước.")
    record = assistant((faq(), 0.9), (card, 0.6), others_business={"can-cuoc"}).answer(CARD)
    assert record.answer.status is AnswerStatus.UNANSWERABLE_OUT_OF_SCOPE
    assert record.answer.text == "Công an cấp xã cấp căn cước."
    assert [hit.passage.id for hit in record.result.hits] == [card.id]


def test_another_bodys_business_without_an_entry_gets_the_fixed_sentence():
    for score in (0.9, 0.1):
        record = assistant((faq(), score)).answer(CARD)
        assert (record.answer.text, record.result.hits) == ("<unanswerable_out_of_scope>", ())


def test_such_an_entry_answers_a_plain_question_too():
    answer = assistant((faq(), 0.9), others_business={"thai-san"}).answer("nghỉ sinh mấy tháng").answer
    assert (answer.status, answer.citations) == (AnswerStatus.UNANSWERABLE_OUT_OF_SCOPE, ())


def test_who_asks_gets_the_answer_for_them_and_may_ask_for_the_others():
    answer = assistant((FIRM, 0.9), (WORKER, 0.85), lens=LENS).answer("chốt sổ thế nào", audience="employee").answer
    assert answer.text == "Yêu cầu đơn vị."
    assert [(option.title, option.passage_id) for option in answer.options] == [("Đơn vị chốt sổ thế nào?", FIRM.id)]


def test_entries_of_one_lens_are_no_rivals():
    answer = assistant((FIRM, 0.7), (WORKER, 0.69), lens=LENS).answer("chốt sổ thế nào").answer
    assert (answer.status, answer.text) == (AnswerStatus.ANSWERED, "Trong 02 ngày.")


def test_an_audience_that_no_entry_is_for_changes_nothing():
    answer = assistant((FIRM, 0.9), lens=LENS).answer("chốt sổ thế nào", audience="student").answer
    assert answer.text == "Trong 02 ngày."


def test_an_entry_without_lens_stays_whoever_asks():
    answer = assistant((faq(), 0.9), lens=LENS).answer("nghỉ sinh mấy tháng", audience="employer").answer
    assert (answer.text, answer.options) == ("Được nghỉ 6 tháng.", ())
