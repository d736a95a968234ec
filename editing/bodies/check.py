"""What a body must be to be kept at all, even as a draft."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path

from editing.bodies.body import Body
from editing.bodies.directive import DirectiveBody
from editing.bodies.faq import FaqBody
from editing.errors import InvalidBodyError
from editing.problem import BodyProblem
from settings.yaml_text import load_yaml

MOST_TEXT_CHARACTERS = 2_000_000
"""A directive of 700 pages."""
MOST_FIELD_CHARACTERS = 5_000
MOST_LINES = 200
_FILE = Path(__file__).with_name("problems.yml")
_UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2064\ud800-\udfff\ue000-\uf8ff\ufeff]"
)
"""As in knowledge/faqs/marked_yaml.py: what could not be exported is not taken in."""


def refuse_unfit(body: Body, live_from: date | None, live_to: date | None) -> None:
    """Raises InvalidBodyError for what no file could hold: hidden characters, far too much text, dates reversed."""
    problems = [*_unfit_texts(body)]
    if live_from and live_to and live_to < live_from:
        problems.append(problem("live_to", "live_dates_reversed"))
    if problems:
        raise InvalidBodyError(tuple(problems))


def problem(field: str, kind: str, is_warning: bool = False, **details: str) -> BodyProblem:
    """In the words of problems.yml."""
    return BodyProblem(field, kind, _sentences()[kind].format(**details), is_warning)


def _unfit_texts(body: Body) -> Iterator[BodyProblem]:
    limit = MOST_TEXT_CHARACTERS if isinstance(body, DirectiveBody) else MOST_FIELD_CHARACTERS
    for field, text in texts_of(body):
        if len(text) > limit:
            yield problem(field, "far_too_long", limit=f"{limit:,}".replace(",", "."))
        elif _UNSEEN.search(text):
            yield problem(field, "hidden_character")
    if isinstance(body, FaqBody) and len(body.alternates) > MOST_LINES:
        yield problem("alternates", "too_many_lines", limit=str(MOST_LINES))


def texts_of(body: Body) -> Iterator[tuple[str, str]]:
    """Every text that somebody typed, with the field that it stands in."""
    if isinstance(body, FaqBody):
        yield from (("question", body.question), ("answer", body.answer))
        yield from ((f"alternates.{place}", text) for place, text in enumerate(body.alternates))
        for place, basis in enumerate(body.legal_basis):
            yield from ((f"legal_basis.{place}", text) for text in (basis.document, basis.article, basis.parameter))
        steps = body.next_steps
        yield from (("next_steps", text) for text in (steps.where, *steps.papers, steps.deadline))
        yield from ((name, text) for name in ("audience", "facts", "related") for text in getattr(body, name))
        yield from ((name, getattr(body, name)) for name in ("confidence", "source", "status", "lens", "scope"))
    elif isinstance(body, DirectiveBody):
        yield "text", body.text
        yield from _front_texts(body.front)
        for section, questions in body.questions.items():
            yield from ((f"questions.{section}", text) for text in (section, *questions))
    else:
        yield from ((name, getattr(body, name)) for name in ("title", "unit", "note", "group"))
        yield from (("facts", fact) for fact in body.facts)
        for place, value in enumerate(body.values):
            yield from ((f"values.{place}", text) for text in (value.document, value.article))


def _front_texts(value: object, field: str = "front") -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield field, value
    elif isinstance(value, dict):
        for key, below in value.items():
            yield field, str(key)
            yield from _front_texts(below, f"front.{key}" if field == "front" else field)
    elif isinstance(value, (list, tuple)):
        for below in value:
            yield from _front_texts(below, field)


@cache
def _sentences() -> dict[str, str]:
    return {str(kind): str(sentence) for kind, sentence in load_yaml(_FILE.read_text(encoding="utf-8")).items()}
