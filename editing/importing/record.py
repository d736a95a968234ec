"""An import: a file that somebody brought, what was read of it, and the drafts that it became."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    UniqueConstraint,
    false,
)

from desk.database import RowId, UtcDateTime, metadata
from editing.importing.imported import Notice

NAME_CHARACTERS = 200


class ImportKind(StrEnum):
    """What the file holds."""

    DIRECTIVE = "directive"
    FAQS = "faqs"


class ImportState(StrEnum):
    """`ready` is read and waits for a person; only `committed` has put drafts into the base."""

    READY = "ready"
    COMMITTED = "committed"
    UNDONE = "undone"
    DISCARDED = "discarded"


knowledge_imports = Table(
    "knowledge_imports",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("kind", String(16), nullable=False),
    Column("state", String(16), nullable=False),
    Column("file_name", String(NAME_CHARACTERS), nullable=False),
    # By the file's content.
    Column("media", String(8), nullable=False),
    Column("size", Integer, nullable=False),
    Column("digest", String(64), nullable=False),
    # Emptied when it has been kept long enough.
    Column("original", LargeBinary),
    Column("notices", JSON, nullable=False),
    # Raised by each change that a person makes before the commit.
    Column("revision", Integer, nullable=False),
    Column("created_by", Integer, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("ended_by", Integer),
    Column("ended_at", UtcDateTime),
)
Index("ix_knowledge_imports_digest", knowledge_imports.c.digest)

knowledge_import_rows = Table(
    "knowledge_import_rows",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("import_id", ForeignKey(knowledge_imports.c.id), nullable=False),
    # Row of the sheet; 1 for a directive.
    Column("place", Integer, nullable=False),
    # Of a sheet: column → text. Of a directive: slug, text, front, questions.
    Column("fields", JSON, nullable=False),
    # Cells without a usable value.
    Column("faults", JSON, nullable=False),
    Column("is_out", Boolean, nullable=False, server_default=false()),
    # What the workshop found: [{"document", "title", "wording", "likeness"}]; NULL until it was asked.
    Column("alike", JSON(none_as_null=True)),
    Column("version_id", Integer),
    # That the commit left the draft at: another one means that somebody went on writing.
    Column("version_revision", Integer),
    # Operators who changed the text in the preview: they wrote it too.
    Column("corrected_by", JSON, nullable=False, server_default="[]"),
    # Why undoing left the draft: name of a sentence.
    Column("kept_because", String(32), nullable=False, server_default=""),
    UniqueConstraint("import_id", "place"),
)


@dataclass(frozen=True)
class Import:
    """Without the file itself; `has_original` tells whether that is still kept."""

    id: int
    kind: ImportKind
    state: ImportState
    file_name: str
    media: str
    size: int
    digest: str
    has_original: bool
    notices: tuple[Notice, ...]
    revision: int
    created_by: int
    created_at: datetime
    ended_by: int | None
    ended_at: datetime | None


@dataclass(frozen=True)
class ImportRow:
    """See the columns."""

    place: int
    fields: Mapping[str, Any]
    faults: tuple[str, ...]
    is_out: bool
    alike: tuple[Mapping[str, Any], ...] | None
    version_id: int | None
    version_revision: int | None
    kept_because: str
    corrected_by: tuple[int, ...] = ()
