"""Entries of one topic → the text of their file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from editing.bodies.faq import FaqBasis, FaqBody
from editing.files.filed import FiledDocument
from editing.files.yaml_text import INDENT, block, day, flow_list, flow_scalar, quoted, scalar
from knowledge.faqs.entry import Scope
from knowledge.faqs.next_steps import NO_STEPS, NextSteps

_ENTRY = INDENT * 2
_LIST = INDENT * 3


def faq_file_text(topic: str, entries: Sequence[FiledDocument]) -> str:
    """As knowledge/content/faqs/*.yml: one entry after the other, an empty line between them."""
    written = ("\n".join(_entry_lines(entry)) for entry in entries)
    return f"topic: {scalar(topic)}\nentries:\n" + "\n\n".join(written) + "\n"


def _entry_lines(entry: FiledDocument) -> Iterator[str]:
    body = entry.body
    if not isinstance(body, FaqBody):
        raise TypeError(f"{entry.name} is no entry")
    yield f"{INDENT}- id: {scalar(entry.key)}"
    yield f"{_ENTRY}question: {scalar(body.question)}"
    yield from _listed("alternates", (scalar(text) for text in body.alternates))
    yield f"{_ENTRY}answer: {block(body.answer, _LIST)}"
    yield from _next_steps(body.next_steps)
    yield from _listed("legal_basis", (_basis(basis) for basis in body.legal_basis))
    yield f"{_ENTRY}audience: {flow_list(body.audience)}"
    yield f"{_ENTRY}confidence: {scalar(body.confidence)}"
    yield f"{_ENTRY}source: {scalar(body.source)}"
    yield f"{_ENTRY}status: {scalar(body.status)}"
    yield f"{_ENTRY}review_by: {day(body.review_by)}"
    yield f"{_ENTRY}facts: {flow_list(body.facts)}"
    yield f"{_ENTRY}related: {flow_list(body.related)}"
    if body.lens:
        yield f"{_ENTRY}lens: {scalar(body.lens)}"
    if body.scope != Scope.OURS:
        yield f"{_ENTRY}scope: {scalar(body.scope)}"
    for key, value in (("live_from", entry.live_from), ("live_to", entry.live_to)):
        if value is not None:
            yield f"{_ENTRY}{key}: {day(value)}"


def _listed(key: str, items: Iterable[str]) -> Iterator[str]:
    lines = [f"{_LIST}- {item}" for item in items]
    yield f"{_ENTRY}{key}:" if lines else f"{_ENTRY}{key}: []"
    yield from lines


def _next_steps(steps: NextSteps) -> Iterator[str]:
    if steps == NO_STEPS:
        return
    yield f"{_ENTRY}next_steps:"
    yield f"{_LIST}where: {_text(steps.where)}"
    yield f"{_LIST}papers: [{', '.join(map(quoted, steps.papers))}]"
    yield f"{_LIST}deadline: {_text(steps.deadline)}"


def _text(text: str) -> str:
    return quoted(text) if text else "null"


def _basis(basis: FaqBasis) -> str:
    if basis.parameter:
        return f"{{parameter: {flow_scalar(basis.parameter)}}}"
    article = quoted(basis.article) if basis.article else "null"
    days = f"effective_from: {day(basis.effective_from)}, effective_to: {day(basis.effective_to)}"
    return f"{{document: {quoted(basis.document)}, article: {article}, {days}}}"
