"""A body as its file would give it back: white space where it means something, one form of each letter."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from editing.bodies.body import Body
from editing.bodies.directive import DirectiveBody
from editing.bodies.faq import FaqBasis, FaqBody
from editing.bodies.parameter import FiledValue, ParameterBody
from knowledge.faqs.next_steps import NextSteps


def tidied(body: Body) -> Body:
    """Whatever a form or a file brought. Tidying twice changes nothing; a directive keeps its text as obtained."""
    if isinstance(body, FaqBody):
        return _faq(body)
    if isinstance(body, ParameterBody):
        return _parameter(body)
    questions = {_line(section): _lines(listed) for section, listed in body.questions.items()}
    return DirectiveBody(body.text, _value(body.front), {name: listed for name, listed in questions.items() if listed})


def _faq(body: FaqBody) -> FaqBody:
    return replace(
        body,
        question=_line(body.question),
        alternates=_lines(body.alternates),
        answer=_block(body.answer),
        legal_basis=tuple(_basis(basis) for basis in body.legal_basis),
        audience=_lines(body.audience),
        facts=_lines(body.facts),
        related=_lines(body.related),
        next_steps=NextSteps(
            _line(body.next_steps.where), _lines(body.next_steps.papers), _line(body.next_steps.deadline)
        ),
        lens=_line(body.lens),
    )


def _basis(basis: FaqBasis) -> FaqBasis:
    if basis.parameter.strip():
        return FaqBasis(parameter=_line(basis.parameter))
    return FaqBasis(_line(basis.document), _line(basis.article), basis.effective_from, basis.effective_to)


def _parameter(body: ParameterBody) -> ParameterBody:
    values = sorted(body.values, key=lambda value: value.effective_from or date.max)
    texts = {name: _line(getattr(body, name)) for name in ("title", "note", "group")}
    return replace(body, **texts, values=tuple(_filed(value) for value in values), facts=_lines(body.facts))


def _filed(value: FiledValue) -> FiledValue:
    return replace(value, document=_line(value.document), article=_line(value.article))


def _line(text: str) -> str:
    """On one line, one space between words."""
    return unicodedata.normalize("NFC", " ".join(text.split()))


def _lines(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(line for line in map(_line, texts) if line)


def _block(text: str) -> str:
    """Paragraphs stay; no white space at the ends of lines, nor around the whole."""
    lines = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(line.rstrip() for line in lines).strip()


def _value(value: Any) -> Any:
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value)
    if isinstance(value, Mapping):
        return {str(key): _value(below) for key, below in value.items()}
    return [_value(below) for below in value] if isinstance(value, (list, tuple)) else value
