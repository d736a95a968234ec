"""docs/channels.md: how channels work, then each case with the tests that show it."""

from pathlib import Path

from tests.conformance.cases import load_sections
from tests.conformance.marks import read_marks

INTRODUCTION = Path(__file__).with_name("introduction.md")
DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "channels.md"


def compose(sections=None, marks=None):
    """The whole document."""
    sections = load_sections() if sections is None else sections
    marks = read_marks() if marks is None else marks
    lines = [INTRODUCTION.read_text(encoding="utf-8").rstrip()]
    for section in sections:
        shown = sum(case.id in marks for case in section.cases)
        lines += ["", f"### {section.title}: {shown} of {len(section.cases)} shown by tests"]
        lines += ["| case | what is expected | shown by |", "|---|---|---|"]
        lines += [f"| {case.id} | {_cell(case.expected)} | {_shown_by(case, marks)} |" for case in section.cases]
    return "\n".join(lines) + "\n"


def _shown_by(case, marks):
    links = [f"[{_cell(showing.sentence)}](../{showing.path})" for showing in marks.get(case.id, ())]
    return "; ".join([*links, *([f"**not:** {_cell(case.why_not)}"] if case.why_not else [])])


def _cell(text):
    return text.replace("|", "\\|")
