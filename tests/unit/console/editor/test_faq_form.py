"""The form of an entry: what goes in comes out, and what is no day is said."""

from dataclasses import replace
from datetime import date

import pytest

from console.editor.faq_form import FaqForm, form_of, typed_form
from console.editor.parameter_form import ParameterForm, ValueRow, parameter_form_of, shown_amount, typed_parameter
from console.security.form import Form
from console.security.refusal import Refusal, RefusedError
from editing.bodies.faq import FaqBody
from editing.bodies.parameter import ParameterBody
from tests.fakes.knowledge_base import BIRTH, ONE_OFF, REFERENCE


@pytest.mark.parametrize("body", [ONE_OFF, BIRTH, FaqBody()])
def test_an_entry_that_nobody_touched_stays_as_it_was(body):
    assert form_of(body).body(body) == body


def test_empty_lines_and_odd_spaces_go():
    form = replace(form_of(ONE_OFF), alternates="  một \n\n\t hai  ba \n", question=" a \u200b b ")
    body = form.body(ONE_OFF)
    assert (body.alternates, body.question) == (("một", "hai ba"), "a b")


def test_lines_of_an_answer_keep_their_ends():
    assert replace(form_of(ONE_OFF), answer="a  \n- b\n\n").body(ONE_OFF).answer == "a\n- b"


def test_what_is_no_day_is_refused():
    with pytest.raises(RefusedError) as refused:
        replace(form_of(ONE_OFF), review_by="31/02/2027").body(ONE_OFF)
    assert refused.value.refusal is Refusal.KNOWLEDGE_DAY


def test_choices_that_do_not_exist_fall_back_to_the_first():
    typed = typed_form(Form({"confidence": "<b>", "source": "secondary", "audience_parent": "1", "audience_x": "1"}))
    assert (typed.confidence, typed.source, typed.audience) == ("high", "secondary", frozenset({"parent"}))


def test_rows_of_bases_are_read_by_their_number():
    fields = {
        "basis_0_document": "",
        "basis_3_document": "Luật X",
        "basis_3_from": "2025-07-01",
        "basis_4_parameter": "p",
    }
    body = typed_form(Form(fields)).body(FaqBody())
    assert [basis.document or basis.parameter for basis in body.legal_basis] == ["Luật X", "p"]
    assert body.legal_basis[0].effective_from == date(2025, 7, 1)


def test_an_audience_that_stays_keeps_its_place():
    form = replace(form_of(ONE_OFF), audience=frozenset({"employee", "citizen", "parent"}))
    assert form.body(ONE_OFF).audience == ("employee", "citizen", "parent")


def test_a_parameter_that_nobody_touched_stays_as_it_was():
    assert parameter_form_of(REFERENCE).body(REFERENCE) == REFERENCE


@pytest.mark.parametrize(("typed", "kept"), [("2.530.000", "2530000"), ("2 530 000", "2530000"), ("4,5", "4.5")])
def test_amounts_are_read_as_people_write_them(typed, kept):
    form = ParameterForm("Mức", "dong", (ValueRow(typed, "2026-01-01"),))
    assert str(form.body(ParameterBody()).values[0].value) == kept


@pytest.mark.parametrize("typed", ["", "1e9", "-5", "năm triệu", "٣"])
def test_what_is_no_amount_is_refused(typed):
    with pytest.raises(RefusedError) as refused:
        ParameterForm("Mức", "dong", (ValueRow(typed, "2026-01-01"),)).body(ParameterBody())
    assert refused.value.refusal is Refusal.KNOWLEDGE_AMOUNT


def test_units_that_do_not_exist_become_money():
    assert typed_parameter(Form({"unit": "tấn", "value_0_value": "5"})).unit == "dong"


def test_amounts_are_shown_as_people_write_them():
    assert [shown_amount(value.value) for value in REFERENCE.values] == ["2.340.000", "2.530.000"]


def test_an_empty_form_is_an_empty_body():
    assert FaqForm().body(FaqBody()) == FaqBody()
