"""A document with one of its versions, as the readable files hold it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from editing.bodies.body import Body
from editing.document import DocumentKind, name_of


@dataclass(frozen=True)
class FiledDocument:
    """`place` orders the documents of a file. `live_from` and `live_to` are None for always; `number` 0 is not told."""

    kind: DocumentKind
    key: str
    file: str
    place: int
    topic: str
    body: Body
    live_from: date | None = None
    live_to: date | None = None
    number: int = 0

    @property
    def name(self) -> str:
        """As `Document.name`."""
        return name_of(self.kind, self.key)
