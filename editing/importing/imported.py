"""What a file says once it is read, before anybody checks it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Media(StrEnum):
    """What a file is by its content, whatever its name says."""

    TEXT = "txt"
    WORD = "docx"
    PDF = "pdf"
    WEB = "html"
    WORKBOOK = "xlsx"
    CSV = "csv"


class NoticeKind(StrEnum):
    """What a person should know of a file that was read. Names of sentences in messages.yml."""

    EXTENSION_DIFFERS = "extension_differs"
    ENCODING = "encoding"
    LEGACY_FONT = "legacy_font"
    PAGES_WITHOUT_TEXT = "pages_without_text"
    PAGE_FURNITURE = "page_furniture"
    PICTURES_LEFT_OUT = "pictures_left_out"
    EMBEDDED_LEFT_OUT = "embedded_left_out"
    EXTERNAL_LEFT_OUT = "external_left_out"
    TRACKED_CHANGES = "tracked_changes"
    HIDDEN_TEXT = "hidden_text"
    HIDDEN_ROWS = "hidden_rows"
    OTHER_SHEETS = "other_sheets"
    FORMULAS = "formulas"
    UNKNOWN_COLUMNS = "unknown_columns"


@dataclass(frozen=True)
class Notice:
    """`values` fill the sentence, in pairs of name and text."""

    kind: NoticeKind
    values: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class ImportedText:
    """NFC, one line a paragraph or, where the file breaks lines by itself (`is_wrapped`), a printed line."""

    text: str
    media: Media
    is_wrapped: bool
    notices: tuple[Notice, ...] = ()


@dataclass(frozen=True)
class ImportedRow:
    """`place` is the row's number in the sheet as people see it; `cells` are pairs of column name and text."""

    place: int
    cells: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class ImportedRows:
    """Rows without any text are left out. `faults` names cells that have no usable value: (row, column)."""

    rows: tuple[ImportedRow, ...]
    media: Media
    notices: tuple[Notice, ...] = ()
    faults: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True)
class ImportLimits:
    """How much is read. See `editing.importing` in settings.yml."""

    file_bytes: int
    unpacked_bytes: int
    archive_entries: int
    archive_ratio: int
    pages: int
    rows: int
    text_characters: int
