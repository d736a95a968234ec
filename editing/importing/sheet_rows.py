"""A grid of cells → rows with named columns, whether it came from a workbook or from CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence

from editing.importing.imported import ImportedRow, ImportedRows, ImportLimits, Media, Notice, NoticeKind
from editing.importing.plain_text import decode_text, mend_fonts
from editing.importing.refusal import FileRefusal, RefusedFileError
from editing.importing.sheet_words import SheetWords

HEAD_ROWS = 10
"""The headings stand in one of the first rows: people put titles above them."""
FEWEST_COLUMNS = 2
_NEEDED = ("question", "answer")
_DELIMITERS = ",;\t"
_MOST_SHOWN = 8
Grid = Sequence[tuple[int, Sequence[str]]]


def head_of(grid: Grid, words: SheetWords) -> tuple[int, Mapping[int, str]] | None:
    """Index in the grid of the row of headings, and the columns; None when there is none."""
    for index, (_, cells) in enumerate(grid[:HEAD_ROWS]):
        columns = words.columns_of(cells)
        if all(name in columns.values() for name in _NEEDED):
            return index, columns
    return None


def rows_of(grid: Grid, words: SheetWords, limits: ImportLimits, media: Media) -> ImportedRows:
    """Raises RefusedFileError when the headings are missing, when nothing stands below them, or far too much."""
    head = head_of(grid, words)
    if head is None:
        titles = ", ".join(words.columns[name].title for name in _NEEDED)
        raise RefusedFileError(FileRefusal.NO_COLUMNS, {"columns": titles})
    index, columns = head
    found = [_row(place, cells, columns) for place, cells in grid[index + 1 :] if any(cell.strip() for cell in cells)]
    rows = [row for row in found if not _is_example(row, words)]
    if not rows:
        raise RefusedFileError(FileRefusal.NO_ROWS)
    if len(rows) > limits.rows:
        raise RefusedFileError(FileRefusal.TOO_MANY_ROWS, {"limit": str(limits.rows), "found": str(len(rows))})
    return ImportedRows(tuple(rows), media, _unknown(grid[index][1], columns))


def read_csv(data: bytes, limits: ImportLimits, words: SheetWords) -> ImportedRows:
    """Delimited by commas, semicolons or tabs, as spreadsheets of different languages save it."""
    text, notices = decode_text(data)
    delimiter = max(_DELIMITERS, key=lambda sign: _heading_count(text, sign, words))
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    grid: list[tuple[int, list[str]]] = []
    for place, cells in enumerate(reader, start=1):
        if place > limits.rows * 3 + HEAD_ROWS:
            raise RefusedFileError(FileRefusal.TOO_MANY_ROWS, {"limit": str(limits.rows), "found": str(place)})
        grid.append((place, cells))
    read = rows_of(grid, words, limits, Media.CSV)
    return ImportedRows(read.rows, Media.CSV, (*notices, *read.notices))


def mend_rows(rows: Iterable[ImportedRow]) -> tuple[tuple[ImportedRow, ...], tuple[Notice, ...]]:
    """Rows of a workbook that was typed with a font from before Unicode, converted all together."""
    kept = tuple(rows)
    flat = [text.replace("\n", "\x1e") for row in kept for _, text in row.cells]
    mended, notices = mend_fonts("\n".join(flat))
    texts = iter(text.replace("\x1e", "\n") for text in mended.split("\n"))
    return tuple(ImportedRow(row.place, tuple((name, next(texts)) for name, _ in row.cells)) for row in kept), notices


def _heading_count(text: str, delimiter: str, words: SheetWords) -> int:
    first = csv.reader(io.StringIO(text[:20_000], newline=""), delimiter=delimiter)
    counts = [0]
    for _, cells in zip(range(HEAD_ROWS), first, strict=False):
        counts.append(len(words.columns_of(cells)))
    return max(counts)


def _row(place: int, cells: Sequence[str], columns: Mapping[int, str]) -> ImportedRow:
    named = ((name, cells[index].strip(" \t")) for index, name in columns.items() if index < len(cells))
    return ImportedRow(place, tuple((name, text) for name, text in named if text.strip()))


def _is_example(row: ImportedRow, words: SheetWords) -> bool:
    return any(words.example_mark in text for _, text in row.cells) or not row.cells


def _unknown(headings: Sequence[str], columns: Mapping[int, str]) -> tuple[Notice, ...]:
    unknown = [text.strip()[:40] for place, text in enumerate(headings) if text.strip() and place not in columns]
    if not unknown:
        return ()
    return (Notice(NoticeKind.UNKNOWN_COLUMNS, (("columns", ", ".join(unknown[:_MOST_SHOWN])),)),)
