"""Suggested answers for operators, as the gateway asks this process for them: JSON in, JSON out."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from http import HTTPStatus
from typing import Any

from actions.answering import Answering
from actions.payload import SCORE_DIGITS
from knowledge.answering.assistant import Suggested
from knowledge.answering.policy import Strength

MEDIA_TYPE = "application/json"
BODY_BYTES = 8_192
QUESTION_CHARACTERS = 1_000
ROLE_CHARACTERS = 80
MOST_SUGGESTIONS = 3


@dataclass(frozen=True)
class Asked:
    """`role` is for whom the citizen asks, in words; empty while unknown."""

    question: str
    role: str


@dataclass(frozen=True)
class Answered:
    """An HTTP answer; the body never repeats what was asked."""

    status: HTTPStatus
    body: dict[str, Any]


def answer_request(media_type: str, body: bytes, knowledge: Answering) -> Answered:
    """400, 413 or 415 names the fault; a web page of another site cannot send JSON without asking first."""
    if media_type.partition(";")[0].strip().lower() != MEDIA_TYPE:
        return _refused(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, f"expected {MEDIA_TYPE}")
    if len(body) > BODY_BYTES:
        return _refused(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, f"more than {BODY_BYTES} bytes")
    asked = _read(body)
    if asked is None:
        wanted = f"an object with question (1 to {QUESTION_CHARACTERS} characters) and role (up to {ROLE_CHARACTERS})"
        return _refused(HTTPStatus.BAD_REQUEST, f"expected {wanted}")
    found = suggestions_for(asked, knowledge)
    return Answered(HTTPStatus.OK, {"suggestions": [_as_json(each) for each in found]})


def suggestions_for(asked: Asked, knowledge: Answering) -> tuple[Suggested, ...]:
    """An unclear question is tried once more with the citizen's role, as the dialogue does."""
    plain = knowledge.suggest(asked.question, MOST_SUGGESTIONS)
    if not asked.role or (plain and plain[0].strength is not Strength.WEAK):
        return plain
    told = knowledge.suggest(f"{asked.question} ({asked.role})", MOST_SUGGESTIONS)
    return max(plain, told, key=lambda found: found[0].hit.score if found else -1.0)


def _read(body: bytes) -> Asked | None:
    try:
        document = json.loads(body)
    except (ValueError, RecursionError):
        return None
    if not isinstance(document, dict):
        return None
    question, role = document.get("question"), document.get("role", "")
    if not isinstance(question, str) or not isinstance(role, str):
        return None
    if not question.strip() or len(question) > QUESTION_CHARACTERS or len(role) > ROLE_CHARACTERS:
        return None
    return Asked(question, role.strip())


def _as_json(suggested: Suggested) -> dict[str, Any]:
    return {
        "text": suggested.answer.text,
        "title": suggested.hit.passage.title,
        "collection": suggested.hit.passage.collection.value,
        "score": round(suggested.hit.score, SCORE_DIGITS),
        "strength": suggested.strength.value,
        "citations": [asdict(citation) for citation in suggested.answer.citations],
    }


def _refused(status: HTTPStatus, why: str) -> Answered:
    return Answered(status, {"error": why})
