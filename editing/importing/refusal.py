"""Why a file is not taken. The sentences, and what to do instead, are in messages.yml beside this file."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

NO_VALUES: Mapping[str, str] = MappingProxyType({})


class FileRefusal(StrEnum):
    """Names of sentences."""

    EMPTY = "empty"
    TOO_LARGE = "too_large"
    SCANNED = "scanned"
    PICTURE = "picture"
    PASSWORD = "password"
    OLD_OFFICE = "old_office"
    MACROS = "macros"
    BOMB = "bomb"
    ENTITIES = "entities"
    ARCHIVE = "archive"
    UNKNOWN_KIND = "unknown_kind"
    NO_SHEET_WANTED = "no_sheet_wanted"
    SHEET_WANTED = "sheet_wanted"
    BROKEN = "broken"
    FONT_UNSURE = "font_unsure"
    TOO_MANY_ROWS = "too_many_rows"
    TOO_MANY_PAGES = "too_many_pages"
    TOO_LONG = "too_long"
    NO_COLUMNS = "no_columns"
    NO_ROWS = "no_rows"
    TOO_SLOW = "too_slow"
    TOO_MUCH_MEMORY = "too_much_memory"


class RefusedFileError(Exception):
    """Shown to whoever gave the file. `values` fill the sentence; they are never words of the file."""

    def __init__(self, refusal: FileRefusal, values: Mapping[str, str] = NO_VALUES) -> None:
        super().__init__(refusal.value)
        self.refusal = refusal
        self.values = values
