"""A key that stands twice is read as its last value, without a word: the first one is lost."""

import yaml

from tests.conftest import ROOT

OURS = ("actions", "bot", "connectors", "console", "desk", "editing", "knowledge", "settings", "tests", "vietnamese")


def repeated_keys(node):
    """(key, line) of each key that its mapping holds twice."""
    if isinstance(node, yaml.SequenceNode):
        for value in node.value:
            yield from repeated_keys(value)
    if isinstance(node, yaml.MappingNode):
        seen = set()
        for key, value in node.value:
            if key.value in seen:
                yield key.value, key.start_mark.line + 1
            seen.add(key.value)
            yield from repeated_keys(value)


def test_no_key_stands_twice():
    files = [*ROOT.glob("*.yml"), *(path for room in OURS for path in (ROOT / room).rglob("*.yml"))]
    assert len(files) > 50
    found = {
        str(path.relative_to(ROOT)): again
        for path in files
        if (again := list(repeated_keys(yaml.compose(path.read_text(encoding="utf-8"), yaml.CSafeLoader))))
    }
    assert found == {}


def test_a_key_that_stands_twice_is_found_wherever_it_is():
    assert list(repeated_keys(yaml.compose("a: 1\nb: [{c: 1, d: 2, c: 3}]\na: 2"))) == [("c", 2), ("a", 3)]
