"""How a place in a directive is cited: `điểm e mục 1 Công văn 288/BHXH-VP ngày 31/01/2024`."""

from __future__ import annotations

from knowledge.directives.directive import Directive, Level, Section, SectionKind, Step
from knowledge.directives.labels import DirectiveLabels, load_labels


def citation_label(directive: Directive, section: str, labels: DirectiveLabels | None = None) -> str:
    """`section` is a label. Raises KeyError when the document has no such section."""
    labels = labels or load_labels()
    found = directive.section(section)
    place = _place(directive, found, labels)
    document = document_label(directive, labels)
    if found.attachment:
        document = labels.attached.format(name=found.attachment, document=document)
    return f"{place} {document}"


def document_label(directive: Directive, labels: DirectiveLabels | None = None) -> str:
    """`Công văn 288/BHXH-VP ngày 31/01/2024`."""
    labels = labels or load_labels()
    date = f"{directive.issued_on:%d/%m/%Y}"
    return labels.document.format(kind=directive.kind, number=directive.number, date=date)


def _place(directive: Directive, section: Section, labels: DirectiveLabels) -> str:
    if section.kind is SectionKind.FOOTNOTE:
        return labels.places["footnote"].format(value=section.paragraphs[0].marker)
    if not section.steps:
        return labels.places[section.kind.value]
    words = []
    for depth in range(len(section.steps) - 1, -1, -1):
        if not _is_said_within(section.steps, depth):
            words.append(_step(directive, section, depth, labels))
    return " ".join(words)


def _is_said_within(steps: tuple[Step, ...], depth: int) -> bool:
    """A decimal number repeats the number above it; articles are numbered through the chapters."""
    inner = steps[depth + 1].level if depth + 1 < len(steps) else None
    return inner is Level.DECIMAL or (steps[depth].level is Level.CHAPTER and inner is Level.ARTICLE)


def _step(directive: Directive, section: Section, depth: int, labels: DirectiveLabels) -> str:
    step = section.steps[depth]
    name = step.level.value
    if step.level is Level.NUMBER and any(outer.level is Level.ARTICLE for outer in section.steps[:depth]):
        name = "clause"
    elif step.level is Level.ROMAN and section.kind is SectionKind.ANNEX_ROW:
        name = "group"
    place = labels.places[name].format(value=step.value)
    heading = _heading_at(section, depth)
    if heading and _is_repeated(directive, section, depth):
        return labels.places["repeated"].format(place=place, heading=heading)
    return place


def _heading_at(section: Section, depth: int) -> str:
    """The heading of the step, counted from the innermost: an annex has headings without steps outside."""
    headings = (*section.headings, section.heading)
    place = len(headings) - len(section.steps) + depth
    return headings[place] if 0 <= place < len(headings) else ""


def _is_repeated(directive: Directive, section: Section, depth: int) -> bool:
    """The document has another step that reads the same; rows are told by their group."""
    if section.kind is SectionKind.ANNEX_ROW:
        return False
    above, step = section.steps[:depth], section.steps[depth]
    alike = {
        other.steps[depth].occurrence
        for other in directive.sections
        if other.kind is SectionKind.POINT
        and other.attachment == section.attachment
        and len(other.steps) > depth
        and other.steps[:depth] == above
        and (other.steps[depth].level, other.steps[depth].value) == (step.level, step.value)
    }
    return len(alike) > 1
