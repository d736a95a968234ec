"""What stands beside the text of a directive: its front matter, and the sample questions of all directives."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from editing.files.heads import Heads
from editing.files.yaml_text import INDENT, flow_scalar, quoted, scalar

DAYS = frozenset({"issued_on", "effective_from", "effective_to", "live_from", "live_to"})
"""Keys whose text is a day, written without quotes."""


def front_text(front: Mapping[str, Any], heads: Heads) -> str:
    """As knowledge/content/directives/*.yml; empty for a directive of which nobody has checked anything."""
    return "".join(f"{line}\n" for key, value in front.items() for line in _top_lines(key, value, heads))


def questions_text(questions: Sequence[tuple[str, Mapping[str, tuple[str, ...]]]], heads: Heads) -> str:
    """As knowledge/content/directives/questions.yml: name of the directive's file, section, questions."""
    lines = [line for slug, sections in questions if sections for line in _question_lines(slug, sections)]
    return heads.questions + "".join(f"{line}\n" for line in lines)


def _question_lines(slug: str, sections: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    yield f"{scalar(slug)}:"
    for section, listed in sections.items():
        yield f"{INDENT}{quoted(section)}:" if listed else f"{INDENT}{quoted(section)}: []"
        yield from (f"{INDENT * 2}- {scalar(question)}" for question in listed)


def _top_lines(key: str, value: object, heads: Heads) -> Iterator[str]:
    yield from heads.front.get(key, "").splitlines()
    yield from _lines(key, value, "")


def _lines(key: str, value: object, indent: str) -> Iterator[str]:
    if isinstance(value, Mapping) and value:
        yield f"{indent}{scalar(key)}:"
        for inner, below in value.items():
            yield from _lines(str(inner), below, indent + INDENT)
    elif isinstance(value, (list, tuple)) and value:
        yield f"{indent}{scalar(key)}:"
        yield from (f"{indent}{INDENT}- {_item(one)}" for one in value)
    else:
        yield f"{indent}{scalar(key)}: {_leaf(key, value)}"


def _item(value: object) -> str:
    return scalar(value) if isinstance(value, str) else _flow("", value)


def _flow(key: str, value: object) -> str:
    if isinstance(value, Mapping):
        pairs = (f"{flow_scalar(str(inner))}: {_flow(str(inner), below)}" for inner, below in value.items())
        return "{" + ", ".join(pairs) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(_flow("", one) for one in value) + "]"
    return flow_scalar(value) if isinstance(value, str) and key not in DAYS else _leaf(key, value)


def _leaf(key: str, value: object) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return value if key in DAYS else scalar(value)
    if isinstance(value, Mapping):
        return "{}"
    return "[]" if isinstance(value, (list, tuple)) else str(value)
