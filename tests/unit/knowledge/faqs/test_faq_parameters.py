from datetime import date
from decimal import Decimal

import pytest

from knowledge.faqs.parameters import Unit, load_parameters, read_parameters
from knowledge.faqs.problem import ContentError, ProblemKind
from knowledge.faqs.validate import validate_parameters


def kinds_and_lines(path):
    return [(problem.kind, problem.line) for problem in validate_parameters(path)]


@pytest.fixture
def spoilt(parameters_file, parameters_text):
    def replace(old, new):
        assert old in parameters_text
        parameters_file.write_text(parameters_text.replace(old, new, 1), encoding="utf-8")
        return parameters_file

    return replace


def test_the_value_on_the_first_and_last_day_of_its_period_is_in_force(parameters):
    parameter = parameters.get("muc_thu")
    assert parameter.on(date(2025, 12, 31)).value == Decimal(1_000_000)
    assert parameter.on(date(2026, 1, 1)).value == Decimal(2_530_000)
    assert parameter.on(date(2024, 12, 31)) is None


def test_the_value_before_is_the_one_that_was_replaced(parameters):
    parameter = parameters.get("muc_thu")
    assert parameter.before(date(2026, 6, 1)).value == Decimal(1_000_000)
    assert parameter.before(date(2025, 6, 1)) is None


def test_values_may_be_filed_in_any_order(parameters_file, parameters_text):
    *before, older, newer = parameters_text[: parameters_text.index("  - name: ty_le_thu")].splitlines()
    parameters_file.write_text("\n".join([*before, newer, older]), encoding="utf-8")
    assert [value.effective_from.year for value in load_parameters(parameters_file).get("muc_thu").values] == [
        2025,
        2026,
    ]


def test_units_and_names_are_read(parameters):
    assert {parameter.name: parameter.unit for parameter in parameters} == {
        "muc_thu": Unit.DONG,
        "ty_le_thu": Unit.PERCENT,
        "muc_sap_het": Unit.DONG,
    }
    assert parameters.get("khong_co") is None


def test_a_valid_table_has_no_problems(parameters_file):
    assert validate_parameters(parameters_file) == ()


@pytest.mark.parametrize(
    ("old", "new", "kind", "line"),
    [
        ("name: muc_thu", "name: Mức thử", ProblemKind.ID_FORM, 3),
        ("name: ty_le_thu", "name: muc_thu", ProblemKind.DUPLICATE_ID, 9),
        ("unit: percent", "unit: phan_tram", ProblemKind.NOT_IN_LIST, 11),
        ("value: 4.5", "value: 4,5%, x: [", ProblemKind.YAML_SYNTAX, 13),
        ("value: 4.5", "value: bốn rưỡi", ProblemKind.NUMBER_FORM, 13),
        ("value: 4.5", "value: 2.530.000", ProblemKind.NUMBER_FORM, 13),
        ("value: 4.5", "value: nan", ProblemKind.NUMBER_FORM, 13),
        ("value: 4.5, effective_from: 2025-01-01", "value: 4.5, effective_from: 2025-02-30", ProblemKind.DATE_FORM, 13),
        ("value: 4.5, effective_from: 2025-01-01", "value: 4.5, effective_from: 01/01/2025", ProblemKind.DATE_FORM, 13),
        ("effective_to: 2025-12-31", "effective_to: 2024-12-31", ProblemKind.DATES_REVERSED, 7),
        ("effective_to: 2025-12-31", "effective_to: 2026-01-01", ProblemKind.PARAMETER_PERIODS_OVERLAP, 3),
        ("effective_to: 2025-12-31", "effective_to: null", ProblemKind.PARAMETER_PERIODS_OVERLAP, 3),
        ("effective_to: 2025-12-31", "effective_to: 2025-12-30", ProblemKind.PARAMETER_PERIODS_GAP, 3),
        ("document: Nghị định thử", "document: null", ProblemKind.MISSING_KEY, 8),
        ("title: Tỷ lệ thử", "tiêu đề: Tỷ lệ thử", ProblemKind.MISSING_KEY, 9),
        ("money_word: đồng", "money_word: ''", ProblemKind.EMPTY_TEXT, 1),
        ("parameters:", "tham_so:", ProblemKind.MISSING_KEY, 1),
    ],
)
def test_each_fault_is_found_at_its_line(spoilt, old, new, kind, line):
    assert (kind, line) in kinds_and_lines(spoilt(old, new))


@pytest.mark.parametrize(
    "text", ["", "[]", "xin chào", "parameters: 5", "parameters: [1, [2], null]", "money_word: [a]"]
)
def test_wrong_types_are_findings(tmp_path, text):
    path = tmp_path / "parameters.yml"
    path.write_text(text, encoding="utf-8")
    assert read_parameters(path)[1]


def test_a_wrong_table_is_not_loaded(spoilt):
    with pytest.raises(ContentError, match=r"parameters\.yml:13 number_form"):
        load_parameters(spoilt("value: 4.5", "value: x"))


def test_a_gap_between_periods_is_only_a_warning(spoilt):
    assert load_parameters(spoilt("effective_to: 2025-12-31", "effective_to: 2025-12-30")).get("muc_thu")
