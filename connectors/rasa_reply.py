"""Reads what Rasa's REST channel answers: a JSON list, each item a fixed line or an answer in `custom`."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from connectors.message import NO_STATUS, AnswerSource, Button, Citation, DialogueState, Found, Reply
from connectors.stored_text import storable

_STATUS = re.compile(r"[a-z][a-z_]{0,63}")
_OUR_PAGE = re.compile(r"/(?![/\\])\S*")
SOURCE_CHARACTERS = {
    "passage_id": 255,
    "document": 160,
    "section": 255,
    "version": 16,
    "topic": 200,
    "snapshot": 64,
}
"""The most that the log of answers keeps; no name of ours is longer."""
FOUND_FIELDS = ("passage_id", "title", "document", "section")
CITATION_FIELDS = ("document", "section", "label", "date", "validity", "url", "passage_id")


class MalformedReplyError(ValueError):
    """Not the agreed form; names the item and the field, never their content."""


def parse_replies(body: bytes) -> tuple[Reply, ...]:
    """Empty for an empty list. Raises MalformedReplyError."""
    try:
        items = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise MalformedReplyError("body: not JSON") from error
    if not isinstance(items, list):
        raise MalformedReplyError(f"body: expected a list, found {type(items).__name__}")
    return tuple(_reply(_mapping(item, f"[{number}]"), f"[{number}]") for number, item in enumerate(items))


def _reply(item: Mapping[str, Any], where: str) -> Reply:
    if item.get("custom") is None:
        return Reply(_text(item, "text", where), buttons=_buttons(item, where))
    answer = _mapping(item["custom"], f"{where}.custom")
    status = _text(answer, "status", where)
    if not _STATUS.fullmatch(status):
        raise MalformedReplyError(f"{where}.status: not a status")
    return Reply(
        text=_text(answer, "text", where),
        status=status,
        citations=_citations(answer, where),
        buttons=_buttons(answer, where),
        feedback=_flag(answer, "feedback", where) and status != NO_STATUS,
        handoff=_handoff(answer, where),
        form=_optional(answer, "form", where),
        offer=_optional(answer, "offer", where),
        offer_question=_optional(answer, "offer_question", where) or "",
        declines=_flag(answer, "declines", where),
        rejects=_flag(answer, "rejects", where),
        found=tuple(_found(item, f"{where}.found[{n}]") for n, item in enumerate(_list(answer, "found", where))),
        dialogue=_dialogue(answer, where),
        source=_source(answer, where),
    )


def _citations(answer: Mapping[str, Any], where: str) -> tuple[Citation, ...]:
    return tuple(_citation(item, f"{where}.citations[{n}]") for n, item in enumerate(_list(answer, "citations", where)))


def _citation(item: object, where: str) -> Citation:
    fields = _mapping(item, where)
    values = {name: _optional(fields, name, where) or "" for name in CITATION_FIELDS}
    # The page turns it into a link: nothing but a path on our own site may come through.
    if values["url"] and not _OUR_PAGE.fullmatch(values["url"]):
        raise MalformedReplyError(f"{where}.url: not a path on our own pages")
    return Citation(**values)


def _found(item: object, where: str) -> Found:
    fields = _mapping(item, where)
    texts = {name: _optional(fields, name, where) or "" for name in FOUND_FIELDS}
    return Found(**texts, score=_score(fields, where))


def _source(answer: Mapping[str, Any], where: str) -> AnswerSource | None:
    if answer.get("source") is None:
        return None
    where = f"{where}.source"
    fields = _mapping(answer["source"], where)
    texts = {name: storable(_optional(fields, name, where) or "") for name in SOURCE_CHARACTERS}
    for name, limit in SOURCE_CHARACTERS.items():
        if len(texts[name]) > limit:
            raise MalformedReplyError(f"{where}.{name}: more than {limit} characters")
    return AnswerSource(**texts, score=_score(fields, where))


def _score(fields: Mapping[str, Any], where: str) -> float | None:
    value = fields.get("score")
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
        raise MalformedReplyError(f"{where}.score: expected a number from 0 to 1")
    return float(value)


def _dialogue(answer: Mapping[str, Any], where: str) -> DialogueState | None:
    if answer.get("dialogue") is None:
        return None
    where = f"{where}.dialogue"
    fields = _mapping(answer["dialogue"], where)
    abstentions = fields.get("abstentions", 0)
    if isinstance(abstentions, bool) or not isinstance(abstentions, int):
        raise MalformedReplyError(f"{where}.abstentions: expected a number")
    question, role = (storable(_optional(fields, name, where) or "") for name in ("question", "role"))
    return DialogueState(question, role, abstentions)


def _buttons(item: Mapping[str, Any], where: str) -> tuple[Button, ...]:
    where = f"{where}.buttons"
    buttons = (_mapping(button, where) for button in _list(item, "buttons", where))
    return tuple(Button(_text(button, "title", where), _text(button, "payload", where)) for button in buttons)


def _handoff(answer: Mapping[str, Any], where: str) -> str | None:
    if answer.get("handoff") is None:
        return None
    return _text(_mapping(answer["handoff"], f"{where}.handoff"), "reason", f"{where}.handoff")


def _mapping(value: object, where: str) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise MalformedReplyError(f"{where}: expected an object, found {type(value).__name__}")
    return value


def _list(item: Mapping[str, Any], name: str, where: str) -> list[object]:
    value = item.get(name)
    if value is None:
        return []
    if not isinstance(value, list):
        raise MalformedReplyError(f"{where}.{name}: expected a list, found {type(value).__name__}")
    return value


def _text(item: Mapping[str, Any], name: str, where: str) -> str:
    value = _optional(item, name, where)
    if value is None or not value.strip():
        raise MalformedReplyError(f"{where}.{name}: missing or empty")
    return value


def _optional(item: Mapping[str, Any], name: str, where: str) -> str | None:
    value = item.get(name)
    if value is not None and not isinstance(value, str):
        raise MalformedReplyError(f"{where}.{name}: expected text, found {type(value).__name__}")
    return value


def _flag(item: Mapping[str, Any], name: str, where: str) -> bool:
    value = item.get(name)
    if value is not None and not isinstance(value, bool):
        raise MalformedReplyError(f"{where}.{name}: expected true or false, found {type(value).__name__}")
    return bool(value)
