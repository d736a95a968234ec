from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.faqs.parameters import Parameters
from knowledge.faqs.placeholders import PlaceholderError, fill_placeholders, placeholder_names
from knowledge.faqs.problem import ProblemKind

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("{muc_thu}", "2.530.000 đồng"),
        ("{muc_thu*20}", "50.600.000 đồng"),
        ("{ muc_thu * 4.5% }", "113.850 đồng"),
        ("{muc_thu*ty_le_thu*12}", "1.366.200 đồng"),
        ("{muc_thu*ty_le_thu*12*70%}", "956.340 đồng"),
        ("{muc_thu-muc_thu*50%}", "1.265.000 đồng"),
        ("{muc_thu.previous}", "1.000.000 đồng"),
        ("{muc_thu.from}", "01/01/2026"),
        ("{ty_le_thu}", "4,5%"),
        ("{ty_le_thu+1.5%+4.5%}", "10,5%"),
        ("{ty_le_thu*70%}", "3,15%"),
        ("{0.03%}", "0,03%"),
        ("{20}", "20"),
        ("{1234567}", "1.234.567"),
    ],
)
def test_a_placeholder_shows_the_value_as_in_a_vietnamese_letter(parameters, written, shown):
    assert fill_placeholders(f"từ {written}.", parameters, TODAY) == f"từ {shown}."


def test_half_a_dong_is_rounded_up(parameters):
    assert fill_placeholders("{muc_thu*0.00001}", parameters, TODAY) == "25 đồng"
    assert fill_placeholders("{muc_thu*0.00003}", parameters, TODAY) == "76 đồng"


def test_the_value_in_force_on_the_day_is_taken(parameters):
    assert fill_placeholders("{muc_thu}", parameters, date(2025, 12, 31)) == "1.000.000 đồng"


@pytest.mark.parametrize(
    "written",
    [
        "{",
        "}",
        "{}",
        "{ }",
        "{muc_thu",
        "{{muc_thu}}",
        "{muc_thu*}",
        "{*2}",
        "{muc_thu 2}",
        "{muc_thu*muc_thu}",
        "{muc_thu+2}",
        "{muc_thu+ty_le_thu}",
        "{muc_thu/2}",
        "{muc_thu**2}",
        "{(muc_thu)}",
        "{muc_thu.from*2}",
        "{muc_thu.__class__}",
        "{__import__('os')}",
        "{" + "9" * 400 + "}",
        "{muc_thu*" + "*".join(["999999999999"] * 20) + "}",
    ],
)
def test_a_malformed_placeholder_is_refused(parameters, written):
    with pytest.raises(PlaceholderError) as raised:
        fill_placeholders(written, parameters, TODAY)
    assert raised.value.kind is ProblemKind.PLACEHOLDER_FORM


def test_an_unknown_parameter_is_named(parameters):
    with pytest.raises(PlaceholderError) as raised:
        fill_placeholders("{muc_la*2}", parameters, TODAY)
    assert raised.value.kind is ProblemKind.UNKNOWN_PARAMETER
    assert raised.value.details == {"name": "muc_la"}


@pytest.mark.parametrize("written", ["{muc_thu}", "{muc_thu.from}", "{muc_thu.previous}"])
def test_a_day_outside_of_all_periods_is_refused(parameters, written):
    with pytest.raises(PlaceholderError) as raised:
        fill_placeholders(written, parameters, date(2020, 1, 1))
    assert raised.value.kind is ProblemKind.PARAMETER_NOT_IN_FORCE


def test_a_value_without_a_predecessor_has_no_previous(parameters):
    with pytest.raises(PlaceholderError) as raised:
        fill_placeholders("{ty_le_thu.previous}", parameters, TODAY)
    assert raised.value.kind is ProblemKind.PARAMETER_NOT_IN_FORCE


def test_names_are_listed_once_and_in_order():
    assert placeholder_names("{b*2+a} và {a.from}, {9}") == ("b", "a")


@given(st.text().filter(lambda text: "{" not in text and "}" not in text))
def test_text_without_braces_stays_as_it_is(text):
    assert fill_placeholders(text, Parameters((), ""), TODAY) == text


@given(st.text(alphabet="{}muc_th*+-.%0123456789 ", max_size=60))
def test_any_text_is_filled_or_refused_never_a_crash(text):
    try:
        filled = fill_placeholders(text, Parameters((), "đồng"), TODAY)
    except PlaceholderError:
        return
    assert "{" not in filled
