"""A question about a past year: the figures of then, said to be past, or today's rule, said to be of today."""

from datetime import date

import pytest

from knowledge.answer import AnswerStatus, Citation
from knowledge.answering.assistant import Assistant
from knowledge.answering.compose import Composer
from knowledge.answering.sources import Figure, PastFigures
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

CITED = Citation("NĐ 38/2019", "Điều 3", "Điều 3 NĐ 38/2019", "2019-07-01", "Đã hết hiệu lực.", "/x", "faq/muc")
THEN = Figure("Mức tham chiếu", "1.490.000 đồng", date(2019, 7, 1), date(2023, 6, 30), CITED)
NOW = Figure("Mức tham chiếu", "2.530.000 đồng", date(2026, 7, 1), None, None)


def ask(question, passage=None, **of_sources):
    search = FakeSearch(found((passage or faq(), 0.9)))
    composer = Composer(TEXTS, FakeSources(**of_sources), SETTINGS.max_answer_characters)
    return Assistant(search, composer, SETTINGS, lambda: TODAY).answer(question).answer, search


def test_the_figure_of_then_comes_with_its_days_and_the_one_of_today():
    answer, search = ask("mức tham chiếu năm 2020 là bao nhiêu", past=(PastFigures((THEN,), NOW),))
    assert answer.status is AnswerStatus.ANSWERED
    assert answer.text.split("\n") == [
        "Số liệu năm 2020:",
        "– Mức tham chiếu: 1.490.000 đồng (từ 01/07/2019 đến 30/06/2023).",
        "  Hiện nay: 2.530.000 đồng (từ 01/07/2026 đến nay).",
    ]
    assert answer.citations == (CITED,)
    assert search.asked[-1] == "mức tham chiếu là bao nhiêu"


def test_a_figure_without_a_filed_source_keeps_the_sources_of_the_entry():
    past = (PastFigures((Figure("Mức", "1", date(2019, 1, 1), None, None),), None),)
    answer, _ = ask("mức năm 2020 là bao nhiêu", past=past)
    assert [citation.document for citation in answer.citations] == ["thai-san"]
    assert answer.text.endswith("  Hiện nay không rõ.")


def test_a_rule_that_began_later_is_told_as_todays():
    answer, _ = ask("chế độ thai sản năm 2020 được nghỉ mấy tháng", since=date(2025, 7, 1))
    assert answer.text == "Từ 01/07/2025, không có cho năm 2020:\nĐược nghỉ 6 tháng."


@pytest.mark.parametrize("since", [None, date(2015, 1, 1)])
def test_a_rule_that_was_in_force_then_is_simply_answered(since):
    answer, _ = ask("chế độ thai sản năm 2020 được nghỉ mấy tháng", since=since)
    assert answer.text == "Được nghỉ 6 tháng."


def test_a_directive_says_itself_of_when_it_is():
    answer, search = ask("trực tổng đài Tết năm 2024 thế nào", directive(), past=(PastFigures((THEN,), NOW),))
    assert answer.text.startswith("Theo mục 1.a:")
    assert search.asked == ["trực tổng đài Tết năm 2024 thế nào"]


def test_many_figures_are_cut():
    answer, _ = ask("mức năm 2020 là bao nhiêu", past=(PastFigures((THEN,), NOW),) * 9)
    assert answer.text.count("1.490.000") == 4


def test_an_entry_that_was_chosen_is_told_for_the_time_that_was_asked_about():
    search = FakeSearch(found((faq(), 0.2)))
    composer = Composer(TEXTS, FakeSources(past=(PastFigures((THEN,), NOW),)), SETTINGS.max_answer_characters)
    record = Assistant(search, composer, SETTINGS, lambda: TODAY).answer_with("faq/thai-san", "mức năm 2020 là mấy")
    assert record.answer.text.startswith("Số liệu năm 2020:")


def test_a_rule_beside_an_own_case_of_a_past_year_is_told_as_todays():
    answer, _ = ask("kiểm tra giúp hồ sơ thai sản năm 2020 của tôi", since=date(2025, 7, 1))
    assert answer.status is AnswerStatus.UNANSWERABLE_OWN_CASE
    assert "\nTừ 01/07/2025, không có cho năm 2020:\n" in answer.text
