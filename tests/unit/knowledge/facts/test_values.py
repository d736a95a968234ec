"""Values of the table that no fact states stand on the page for lawyers."""

from datetime import date

from knowledge.facts.page_words import load_page_words
from knowledge.facts.reading import read_ledger
from knowledge.facts.review_page import review_page
from knowledge.facts.values import unbacked_values
from knowledge.faqs.parameters import load_parameters


def values_of(content):
    return list(unbacked_values(load_parameters(content / "parameters.yml"), read_ledger(content / "facts")[0]))


def test_values_without_a_fact_that_states_them_are_named(change):
    change("parameters.yml", "    title: Mức thử\n", "    title: Mức thử\n    facts: [F00]\n")
    content = change("facts/thu.yml", "bằng mức thử mỗi tháng", "là 2.530.000 đồng mỗi tháng")
    found = {(one.parameter.name, one.written) for one in values_of(content)}
    assert ("muc_thu", "1.000.000 đồng") in found
    assert ("muc_thu", "2.530.000 đồng") not in found


def test_what_citizens_read_today_comes_before_what_is_past(content):
    values = values_of(content)
    assert [one.is_past(date(2026, 11, 22)) for one in values[:2]] == [True, False]
    page = review_page([], values, 0, load_page_words())
    assert page.index("2.530.000 đồng") < page.index("1.000.000 đồng")
