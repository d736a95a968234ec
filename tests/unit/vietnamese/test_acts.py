import unicodedata

import pytest

from tests.unit.vietnamese import act_rows_danger as danger
from tests.unit.vietnamese import act_rows_ordinary as ordinary
from tests.unit.vietnamese import act_rows_other as other
from tests.unit.vietnamese import act_rows_own_case as own_case
from tests.unit.vietnamese import act_rows_person as person
from vietnamese.accents import strip_accents
from vietnamese.acts import Act, explain_act, recognise_act


def _rows(act, texts):
    return [(text, act) for text in texts]


@pytest.mark.parametrize(
    ("text", "act"),
    [
        *_rows(Act.EMERGENCY, danger.EMERGENCIES),
        *_rows(Act.SELF_HARM, danger.SELF_HARMS),
        *_rows(Act.REQUEST_PERSON, person.REQUESTS),
        *_rows(Act.OWN_CASE, own_case.OWN_CASES),
        *_rows(Act.SCAM, other.SCAMS),
        *_rows(Act.UNSAFE_INPUT, other.UNSAFE),
        *_rows(Act.COMPLAINT, other.COMPLAINTS),
        *_rows(Act.INSULT, other.INSULTS),
        *_rows(Act.THREAT, other.THREATS),
        *_rows(Act.OTHER_BODY, other.OTHER_BODIES),
    ],
)
def test_an_act_is_recognised(text, act):
    assert recognise_act(text) is act


@pytest.mark.parametrize("text", danger.NOT_EMERGENCIES)
def test_a_benefit_question_about_illness_is_no_emergency(text):
    assert recognise_act(text) is not Act.EMERGENCY


@pytest.mark.parametrize("text", danger.NOT_SELF_HARMS)
def test_death_in_a_benefit_question_or_an_idiom_is_no_self_harm(text):
    assert recognise_act(text) not in (Act.SELF_HARM, Act.EMERGENCY)


@pytest.mark.parametrize("text", person.NOT_REQUESTS)
def test_speaking_of_staff_is_no_request_for_a_person(text):
    assert recognise_act(text) is not Act.REQUEST_PERSON


@pytest.mark.parametrize("text", [*own_case.NOT_OWN_CASES, *ordinary.ORDINARY])
def test_an_ordinary_question_is_no_act(text):
    assert recognise_act(text) is None


@pytest.mark.parametrize("text", [*danger.EMERGENCIES, *person.REQUESTS])
def test_danger_and_the_wish_for_a_person_are_heard_without_diacritics_in_capitals_and_decomposed(text):
    act = recognise_act(text)
    assert recognise_act(strip_accents(text)) is act
    assert recognise_act(text.upper()) is act
    assert recognise_act(unicodedata.normalize("NFD", text)) is act


@pytest.mark.parametrize("text", [*danger.NOT_EMERGENCIES, *danger.NOT_SELF_HARMS])
def test_benefit_questions_without_diacritics_raise_no_alarm(text):
    assert recognise_act(strip_accents(text)) not in (Act.EMERGENCY, Act.SELF_HARM)


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("đm cho tôi gặp nhân viên", Act.REQUEST_PERSON),
        ("mẹ tôi khó thở quá, cho gặp nhân viên", Act.EMERGENCY),
        ("bot ngu quá cho gặp người thật", Act.REQUEST_PERSON),
        ("chờ mãi chưa có tiền, làm ăn như cứt", Act.COMPLAINT),
        ("tao đến đốt trụ sở, cho gặp giám đốc", Act.THREAT),
    ],
)
def test_the_graver_act_wins(text, act):
    assert recognise_act(text) is act


def test_the_rule_that_fired_is_named():
    assert explain_act("cho tôi gặp nhân viên") == (Act.REQUEST_PERSON, "wish_to_meet")


def test_nothing_is_explained_for_an_ordinary_question():
    assert explain_act("thẻ bhyt hết hạn làm sao") is None


def test_an_act_at_the_end_of_a_very_long_message_is_heard():
    assert recognise_act("thẻ bảo hiểm hết hạn. " * 400 + "cho tôi gặp nhân viên") is Act.REQUEST_PERSON


@pytest.mark.parametrize("text", ["", "   ", "😀", "???", "\x00"])
def test_nothing_said_is_no_act(text):
    assert recognise_act(text) is None


def test_an_act_prints_as_its_value():
    assert f"{Act.OWN_CASE}" == "own_case"
