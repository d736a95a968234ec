"""What docs/security.md says of doors and tests is true."""

import re

from tests.conftest import ROOT
from tests.security.matrix import PAGE, rows, written


def test_the_table_of_doors_is_the_one_that_the_gate_keeps():
    """After adding a door: make golden."""
    assert written() == list(rows())


def test_every_test_that_is_named_exists():
    text = PAGE.read_text(encoding="utf-8")
    tests = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "tests").rglob("test_*.py"))
    assert [name for name in re.findall(r"`(test_\w+)`", text) if f"def {name}(" not in tests] == []
    assert [path for path in re.findall(r"`(tests/[\w/*.]+)`", text) if not list(ROOT.glob(path))] == []
