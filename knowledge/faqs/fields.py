"""Takes typed fields out of a YAML mapping and notes every problem instead of stopping at the first."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from knowledge.faqs.marked_yaml import Mapping, Node, Scalar, Sequence
from knowledge.faqs.problem import Finding, ProblemKind

_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_NUMBER = re.compile(r"\d{1,15}(_\d{3})*(\.\d{1,6})?", re.ASCII)
_NULLS = frozenset({"", "null", "~"})


@dataclass(frozen=True)
class Located:
    """A text and the line it starts on."""

    text: str
    line: int


class Fields:
    """One mapping being read: each getter takes its key; `close()` reports the keys nobody took.

    A getter that finds nothing usable notes why in `findings` and gives a harmless value (empty text, None, ()).
    """

    def __init__(self, node: Node, file: str, findings: list[Finding], entry: str = "") -> None:
        self.file = file
        self.entry = entry
        self.line = node.line
        self._findings = findings
        self._left: dict[str, tuple[Scalar, Node]] = {}
        if isinstance(node, Mapping):
            self._left = {key.text: (key, value) for key, value in node.entries}
            self._is_mapping = True
        else:
            self._is_mapping = False
            self.note(ProblemKind.WRONG_TYPE, node.line, key=entry or "-", expected="mapping")

    def note(self, kind: ProblemKind, line: int, **details: str) -> None:
        """Adds a finding about this mapping."""
        self._findings.append(Finding(kind, self.file, line, self.entry, tuple(details.items())))

    def has(self, key: str) -> bool:
        """Whether the key is there and not taken yet."""
        return key in self._left

    def node(self, key: str, required: bool = True) -> Node | None:
        """The untouched node, None when the key is missing."""
        if key in self._left:
            return self._left.pop(key)[1]
        if required and self._is_mapping:
            self.note(ProblemKind.MISSING_KEY, self.line, key=key)
        return None

    def text(self, key: str, limit: int) -> Located:
        """A non-empty text of at most `limit` characters, without the spaces around it."""
        node = self.node(key)
        return self._text_of(node, key, limit) if node else Located("", self.line)

    def optional_text(self, key: str, limit: int) -> Located:
        """As `text`, but the key may be missing, null or empty."""
        node = self.node(key, required=False)
        if node is None or _is_null(node) or (isinstance(node, Scalar) and not node.text):
            return Located("", self.line)
        return self._text_of(node, key, limit)

    def texts(self, key: str, limit: int, required: bool = True) -> tuple[Located, ...]:
        """A list of non-empty texts."""
        return tuple(self._text_of(item, key, limit) for item in self.nodes(key, required))

    def nodes(self, key: str, required: bool = True) -> tuple[Node, ...]:
        """The items of a list."""
        node = self.node(key, required)
        if node is None:
            return ()
        if not isinstance(node, Sequence):
            self.note(ProblemKind.WRONG_TYPE, node.line, key=key, expected="list")
            return ()
        return node.items

    def choice(self, key: str, allowed: Collection[str]) -> str:
        """One of `allowed`; empty when it is not."""
        node = self.node(key)
        return self._choice_of(node, key, allowed) if node else ""

    def choices(self, key: str, allowed: Collection[str]) -> tuple[str, ...]:
        """A non-empty list of words, each one of `allowed`."""
        node = self._left.get(key, (None, None))[1]
        if isinstance(node, Sequence) and not node.items:
            self.note(ProblemKind.EMPTY_LIST, node.line, key=key)
        found = (self._choice_of(item, key, allowed) for item in self.nodes(key))
        return tuple(word for word in found if word)

    def day(self, key: str, nullable: bool = False) -> date | None:
        """A date written `2026-07-01`; None when it is null (if `nullable`) or unusable."""
        node = self.node(key)
        if node is None or (nullable and _is_null(node)):
            return None
        written = node.text if isinstance(node, Scalar) else ""
        day = _day_of(written)
        if day is None:
            self.note(ProblemKind.DATE_FORM, node.line, key=key)
        return day

    def number(self, key: str) -> Decimal:
        """A number written `2_530_000` or `1.5`; 0 when unusable."""
        node = self.node(key)
        if node is None:
            return Decimal(0)
        written = node.text if isinstance(node, Scalar) else ""
        if _NUMBER.fullmatch(written):
            return Decimal(written.replace("_", ""))
        self.note(ProblemKind.NUMBER_FORM, node.line, key=key)
        return Decimal(0)

    def close(self) -> None:
        """Reports the keys that no getter took."""
        for key, (where, _) in self._left.items():
            self.note(ProblemKind.UNKNOWN_KEY, where.line, key=key[:60])

    def _text_of(self, node: Node, key: str, limit: int) -> Located:
        if not isinstance(node, Scalar):
            self.note(ProblemKind.WRONG_TYPE, node.line, key=key, expected="text")
            return Located("", node.line)
        text = node.text.strip()
        if not text or _is_null(node):
            self.note(ProblemKind.EMPTY_TEXT, node.line, key=key)
            return Located("", node.line)
        if len(text) > limit:
            self.note(ProblemKind.TEXT_TOO_LONG, node.line, key=key, length=str(len(text)), limit=str(limit))
        return Located(text, node.line)

    def _choice_of(self, node: Node, key: str, allowed: Collection[str]) -> str:
        word = node.text if isinstance(node, Scalar) else ""
        if word in allowed:
            return word
        self.note(ProblemKind.NOT_IN_LIST, node.line, key=key, value=word[:60], allowed=", ".join(sorted(allowed)))
        return ""


def _is_null(node: Node) -> bool:
    return isinstance(node, Scalar) and not node.quoted and node.text in _NULLS


def _day_of(written: str) -> date | None:
    """The date, None when it is not in ISO form or no day of the calendar (2026-02-30)."""
    try:
        return date.fromisoformat(written) if _ISO_DATE.fullmatch(written) else None
    except ValueError:
        return None
