"""Every case of a connector has a test that shows it, or a reason; and docs/channels.md says so."""

from tests.conformance.cases import load_sections
from tests.conformance.marks import read_marks
from tests.conformance.table import DOCUMENT, compose

NUMBERS = {"G": 86, "H": 50, "I": 20}
CASES = {case.id: case for section in load_sections() for case in section.cases}
MARKS = read_marks()


def test_all_cases_are_listed():
    assert list(CASES) == [f"{letter}{number}" for letter, count in NUMBERS.items() for number in range(1, count + 1)]


def test_every_mark_names_a_case():
    assert MARKS.keys() - CASES.keys() == set()


def test_every_case_is_shown_by_a_test_or_says_why_not():
    assert [case.id for case in CASES.values() if case.id not in MARKS and not case.why_not] == []


def test_no_case_that_is_shown_says_why_not():
    assert [case.id for case in CASES.values() if case.id in MARKS and case.why_not] == []


def test_the_document_is_what_the_marks_say():
    assert DOCUMENT.read_text(encoding="utf-8") == compose(), "run: python -m tests.conformance"


def test_a_mark_may_name_several_cases_on_functions_and_classes(tmp_path):
    tests = tmp_path / "tests"
    tests.mkdir()
    (tests / "test_some.py").write_text(
        '@pytest.mark.conformance(("G1", "G2"))\nclass TestBoth: ...\n'
        '@pytest.mark.conformance("G2")\nasync def test_it_is_so(): ...\n'
    )
    found = read_marks(tests)
    assert [showing.sentence for showing in found["G2"]] == ["Both", "it is so"]
    assert [showing.path for showing in found["G1"]] == ["tests/test_some.py"]
