"""Which figures of an answer are told of a past year."""

from datetime import date

from knowledge.faqs.history import parameters_told, values_between


def test_each_that_is_told_as_it_is_counts_once(parameters):
    answer = "{muc_thu}, trước đó {muc_thu.previous}; {khong_co}, {muc_sap_het.from}"
    assert [one.name for one in parameters_told(answer, parameters)] == ["muc_thu", "muc_sap_het"]


def test_an_answer_that_calculates_is_about_something_else(parameters):
    assert list(parameters_told("{muc_thu*10}, tức 10 lần {muc_thu}", parameters)) == []


def test_a_value_counts_that_was_in_force_on_one_of_the_days(parameters):
    found = parameters.get("muc_thu")
    assert [int(one.value) for one in values_between(found, date(2025, 1, 1), date(2025, 12, 31))] == [1_000_000]
    assert len(values_between(found, date(2025, 12, 31), date(2026, 1, 1))) == 2
    assert values_between(found, date(2020, 1, 1), date(2020, 12, 31)) == ()
