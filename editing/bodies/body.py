"""What a version says, whatever its kind: to JSON and back, and what lists and searches need of it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import date
from typing import Any, assert_never

from editing.bodies.directive import DirectiveBody, directive_from_json, directive_title, directive_to_json
from editing.bodies.faq import FaqBody, faq_from_json, faq_to_json
from editing.bodies.parameter import ParameterBody, parameter_from_json, parameter_to_json
from editing.document import DocumentKind
from editing.folding import folded
from editing.version import TITLE_CHARACTERS

Body = FaqBody | DirectiveBody | ParameterBody

SEARCHED_CHARACTERS = 20_000


def body_from_json(kind: DocumentKind, data: Mapping[str, Any]) -> Body:
    """From `Version.body`."""
    match kind:
        case DocumentKind.FAQ:
            return faq_from_json(data)
        case DocumentKind.DIRECTIVE:
            return directive_from_json(data)
        case DocumentKind.PARAMETER:
            return parameter_from_json(data)
    assert_never(kind)


def body_to_json(body: Body) -> dict[str, Any]:
    """For `Version.body`."""
    if isinstance(body, FaqBody):
        return faq_to_json(body)
    return directive_to_json(body) if isinstance(body, DirectiveBody) else parameter_to_json(body)


def digest_of(body: Body) -> str:
    """Two bodies that say the same have the same; it does not depend on the order of keys."""
    written = json.dumps(body_to_json(body), ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(written.encode("utf-8")).hexdigest()


def title_of(body: Body, key: str) -> str:
    """The question, number and subject, or the parameter's title; the key where there is none yet."""
    if isinstance(body, DirectiveBody):
        title = directive_title(body, key)
    else:
        title = body.question if isinstance(body, FaqBody) else body.title
    return (" ".join(title.split()) or key)[:TITLE_CHARACTERS]


def search_text_of(body: Body, key: str) -> str:
    """One line for each wording, between line ends: what it says without diacritics, for `LIKE`."""
    if isinstance(body, FaqBody):
        bases = (f"{basis.article} {basis.document}" for basis in body.legal_basis)
        steps = body.next_steps
        lines = [body.question, *body.alternates, body.answer, steps.where, *steps.papers, steps.deadline, *bases]
    elif isinstance(body, DirectiveBody):
        lines = [title_of(body, key), *(line for listed in body.questions.values() for line in listed), body.text]
    else:
        lines = [body.title, body.note, *(value.document for value in body.values)]
    keys = (key, *map(folded, lines))
    return ("\n" + "\n".join(one for one in keys if one) + "\n")[:SEARCHED_CHARACTERS]


def review_by_of(body: Body) -> date | None:
    """Only entries have a day on which they must be looked at again."""
    return body.review_by if isinstance(body, FaqBody) else None


def columns_of(key: str, body: Body) -> dict[str, Any]:
    """The columns of a version that follow from what it says."""
    return {
        "title": title_of(body, key),
        "search_text": search_text_of(body, key),
        "body": body_to_json(body),
        "digest": digest_of(body),
        "review_by": review_by_of(body),
    }
