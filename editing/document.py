"""A document of the knowledge base (design.md: one directive or FAQ as filed), whatever its versions say."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Column, Integer, String, Table, UniqueConstraint

from desk.database import RowId, UtcDateTime, metadata

KEY_CHARACTERS = 120
TOPIC_CHARACTERS = 200


class DocumentKind(StrEnum):
    """What is versioned by itself. The sample questions of a directive belong to its version."""

    FAQ = "faq"
    DIRECTIVE = "directive"
    PARAMETER = "parameter"


knowledge_documents = Table(
    "knowledge_documents",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("kind", String(16), nullable=False),
    # Id of the FAQ entry, slug of the directive, name of the parameter.
    Column("key", String(KEY_CHARACTERS), nullable=False),
    # Readable file that it is exported to, without suffix, and its place there.
    Column("file", String(KEY_CHARACTERS), nullable=False),
    Column("place", Integer, nullable=False),
    Column("topic", String(TOPIC_CHARACTERS), nullable=False),
    Column("owner_id", Integer),
    # Of the body last taken from the project's files: what did not change there does not undo an editor's work.
    Column("file_digest", String(64)),
    Column("created_at", UtcDateTime, nullable=False),
    UniqueConstraint("kind", "key"),
)


@dataclass(frozen=True)
class Document:
    """`topic` is empty for directives and parameters; `owner_id` is who answers for it, None when nobody does yet."""

    id: int
    kind: DocumentKind
    key: str
    file: str
    place: int
    topic: str
    owner_id: int | None
    created_at: datetime

    @property
    def name(self) -> str:
        """How logs, manifests and the audit name it: `faq/thai-san-dieu-kien`."""
        return name_of(self.kind, self.key)


def name_of(kind: DocumentKind, key: str) -> str:
    """See Document.name."""
    return f"{kind.value}/{key}"
