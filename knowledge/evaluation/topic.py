"""Questions with known answers, to measure search and answers on: one JSON object a line."""

from __future__ import annotations

import json
import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from knowledge.errors import KnowledgeError

_ALSO_OK = re.compile(r"^(?P<document>[^,]+), \w+ (?P<section>.+)$")


class TopicsError(KnowledgeError):
    """A line of a topics file that cannot be used; names file and line."""


@dataclass(frozen=True)
class Place:
    """A section of a document."""

    document: str
    section: str


@dataclass(frozen=True)
class Topic:
    """`evidence` is an exact quote of the directive, empty when the question has no answer in it."""

    id: str
    question: str
    answerable: bool
    evidence: str
    right_place: Place | None
    also_right: tuple[Place, ...]
    style: str
    role: str
    reason: str
    """Why an unanswerable one cannot be answered."""
    facts: tuple[str, ...] = ()
    """Ids of the ledger: an entry that rests on one of them is right, whatever its words."""


def load_topics(path: Path) -> tuple[Topic, ...]:
    """Raises TopicsError naming the line; blank lines are skipped."""
    topics = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip():
            continue
        try:
            topics.append(_topic(json.loads(line)))
        except (json.JSONDecodeError, KeyError, TypeError, AttributeError) as error:
            raise TopicsError(f"{path}:{number}: not a topic: {error!r}") from error
    if not topics:
        raise TopicsError(f"{path}: holds no topic")
    return tuple(topics)


def _topic(row: dict[str, object]) -> Topic:
    document, section = row.get("doc"), row.get("section")
    also = _listed(row, "also_ok")
    return Topic(
        id=str(row["id"]),
        question=str(row["question"]),
        answerable=bool(row["answerable"]),
        evidence=str(row.get("evidence") or ""),
        right_place=Place(str(document), str(section)) if document and section else None,
        also_right=tuple(_place(str(entry)) for entry in also),
        style=str(row.get("style", "")),
        role=str(row.get("role", "")),
        reason=str(row.get("reason", "")),
        facts=tuple(map(str, _listed(row, "facts"))),
    )


def _listed(row: dict[str, object], key: str) -> list[object]:
    value = row.get(key) or []
    if not isinstance(value, list):
        raise TypeError(f"{key} must be a list")
    return value


def _place(text: str) -> Place:
    match = _ALSO_OK.match(text)
    if match is None:
        raise TypeError(f"also_ok entry {text!r} is not '<document>, <word> <section>'")
    return Place(match["document"], match["section"])


def comparable(text: str) -> str:
    """NFC, lower case, white space collapsed, none before punctuation: how quotes are compared."""
    collapsed = re.sub(r"\s+", " ", unicodedata.normalize("NFC", text).lower()).strip()
    return re.sub(r"\s+([,.;:!?)])", r"\1", collapsed)


def holds(text: str, evidence: str) -> bool:
    """Whether the quote stands in the text; an empty quote stands nowhere."""
    return bool(evidence) and comparable(evidence) in comparable(text)
