"""What an answer says on a day: periods of documents, figures of law, citations."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from knowledge.answer import AnswerStatus
from knowledge.embedding.fake import FakeEmbedder
from knowledge.search.builder import build_candidate
from tests.small_content import LOST_CARD, RATE, TODAY, Faq, small_maker, write_content

NEXT_YEAR = date(2027, 1, 1)
NOON = datetime(2026, 11, 22, 5, tzinfo=UTC)
VERSIONS = """\
- {document: faq/mat-the, version: 3}
- {document: faq/mat-the, version: 4, live_from: 2027-01-01}
- {document: directive/999-BHXH-VP, version: 2}
"""
NOW = replace(LOST_CARD, period=("live_to: 2026-12-31",))
LATER = replace(LOST_CARD, answer="Từ năm sau không cần thẻ giấy.", period=("live_from: 2027-01-01",))


class Calendar:
    """The day that the assistant is told."""

    def __init__(self):
        self.day = TODAY

    def __call__(self):
        return self.day


@pytest.fixture
def calendar():
    return Calendar()


@pytest.fixture
def build(tmp_path, calendar):
    def build_assistant(*faqs, versions=VERSIONS):
        content = write_content(tmp_path / "content", *faqs)
        (content / "versions.yml").write_text(versions, encoding="utf-8")
        built = build_candidate(content, FakeEmbedder(), tmp_path / "index", NOON)
        return small_maker(tmp_path / "index", calendar).load(built.id)

    return build_assistant


def best(record):
    return record.result.hits[0].passage


def test_figures_are_those_of_the_day_asked_not_of_the_index(build, calendar):
    assistant = build(RATE)
    assert assistant.answer("mức đóng thử").answer.text == "Mức đóng là 2.000.000 đồng/tháng."
    calendar.day = NEXT_YEAR
    assert assistant.answer("mức đóng thử").answer.text == "Mức đóng là 3.000.000 đồng/tháng."


def test_without_a_figure_in_force_nothing_is_answered(build):
    answer = build(RATE).answer("mức đóng thử", as_of=date(2028, 1, 1)).answer
    assert answer.status is AnswerStatus.UNANSWERABLE_NO_CONTENT
    assert "3.000.000" not in answer.text


def test_an_entry_whose_figure_has_not_begun_is_indexed_all_the_same(build):
    assistant = build(replace(RATE, answer="Mức mới {muc_thu}.", period=("live_from: 2027-01-01",)))
    assert assistant.answer("mức đóng thử", as_of=NEXT_YEAR).answer.text == "Mức mới 3.000.000 đồng."


def test_the_legal_basis_of_a_figure_follows_the_day_too(build):
    assistant = build(replace(RATE, basis="{parameter: muc_thu}"))
    labels = [assistant.answer("mức đóng thử", as_of=day).answer.citations[0].label for day in (TODAY, NEXT_YEAR)]
    assert labels == ["Điều 1 Nghị định 1", "Điều 2 Nghị định 2"]


def test_each_period_of_an_entry_answers_on_its_days(build):
    assistant = build(NOW, LATER)
    first, second = (assistant.answer("mất thẻ", as_of=day) for day in (TODAY, NEXT_YEAR))
    assert (best(first).id, best(first).version) == ("faq/mat-the", "3")
    assert (best(second).id, best(second).version) == ("faq/mat-the@2027-01-01", "4")
    assert second.answer.text == LATER.answer
    assert {best(first).document_name, best(second).document_name} == {"faq/mat-the"}


def test_what_is_not_served_on_the_day_is_rejected_not_hidden(build):
    record = build(NOW, LATER).answer("mất thẻ")
    assert "faq/mat-the@2027-01-01" in {hit.passage.id for hit in record.result.rejected}


def test_a_button_of_an_earlier_period_gives_what_is_served_now(build):
    answer = build(NOW, LATER).answer_with("faq/mat-the", "mất thẻ", as_of=NEXT_YEAR).answer
    assert answer.text == LATER.answer


def test_after_its_last_day_an_entry_is_not_chosen(build):
    record = build(NOW, RATE).answer_with("faq/mat-the", "mất thẻ", as_of=NEXT_YEAR)
    assert record.answer.status is AnswerStatus.UNANSWERABLE_NO_CONTENT


def test_a_citation_says_whether_it_is_in_force_on_the_day(build):
    basis = "{document: Luật thử, article: Điều 1, effective_from: 2025-07-01, effective_to: 2026-12-31}"
    assistant = build(Faq("x", "Hỏi gì?", "Đáp.", basis=basis))
    before, after = (assistant.answer("hỏi gì", as_of=day).answer.citations[0].validity for day in (TODAY, NEXT_YEAR))
    assert "01/07/2025" in before
    assert "31/12/2026" in after


def test_a_section_of_a_directive_has_its_version(build):
    record = build(RATE).answer("phân công trực hè")
    assert (best(record).document_name, best(record).version) == ("directive/999-BHXH-VP", "2")


def test_a_record_names_its_snapshot(build):
    assistant = build(RATE)
    assert assistant.answer("mức đóng thử").snapshot_id == assistant.snapshot_id != ""
    assert assistant.answer("").snapshot_id == assistant.snapshot_id
