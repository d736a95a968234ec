"""Why an entry is read before others, and which sentence a lawyer confirms."""

from dataclasses import replace
from datetime import date

import pytest

from knowledge.facts.fact import Fact
from knowledge.facts.page_words import load_page_words
from knowledge.facts.review_page import review_page
from knowledge.facts.risk import risk_of
from knowledge.faqs.entry import FaqEntry, LegalBasis
from knowledge.faqs.fields import Located
from knowledge.faqs.library import read_folder
from tests.unit.knowledge.faqs.conftest import FAQ

WORDS = load_page_words()
LONG_AGO = date(2020, 1, 1)
FACT = Fact("F10", "Thử", "Nộp hồ sơ trong mười ngày.", "", None, None, "high", "primary", "", "", "thu.yml", 3)
ENTRY = FaqEntry(
    id="muc-thu",
    topic="Thử",
    question="Thử?",
    alternates=(),
    answer="Có. Người lao động nộp hồ sơ tại cơ quan. Nộp chậm thì phải giải trình với đơn vị.",
    legal_basis=(LegalBasis("Luật thử", "Điều 1", LONG_AGO, None),),
    audience=("citizen",),
    confidence="high",
    review_by=date(2027, 6, 30),
    status="live",
)


@pytest.fixture(scope="module")
def filed(tmp_path_factory):
    folder = tmp_path_factory.mktemp("faqs")
    (folder / "thu.yml").write_text(FAQ, encoding="utf-8")
    ((entry,), _) = read_folder(folder)
    return entry


@pytest.fixture
def risk(filed):
    return lambda entry=ENTRY, facts=(), days=(), filed=filed: risk_of(entry, filed, facts, days, WORDS)


@pytest.fixture
def names(risk):
    def found(entry=ENTRY, **given):
        of_entry = risk(entry, **given)
        return [reason.name for reason in of_entry.reasons] if of_entry else []

    return found


def test_an_entry_without_any_reason_needs_nobody(names):
    assert names() == []
    assert names(facts=(FACT,)) == []
    assert names(replace(ENTRY, answer="")) == []


@pytest.mark.parametrize(
    ("changes", "name"),
    [
        ({"confidence": "medium"}, "medium"),
        ({"source": "secondary"}, "secondary"),
        ({"answer": "Chậm nộp bị phạt."}, "penalty"),
        ({"answer": "Mức là 2.530.000 đồng, bằng 4,5%."}, "money"),
        ({"answer": "Mức là 4,5%."}, "percent"),
        ({"legal_basis": (LegalBasis("Luật thử", "", date(2026, 7, 1), None),)}, "near"),
        ({"legal_basis": (LegalBasis("Luật thử", "", LONG_AGO, date(2027, 1, 1)),)}, "near"),
    ],
)
def test_each_reason_is_seen(names, changes, name):
    assert names(replace(ENTRY, **changes)) == [name]


def test_values_of_the_table_that_begin_soon_count_too(names):
    assert names(days=(date(2027, 1, 1),)) == ["near"]
    assert names(days=(LONG_AGO,)) == []


def test_a_number_that_no_fact_holds_is_named(names, risk, filed):
    odd = replace(filed, answer=Located("Nộp {muc_thu} trong 12 ngày, gọi 1900 9068.", 1))
    assert names(facts=(FACT,), filed=odd) == ["number"]
    assert risk(facts=(FACT,), filed=odd).reasons[0].detail == "12"
    assert names(facts=(replace(FACT, says="Trong 012 ngày."),), filed=odd) == []


def test_a_doubt_names_the_sentence_that_it_is_about(risk):
    found = risk(facts=(replace(FACT, doubt="Nộp chậm có phải giải trình không?"),))
    assert found.sentences == ("Nộp chậm thì phải giải trình với đơn vị.",)
    assert found.score == WORDS.reasons["doubt"].points


def test_the_sentence_says_more_than_yes(risk):
    assert risk(replace(ENTRY, confidence="medium")).sentences == ("Người lao động nộp hồ sơ tại cơ quan.",)


def test_the_riskiest_comes_first_and_mere_figures_last(risk):
    figures = replace(ENTRY, id="chi-con-so", answer="Mức là 4,5%.")
    medium = replace(ENTRY, id="trung-binh", confidence="medium")
    worse = replace(ENTRY, id="xau", confidence="medium", source="secondary")
    page = review_page([risk(one) for one in (figures, medium, worse)], (), 3, WORDS)
    assert page.index("`xau`") < page.index("`trung-binh`") < page.index("`chi-con-so`")


def test_a_cell_keeps_to_its_row(risk):
    odd = replace(ENTRY, confidence="medium", answer="Nộp a | b\nđược một trong hai giấy.")
    page = review_page([risk(odd)], (), 1, WORDS)
    (row,) = [line for line in page.splitlines() if line.startswith("| `muc-thu`")]
    assert row.count("|") == 5
