"""Bytes of a file → its text, or the rows of its sheet. Pure; whoever calls it bounds time and memory."""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

from editing.importing.imported import ImportedRow, ImportedRows, ImportedText, ImportLimits, Media
from editing.importing.media import extension_notice, media_of
from editing.importing.pdf_text import read_pdf
from editing.importing.plain_text import decode_text, refuse_blank
from editing.importing.refusal import FileRefusal, RefusedFileError
from editing.importing.sheet_rows import read_csv
from editing.importing.sheet_words import load_sheet_words
from editing.importing.web_text import read_page
from editing.importing.word_text import read_word
from editing.importing.workbook_rows import read_workbook

Read = TypeVar("Read")
_LINE_ENDS = re.compile(r"\r\n?|[\u2028\u2029\x0b\x0c\x85]")
_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ud800-\udfff\ue000-\uf8ff\ufeff]"
)
"""What editing/bodies/check.py does not take in, and the soft hyphen."""


def convert_text(name: str, data: bytes, limits: ImportLimits) -> ImportedText:
    """The text of a directive. Raises RefusedFileError for everything that is none."""
    return _guarded(lambda: _text(name, data, limits), data, limits)


def convert_rows(name: str, data: bytes, limits: ImportLimits) -> ImportedRows:
    """The rows of a sheet of questions and answers. Raises RefusedFileError for everything that is none."""
    return _guarded(lambda: _rows(name, data, limits), data, limits)


def _text(name: str, data: bytes, limits: ImportLimits) -> ImportedText:
    media = media_of(data, wants_sheet=False)
    if media is Media.WORD:
        read = read_word(data, limits)
    elif media is Media.PDF:
        read = read_pdf(data, limits)
    elif media is Media.WEB:
        read = read_page(data, limits)
    else:
        text, notices = decode_text(data)
        read = ImportedText(text, media, is_wrapped=True, notices=notices)
    text = clean(read.text)
    refuse_blank(media, text)
    if len(text) > limits.text_characters:
        raise RefusedFileError(FileRefusal.TOO_LONG, {"limit": f"{limits.text_characters:,}".replace(",", ".")})
    return replace(read, text=text, notices=(*extension_notice(name, media), *read.notices))


def _rows(name: str, data: bytes, limits: ImportLimits) -> ImportedRows:
    media, words = media_of(data, wants_sheet=True), load_sheet_words()
    read = read_workbook(data, limits, words) if media is Media.WORKBOOK else read_csv(data, limits, words)
    rows = tuple(ImportedRow(row.place, tuple((key, clean(text)) for key, text in row.cells)) for row in read.rows)
    return replace(read, rows=rows, notices=(*extension_notice(name, media), *read.notices))


def clean(text: str) -> str:
    """Line ends of Unix, and no letters that nobody sees."""
    return _UNSEEN.sub("", _LINE_ENDS.sub("\n", text))


def _guarded(read: Callable[[], Read], data: bytes, limits: ImportLimits) -> Read:
    if len(data) > limits.file_bytes:
        raise RefusedFileError(FileRefusal.TOO_LARGE, {"limit": str(limits.file_bytes // 1_000_000)})
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return read()
    except RefusedFileError:
        raise
    except MemoryError as error:
        raise RefusedFileError(FileRefusal.TOO_MUCH_MEMORY) from error
    except Exception as error:
        # A broken file breaks the libraries in as many ways as there are files.
        raise RefusedFileError(FileRefusal.BROKEN) from error
