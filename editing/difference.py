"""What two versions of a document say differently, field by field, with the words marked. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from enum import StrEnum

from editing.bodies.body import Body
from editing.bodies.faq import FaqBasis, FaqBody
from editing.bodies.parameter import FiledValue, ParameterBody
from knowledge.faqs.entry import Scope

_WORD = re.compile(r"\s+|[^\s]+")
MOST_WORDS = 6_000
"""Longer texts are compared line by line: comparing word by word takes the square of their length."""


class Mark(StrEnum):
    """What became of a piece of text."""

    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True)
class Piece:
    """Words with the white space between them."""

    mark: Mark
    text: str


@dataclass(frozen=True)
class FieldChange:
    """`before` holds what stays and what goes, `after` what stays and what comes; empty where nothing stood."""

    field: str
    before: tuple[Piece, ...]
    after: tuple[Piece, ...]


def difference(before: Body | None, after: Body) -> tuple[FieldChange, ...]:
    """Fields that differ, in the order of the form; all that are filled in where there was nothing before."""
    former = dict(_fields(before)) if before is not None else {}
    found = []
    for field, text in _fields(after):
        earlier = former.pop(field, "")
        if earlier != text:
            found.append(FieldChange(field, *marked(earlier, text)))
    found += [FieldChange(field, *marked(text, "")) for field, text in former.items() if text]
    return tuple(found)


def marked(before: str, after: str) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Both texts in pieces; joined they are the texts again."""
    pattern = _pieces_of(before, after)
    first, second = pattern.findall(before), pattern.findall(after)
    left: list[Piece] = []
    right: list[Piece] = []
    for kind, start, end, begin, stop in SequenceMatcher(None, first, second, autojunk=False).get_opcodes():
        gone, come = "".join(first[start:end]), "".join(second[begin:stop])
        left += [Piece(Mark.SAME if kind == "equal" else Mark.REMOVED, gone)] if gone else []
        right += [Piece(Mark.SAME if kind == "equal" else Mark.ADDED, come)] if come else []
    return tuple(left), tuple(right)


def _pieces_of(before: str, after: str) -> re.Pattern[str]:
    is_long = before.count(" ") + after.count(" ") > MOST_WORDS
    return re.compile(r"[^\n]*\n|[^\n]+") if is_long else _WORD


def _fields(body: Body) -> Iterator[tuple[str, str]]:
    if isinstance(body, FaqBody):
        yield from _faq_fields(body)
    elif isinstance(body, ParameterBody):
        yield from (("title", body.title), ("unit", body.unit))
        yield "values", "\n".join(map(_value, body.values))
        yield from (("note", body.note), ("facts", ", ".join(body.facts)))
    else:
        yield "front", "\n".join(f"{key}: {_flat(value)}" for key, value in body.front.items() if value is not None)
        yield "text", body.text
        yield "questions", "\n".join(f"{section}: {one}" for section, asked in body.questions.items() for one in asked)


def _faq_fields(body: FaqBody) -> Iterator[tuple[str, str]]:
    yield "question", body.question
    yield "alternates", "\n".join(body.alternates)
    yield "answer", body.answer
    steps = body.next_steps
    yield from (
        ("next_where", steps.where),
        ("next_papers", "\n".join(steps.papers)),
        ("next_deadline", steps.deadline),
    )
    yield "legal_basis", "\n".join(map(_basis, body.legal_basis))
    yield "audience", ", ".join(body.audience)
    yield from (("confidence", body.confidence), ("source", body.source))
    yield "review_by", _day(body.review_by)
    yield from (("related", ", ".join(body.related)), ("facts", ", ".join(body.facts)))
    yield from (("lens", body.lens), ("scope", body.scope if body.scope != Scope.OURS else ""))


def _flat(value: object) -> str:
    """What nested lists and mappings hold, without their brackets."""
    if isinstance(value, Mapping):
        return ", ".join(_flat(one) for one in value.values() if one is not None)
    if isinstance(value, (list, tuple)):
        return "; ".join(map(_flat, value))
    return str(value)


def _basis(basis: FaqBasis) -> str:
    if basis.parameter:
        return f"{{{basis.parameter}}}"
    return f"{basis.article} {basis.document} {_period(basis.effective_from, basis.effective_to)}".strip()


def _value(value: FiledValue) -> str:
    period = _period(value.effective_from, value.effective_to)
    amount = f"{value.value:,f}".replace(",", "\N{NO-BREAK SPACE}")
    return f"{amount} {period} {value.article} {value.document}".strip()


def _period(start: date | None, end: date | None) -> str:
    return f"[{_day(start)} – {_day(end)}]" if start or end else ""


def _day(day: date | None) -> str:
    return f"{day:%d/%m/%Y}" if day else ""
