"""Writes all passages as plain text, to be read and reviewed: `python -m knowledge.directives.golden`."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

from knowledge.directives.citation import citation_label
from knowledge.directives.directive import Directive
from knowledge.directives.library import load_directives
from knowledge.directives.passages import directive_passages
from knowledge.passage import Passage

CONTENT_FOLDER = Path("knowledge/content/directives")
GOLDEN_FOLDER = Path("tests/fixtures/passages")


def render(directive: Directive) -> str:
    """One entry for each passage: id, how it is cited, title, what else says the same, text, context."""
    passages = directive_passages(directive)
    return "\n".join(line for passage in passages for line in _entry(directive, passage))


def _entry(directive: Directive, passage: Passage) -> Iterable[str]:
    yield f"=== {passage.id}" + ("" if passage.answerable else "  (not answerable)")
    yield f"cited as: {citation_label(directive, passage.section)}"
    yield f"title:    {passage.title}"
    yield f"context:  {passage.context}"
    for other in passage.near_duplicates:
        yield f"same as:  {other}"
    yield passage.text
    yield ""


def write_golden(content: Path = CONTENT_FOLDER, golden: Path = GOLDEN_FOLDER) -> list[Path]:
    """One file for each directive; returns what was written."""
    golden.mkdir(parents=True, exist_ok=True)
    written = []
    for directive in load_directives(content):
        path = golden / f"{directive.slug}.txt"
        path.write_text(render(directive), encoding="utf-8")
        written.append(path)
    return written


if __name__ == "__main__":
    for path in write_golden():
        sys.stdout.write(f"{path}\n")
