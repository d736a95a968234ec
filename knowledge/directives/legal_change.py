"""What later texts did to a directive: it, or some of its places, was amended, replaced, suspended or repealed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from knowledge.directives.errors import DirectiveError, DirectiveFault
from vietnamese.legal_places import touch

KINDS = ("amends", "replaces", "suspends", "repeals")
_KEYS = frozenset({"kind", "document", "articles", "effective_from", "effective_to"})


@dataclass(frozen=True)
class LegalChange:
    """By `document`, as cited. `articles` empty is the whole text; `effective_to` is the last day of a suspension."""

    kind: str
    document: str
    articles: str
    effective_from: date
    effective_to: date | None = None

    def concerns(self, section: str, day: date) -> bool:
        """Whether a citation of this section has to say it on the day: also before it begins, not when it is over."""
        is_over = self.effective_to is not None and self.effective_to < day
        return not is_over and touch(self.articles, section)


def read_legal_changes(
    entries: Sequence[Mapping[str, Any]] | None, day_of: Callable[[object], date | None]
) -> tuple[LegalChange, ...]:
    """From the front matter's `changed_by`; `day_of` reads its days. Raises DirectiveError."""
    return tuple(_change(entry, day_of) for entry in entries or ())


def _change(entry: Mapping[str, Any], day_of: Callable[[object], date | None]) -> LegalChange:
    kind, document = entry.get("kind"), entry.get("document")
    start = day_of(entry.get("effective_from"))
    if set(entry) - _KEYS or kind not in KINDS or not isinstance(document, str) or not document or start is None:
        raise DirectiveError(f"changed_by: wrong entry {dict(entry)!r}", DirectiveFault.LEGAL_CHANGE)
    return LegalChange(kind, document, str(entry.get("articles") or ""), start, day_of(entry.get("effective_to")))
