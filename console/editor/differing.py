"""Two versions side by side, as a page shows them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from console.editor.texts import EditorTexts, Words
from editing.bodies.body import body_from_json
from editing.difference import FieldChange, Piece, difference, marked
from editing.document import Document
from editing.version import Version

_CODE = re.compile(r"[a-z_]+")
_KEY = re.compile(r"^[a-z_]+(?=:)|(?<=\d, )[a-z_]+|\b(?:True|False)\b", re.MULTILINE)
"""Of the front matter: its keys, how a line is corrected, and what is so or not."""


@dataclass(frozen=True)
class Compared:
    """`before` is None where the document is new; `dates` differ where the days of service do."""

    before: Version | None
    after: Version
    changes: tuple[FieldChange, ...]

    @property
    def is_equal(self) -> bool:
        """They say the same on the same days."""
        return not self.changes


def compare(document: Document, before: Version | None, after: Version, texts: EditorTexts) -> Compared:
    """Field by field, the days of service among them; values of lists by the names that people read."""
    former = body_from_json(document.kind, before.body) if before else None
    changes = difference(former, body_from_json(document.kind, after.body))
    days = tuple(
        FieldChange(name, *marked(earlier, later))
        for name in ("live_from", "live_to")
        if (earlier := _day(before, name)) != (later := _day(after, name))
    )
    return Compared(before, after, tuple(_named(change, texts) for change in (*changes, *days)))


def _named(change: FieldChange, texts: EditorTexts) -> FieldChange:
    lists: Mapping[str, Words] = {"audience": texts.audiences, "confidence": texts.confidences, "source": texts.sources}
    words, pattern = lists.get(change.field), _CODE
    if change.field == "front":
        words, pattern = texts.front, _KEY
    if words is None:
        return change
    sides = (
        tuple(Piece(piece.mark, _in(words, pattern, piece.text)) for piece in side)
        for side in (change.before, change.after)
    )
    before, after = sides
    return FieldChange(change.field, before, after)


def _in(words: Words, pattern: re.Pattern[str], text: str) -> str:
    return pattern.sub(lambda match: words.get(match.group(), match.group()), text)


def _day(version: Version | None, name: str) -> str:
    day = getattr(version, name) if version else None
    return f"{day:%d/%m/%Y}" if day else ""
