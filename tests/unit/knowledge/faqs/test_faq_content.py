"""The FAQ files and the parameter table of the product, on the day they were written."""

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from knowledge.facts.reading import read_ledger
from knowledge.facts.validate import validate_ledger
from knowledge.faqs.entry import MAX_ANSWER_CHARACTERS, MIN_ALTERNATES
from knowledge.faqs.library import load_faqs
from knowledge.faqs.parameters import load_parameters
from knowledge.faqs.passages import faq_passages
from knowledge.faqs.problem import ProblemKind
from knowledge.faqs.template import load_templates
from knowledge.faqs.validate import validate_folder, validate_parameters
from knowledge.versions import NO_VERSIONS
from vietnamese.accents import has_accents

CONTENT = Path(__file__).parents[4] / "knowledge" / "content"
WRITTEN_ON = date(2026, 11, 22)


@pytest.fixture(scope="module")
def parameters():
    return load_parameters(CONTENT / "parameters.yml")


@pytest.fixture(scope="module")
def entries(parameters):
    return load_faqs(CONTENT / "faqs", parameters, WRITTEN_ON)


@pytest.fixture(scope="module")
def answers(entries):
    return {entry.id: entry.answer for entry in entries}


def test_the_parameter_table_is_valid():
    assert [str(problem) for problem in validate_parameters(CONTENT / "parameters.yml")] == []


def test_no_faq_file_has_an_error(parameters):
    problems = validate_folder(CONTENT / "faqs", parameters, WRITTEN_ON)
    assert [str(problem) for problem in problems if not problem.is_warning] == []


def test_at_least_200_entries_are_live(parameters):
    templates = load_templates(CONTENT / "faqs", parameters, NO_VERSIONS, WRITTEN_ON)
    assert len(faq_passages(templates, WRITTEN_ON)) >= 200


def test_every_legal_basis_is_cited_in_the_house_form(parameters):
    problems = validate_folder(CONTENT / "faqs", parameters, WRITTEN_ON)
    odd = (ProblemKind.ARTICLE_FORM, ProblemKind.DOCUMENT_FORM)
    assert [str(problem) for problem in problems if problem.kind in odd] == []


def test_entries_and_ledger_agree():
    problems = validate_ledger(CONTENT / "facts", CONTENT / "faqs", CONTENT / "parameters.yml")
    assert [str(problem) for problem in problems if not problem.is_warning] == []


def test_every_fact_is_used_or_says_why():
    ledger, findings = read_ledger(CONTENT / "facts")
    assert (findings, len(ledger.facts) >= 300) == ((), True)
    assert [fact.id for fact in ledger.facts if fact.unused_because and fact.may_be_served and not fact.doubt] == []


def test_every_entry_keeps_the_promised_form(entries):
    for entry in entries:
        assert len(entry.alternates) >= MIN_ALTERNATES
        assert len(entry.answer) <= MAX_ANSWER_CHARACTERS
        assert has_accents(entry.answer)


def test_most_ways_of_asking_are_written_with_diacritics(entries):
    for entry in entries:
        assert sum(not has_accents(alternate) for alternate in entry.alternates) < len(entry.alternates) / 2, entry.id


def test_facts_from_memory_or_of_low_confidence_stay_out(entries):
    live = Counter(fact for entry in entries if entry.status == "live" for fact in entry.facts)
    assert not {"F04", "F80", "F226"} & set(live)


@pytest.mark.parametrize(
    ("entry", "figures"),
    [
        ("muc-tham-chieu-luong-co-so", ["2.530.000 đồng/tháng", "01/07/2026", "2.340.000 đồng/tháng"]),
        ("ty-le-dong-bat-buoc", ["10,5%", "21,5%", "17%", "32%"]),
        ("luong-dong-cao-nhat-thap-nhat", ["2.530.000 đồng/tháng", "50.600.000 đồng/tháng", "46.800.000 đồng"]),
        ("tran-dong-bhtn", ["106.200.000 đồng", "94.600.000 đồng", "82.800.000 đồng", "74.000.000 đồng"]),
        (
            "bhyt-ho-gia-dinh-muc-dong",
            ["113.850", "1.366.200", "956.340", "819.720", "683.100", "546.480", "1.263.600"],
        ),
        ("bhyt-hoc-sinh-sinh-vien", ["56.925 đồng/tháng", "683.100 đồng/năm"]),
        ("bhyt-truong-hop-100", ["379.500 đồng"]),
        ("bhyt-5-nam-lien-tuc", ["15.180.000 đồng"]),
        ("bhxh-tu-nguyen-muc-dong", ["330.000 đồng", "11.132.000 đồng"]),
        ("bhxh-tu-nguyen-ho-tro", ["165.000 đồng", "132.000 đồng", "99.000 đồng", "66.000 đồng"]),
    ],
)
def test_computed_figures_equal_those_published(answers, entry, figures):
    assert [figure for figure in figures if figure not in answers[entry]] == []


def test_answers_that_need_the_unconfirmed_poverty_line_of_2027_stop(parameters):
    after = {entry.id for entry in load_faqs(CONTENT / "faqs", parameters, date(2027, 1, 1))}
    assert not {"bhxh-tu-nguyen-muc-dong", "bhxh-tu-nguyen-ho-tro"} & after
    assert "bhxh-tu-nguyen-doi-tuong" in after
