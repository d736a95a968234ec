"""Parameters → the text of parameters.yml."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from editing.bodies.parameter import FiledValue, ParameterBody
from editing.files.filed import FiledDocument
from editing.files.heads import Heads
from editing.files.yaml_text import INDENT, day, flow_list, scalar

_FIELD = INDENT * 2
_VALUE = INDENT * 3
_VALUE_FIELD = INDENT * 4


def parameters_text(parameters: Iterable[FiledDocument], heads: Heads) -> str:
    """As knowledge/content/parameters.yml."""
    written = ["\n".join(_lines(parameter)) for parameter in parameters]
    items = "\n" + "\n\n".join(written) + "\n" if written else " []\n"
    return f"{heads.parameters}money_word: {scalar(heads.money_word)}\nparameters:{items}"


def _lines(parameter: FiledDocument) -> Iterator[str]:
    body = parameter.body
    if not isinstance(body, ParameterBody):
        raise TypeError(f"{parameter.name} is no parameter")
    yield f"{INDENT}- name: {scalar(parameter.key)}"
    if body.group:
        yield f"{_FIELD}group: {scalar(body.group)}"
    yield f"{_FIELD}title: {scalar(body.title)}"
    yield f"{_FIELD}unit: {scalar(body.unit)}"
    yield f"{_FIELD}facts: {flow_list(body.facts)}"
    if body.note:
        yield f"{_FIELD}note: {scalar(body.note)}"
    yield f"{_FIELD}values:" if body.values else f"{_FIELD}values: []"
    for value in body.values:
        yield from _value_lines(value)


def _value_lines(value: FiledValue) -> Iterator[str]:
    yield f"{_VALUE}- value: {_grouped(value.value)}"
    yield f"{_VALUE_FIELD}effective_from: {day(value.effective_from)}"
    yield f"{_VALUE_FIELD}effective_to: {day(value.effective_to)}"
    yield f"{_VALUE_FIELD}document: {_or_null(value.document)}"
    yield f"{_VALUE_FIELD}article: {_or_null(value.article)}"


def _or_null(text: str) -> str:
    return scalar(text) if text else "null"


def _grouped(value: Decimal) -> str:
    """`2_530_000`, `1.5`."""
    return f"{value:,f}".replace(",", "_")
