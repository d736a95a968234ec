"""The five directives, parsed once, and where their sections stand in the sources."""

from pathlib import Path

import pytest
import yaml

from knowledge.directives.library import load_directive, load_directives

ROOT = Path(__file__).resolve().parents[4]
CONTENT = ROOT / "knowledge" / "content" / "directives"
FIXTURES = ROOT / "tests" / "fixtures"
INVENTED = FIXTURES / "directives"


def read_section_lines():
    """slug → label → source lines."""
    data = yaml.safe_load((FIXTURES / "directive_sections.yml").read_text(encoding="utf-8"))
    return {slug: {label: _lines(ranges) for label, ranges in sections.items()} for slug, sections in data.items()}


def _lines(ranges):
    spans = (span.split("-") for span in ranges.split(", "))
    return tuple(line for first, last in spans for line in range(int(first), int(last) + 1))


SECTION_LINES = read_section_lines()
PLACES = [(slug, label) for slug, sections in SECTION_LINES.items() for label in sections]


@pytest.fixture(scope="session")
def directives():
    return {directive.slug: directive for directive in load_directives(CONTENT)}


@pytest.fixture(scope="session")
def programme(directives):
    """The decision with everything: articles, a programme, an annex table, a footnote."""
    return directives["24-QD-BHXH"]


@pytest.fixture(scope="session")
def source_lines():
    """slug → the lines of the file; index 0 is line 1."""
    return {slug: (CONTENT / f"{slug}.txt").read_text(encoding="utf-8").split("\n") for slug in SECTION_LINES}


@pytest.fixture(scope="session")
def invented():
    return {path.stem: load_directive(path) for path in sorted(INVENTED.glob("*.txt"))}
