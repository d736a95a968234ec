"""A body as the tree that the readers of knowledge/faqs read, whose lines are the places of its fields.

So the console refuses exactly what `bhxh knowledge validate` refuses, in the same words.
"""

from __future__ import annotations

from datetime import date

from editing.bodies.faq import FaqBasis, FaqBody
from editing.bodies.parameter import FiledValue, ParameterBody
from knowledge.faqs.marked_yaml import Mapping, Node, Scalar, Sequence
from knowledge.faqs.next_steps import NO_STEPS, NextSteps

_ITEMS = 1_000
"""Lines between one field and the next, so that each item of a list has a line of its own."""
_ENTRY = ("question", "alternates", "answer", "legal_basis", "audience", "confidence", "source", "status", "review_by")
_FIELDS = (
    "id",
    *_ENTRY,
    "facts",
    "related",
    "name",
    "title",
    "unit",
    "values",
    "note",
    "group",
    "next_steps",
    "lens",
    "scope",
)
_LISTS = ("alternates", "legal_basis", "values")


def field_at(line: int) -> str:
    """`alternates.3` for the line of the fourth wording; `id` for a line of no field."""
    place, item = divmod(line, _ITEMS)
    name = _FIELDS[place - 1] if 0 < place <= len(_FIELDS) else "id"
    return f"{name}.{item - 1}" if item and name in _LISTS else name


def faq_node(body: FaqBody, key: str) -> Mapping:
    """For `knowledge.faqs.reading.read_entry`."""
    texts = {"id": key, "question": body.question, "answer": body.answer}
    words = {"confidence": body.confidence, "source": body.source, "status": body.status, "lens": body.lens}
    words["scope"] = body.scope
    lists = {"alternates": body.alternates, "audience": body.audience, "facts": body.facts, "related": body.related}
    bases = [_basis(basis, _line("legal_basis", place)) for place, basis in enumerate(body.legal_basis, 1)]
    fields: dict[str, Node] = {name: _text(text, _line(name)) for name, text in {**texts, **words}.items()}
    fields |= {name: _texts(name, listed) for name, listed in lists.items()}
    fields["legal_basis"] = Sequence(_line("legal_basis"), tuple(bases))
    if body.next_steps != NO_STEPS:
        fields["next_steps"] = _steps(body.next_steps)
    fields["review_by"] = _day(body.review_by, _line("review_by"))
    return _mapping(fields, _line("id"))


def parameter_node(body: ParameterBody, name: str) -> Mapping:
    """For `knowledge.faqs.parameters.read_parameter`."""
    values = [_value(value, _line("values", place)) for place, value in enumerate(body.values, 1)]
    fields: dict[str, Node] = {
        "name": _text(name, _line("name")),
        "title": _text(body.title, _line("title")),
        "unit": _text(body.unit, _line("unit")),
        "note": _text(body.note, _line("note")),
        "group": _text(body.group, _line("group")),
        "facts": _texts("facts", body.facts),
        "values": Sequence(_line("values"), tuple(values)),
    }
    return _mapping(fields, _line("name"))


def _steps(steps: NextSteps) -> Mapping:
    line = _line("next_steps")
    papers = Sequence(line, tuple(_text(paper, line) for paper in steps.papers))
    fields: dict[str, Node] = {"where": _text(steps.where, line), "deadline": _text(steps.deadline, line)}
    return _mapping({**fields, "papers": papers}, line)


def _basis(basis: FaqBasis, line: int) -> Mapping:
    if basis.parameter:
        return _mapping({"parameter": _text(basis.parameter, line)}, line)
    fields = {"document": _text(basis.document, line), "article": _text(basis.article, line)}
    return _mapping({**fields, **_period(basis.effective_from, basis.effective_to, line)}, line)


def _value(value: FiledValue, line: int) -> Mapping:
    fields = {"value": Scalar(line, f"{value.value:f}"), "document": _text(value.document, line)}
    period = _period(value.effective_from, value.effective_to, line)
    return _mapping({**fields, "article": _text(value.article, line), **period}, line)


def _period(start: date | None, end: date | None, line: int) -> dict[str, Node]:
    return {"effective_from": _day(start, line), "effective_to": _day(end, line)}


def _line(name: str, item: int = 0) -> int:
    return (_FIELDS.index(name) + 1) * _ITEMS + item


def _mapping(fields: dict[str, Node], line: int) -> Mapping:
    return Mapping(line, tuple((Scalar(node.line, name), node) for name, node in fields.items()))


def _texts(name: str, texts: tuple[str, ...]) -> Sequence:
    return Sequence(_line(name), tuple(_text(text, _line(name, place)) for place, text in enumerate(texts, 1)))


def _text(text: str, line: int) -> Scalar:
    return Scalar(line, text, quoted=True)


def _day(day: date | None, line: int) -> Scalar:
    return Scalar(line, day.isoformat() if day else "null")
