"""The ledger of facts and what rests on it: every disagreement is found, at its line."""

import pytest

from knowledge.facts.validate import validate_ledger
from knowledge.faqs.problem import ProblemKind

LEDGER, FAQ, TABLE = "facts/thu.yml", "faqs/thu.yml", "parameters.yml"


def problems(content):
    return validate_ledger(content / "facts", content / "faqs", content / "parameters.yml")


def kinds(content):
    return [problem.kind for problem in problems(content)]


def test_a_ledger_that_agrees_has_no_problems(content):
    assert problems(content) == ()


def test_a_content_folder_without_a_ledger_has_none(content, tmp_path):
    assert validate_ledger(tmp_path / "khong-co", content / "faqs", content / "parameters.yml") == ()


@pytest.mark.parametrize(
    ("name", "old", "new", "kind", "line"),
    [
        (LEDGER, "id: F00", "id: f00", ProblemKind.FACT_ID_FORM, 3),
        (LEDGER, "id: F01", "id: F00", ProblemKind.DUPLICATE_ID, 12),
        (LEDGER, "    says: Nghe nói có mức khác.\n", "", ProblemKind.MISSING_KEY, 12),
        (LEDGER, "origin: memory", "origin: rumour", ProblemKind.NOT_IN_LIST, 18),
        (LEDGER, "effective_from: 2025-07-01", "effective_from: 07/2025", ProblemKind.DATE_FORM, 6),
        (LEDGER, "2025-07-01\n    effective_to: null", "2025-07-01\n    effective_to: 2025-01-01",
         ProblemKind.DATES_REVERSED, 3),
        (LEDGER, "says: Nghe", "noi: Nghe", ProblemKind.UNKNOWN_KEY, 13),
        (LEDGER, "topic: Chủ đề thử", "topic: [", ProblemKind.YAML_SYNTAX, 3),
        (LEDGER, "Chưa thấy văn bản.\n    unused_because: null", "a\n    unused_because: b", None, 0),
        (LEDGER, "doubt: null\n    unused_because: null", "doubt: null\n    unused_because: b",
         ProblemKind.FACT_USED_AFTER_ALL, 3),
        (FAQ, "facts: [F00]", "facts: [F00, F99]", ProblemKind.UNKNOWN_FACT, 3),
        (FAQ, "facts: [F00]", "facts: [F00, F01]", ProblemKind.FACT_NOT_TO_BE_SERVED, 3),
        (FAQ, "facts: [F00]", "facts: []", ProblemKind.FACT_UNUSED, 3),
        (FAQ, "status: live", "status: draft", ProblemKind.FACT_UNUSED, 3),
        (TABLE, "    title: Mức thử\n", "    title: Mức thử\n    facts: [F98]\n", ProblemKind.UNKNOWN_FACT, 3),
        (LEDGER, "confidence: high", "confidence: medium", ProblemKind.CONFIDENCE_ABOVE_FACTS, 3),
        (LEDGER, "origin: primary", "origin: secondary", ProblemKind.SOURCE_ABOVE_FACTS, 3),
    ],
)  # fmt: skip
def test_each_fault_is_found_at_its_line(change, name, old, new, kind, line):
    found = [(problem.kind, problem.line) for problem in problems(change(name, old, new))]
    assert (kind, line) in found if kind else found == []


def test_a_reason_excuses_an_unused_fact(change):
    change(FAQ, "facts: [F00]", "facts: []")
    assert kinds(change(LEDGER, "doubt: null\n    unused_because: null", "doubt: null\n    unused_because: b")) == []


def test_a_parameter_uses_a_fact_too(change):
    change(FAQ, "facts: [F00]", "facts: []")
    assert kinds(change(TABLE, "    title: Mức thử\n", "    title: Mức thử\n    facts: [F00]\n")) == []


def test_a_draft_may_rest_on_what_is_not_sure(change):
    change(FAQ, "status: live", "status: draft")
    change(LEDGER, "doubt: null\n    unused_because: null", "doubt: null\n    unused_because: b")
    assert kinds(change(FAQ, "facts: [F00]", "facts: [F01]")) == []
