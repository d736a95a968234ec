"""A directive that a later text changed says so in its citations, for the day that is asked about."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from knowledge.answering.texts import load_texts
from knowledge.catalogue import Catalogue
from knowledge.directives.errors import DirectiveError
from knowledge.directives.front_matter import read_front_matter
from knowledge.directives.library import load_directives
from knowledge.directives.passages import directive_passages
from knowledge.faqs.parameters import Parameters
from knowledge.library import Documents

CONTENT = Path(__file__).resolve().parents[4] / "knowledge" / "content"
BEFORE, AFTER = date(2026, 12, 31), date(2027, 1, 1)
REPLACED = "{kind: replaces, document: Nghị định 300/2026/NĐ-CP, articles: '', effective_from: 2027-01-01}"
SUSPENDED = (
    "{kind: suspends, document: Luật 1/2026/QH16, articles: Điều 2, effective_from: 2027-01-01, "
    "effective_to: 2027-03-31}"
)


def changes(*entries):
    return read_front_matter("changed_by:\n" + "".join(f"  - {entry}\n" for entry in entries), "x").changed_by


def validity(directive, section, day):
    passages = tuple(directive_passages(directive))
    catalogue = Catalogue(
        Documents((directive,), (), Parameters((), "đồng"), {}), passages, load_texts(CONTENT / "labels.yml")
    )
    (citation,) = catalogue.citations(next(each for each in passages if each.section == section), day)
    return citation.validity


@pytest.fixture(scope="module")
def decision():
    found = load_directives(CONTENT / "directives")
    return next(each for each in found if each.slug == "24-QD-BHXH")


def first_section(directive):
    return next(iter(directive_passages(directive))).section


def test_a_replaced_text_says_by_what_and_from_when(decision):
    replaced = replace(decision, changed_by=changes(REPLACED))
    said = "Được Nghị định 300/2026/NĐ-CP thay thế từ ngày 01/01/2027."
    assert validity(replaced, first_section(decision), AFTER) == said
    assert validity(replaced, first_section(decision), BEFORE) == said
    assert said not in validity(decision, first_section(decision), AFTER)


def test_a_suspension_is_said_of_its_places_until_it_is_over(decision):
    (change,) = changes(SUSPENDED)
    assert [change.concerns("Điều 2", day) for day in (AFTER, date(2027, 3, 31), date(2027, 4, 1))] == [
        True,
        True,
        False,
    ]
    assert (change.concerns("Điều 1", AFTER), change.concerns("III.3.a", AFTER)) == (False, True)
    suspended = replace(decision, changed_by=(replace(change, articles=""),))
    assert validity(suspended, first_section(decision), AFTER) == (
        "Tạm ngưng hiệu lực theo Luật 1/2026/QH16 từ ngày 01/01/2027 đến hết ngày 31/03/2027."
    )


@pytest.mark.parametrize(
    "entry",
    [
        "{kind: burns, document: X, effective_from: 2027-01-01}",
        "{kind: repeals, document: '', effective_from: 2027-01-01}",
        "{kind: repeals, document: X}",
        "{kind: repeals, document: X, effective_from: mai}",
        "{kind: repeals, document: X, effective_from: 2027-01-01, why: x}",
        "repeals",
    ],
)
def test_a_wrong_entry_is_named(entry):
    with pytest.raises(DirectiveError):
        changes(entry)
