"""A workbook (.xlsx) → the rows of its sheet of questions and answers."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime

import openpyxl
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from editing.importing.imported import ImportedRows, ImportLimits, Media, Notice, NoticeKind
from editing.importing.package import check_package
from editing.importing.refusal import FileRefusal, RefusedFileError
from editing.importing.sheet_rows import head_of, mend_rows, rows_of
from editing.importing.sheet_words import SheetWords

MOST_COLUMNS = 60
_MOST_SHOWN = 12
_VISIBLE = "visible"


def read_workbook(data: bytes, limits: ImportLimits, words: SheetWords) -> ImportedRows:
    """Raises RefusedFileError. A formula counts as the value that was saved with it; without one it is a fault."""
    notices = check_package(data, limits)
    values = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
    formulas = openpyxl.load_workbook(io.BytesIO(data), data_only=False)
    reader = _reader(values, formulas, words, limits)
    read = rows_of(reader.grid, words, limits, Media.WORKBOOK)
    rows, mended = mend_rows(read.rows)
    faults = reader.faults(words)
    found = (*notices, *read.notices, *mended, *reader.notices(), *_other_sheets(values, reader.title, words))
    return replace(read, rows=rows, notices=found, faults=faults)


@dataclass
class _SheetReader:
    title: str
    grid: list[tuple[int, list[str]]] = field(default_factory=list)
    hidden: list[int] = field(default_factory=list)
    counted: bool = False
    empty: list[tuple[int, int]] = field(default_factory=list)
    """Places (row, column from 0) of formulas without a saved value."""

    def take(self, sheet: Worksheet, formulas: Worksheet, most_rows: int) -> None:
        """Reads all cells of the sheet that can hold something."""
        if (sheet.max_row or 0) > most_rows:
            raise RefusedFileError(FileRefusal.TOO_MANY_ROWS, {"limit": str(most_rows), "found": str(sheet.max_row)})
        columns = min(sheet.max_column or 1, MOST_COLUMNS)
        asked = formulas.iter_rows(max_col=columns)
        for number, (cells, written) in enumerate(zip(sheet.iter_rows(max_col=columns), asked, strict=False), start=1):
            texts = [cell_text(cell.value) for cell in cells]
            for place, cell in enumerate(written):
                if cell.data_type == "f":
                    self.counted = True
                    if not texts[place]:
                        self.empty.append((number, place))
            self.grid.append((number, texts))
            if any(texts) and sheet.row_dimensions[number].hidden:
                self.hidden.append(number)

    def faults(self, words: SheetWords) -> tuple[tuple[int, str], ...]:
        """Of the columns that are read."""
        head = head_of(self.grid, words)
        columns = head[1] if head else {}
        return tuple((row, columns[place]) for row, place in self.empty if place in columns)

    def notices(self) -> Iterator[Notice]:
        """What people may not have seen when they looked at the sheet."""
        if self.counted:
            yield Notice(NoticeKind.FORMULAS)
        if self.hidden:
            shown = ", ".join(map(str, self.hidden[:_MOST_SHOWN])) + (", …" if len(self.hidden) > _MOST_SHOWN else "")
            yield Notice(NoticeKind.HIDDEN_ROWS, (("rows", shown),))


def cell_text(value: object) -> str:
    """As people write it: days `31/12/2026`, whole numbers without a point; empty for an empty cell or an error."""
    if value is None or isinstance(value, bool):
        return "" if value is None else str(value)
    if isinstance(value, datetime | date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else str(value)
    text = str(value).replace("_x000D_", "").replace("\r\n", "\n").replace("\r", "\n").strip(" \t")
    return "" if text in ("#REF!", "#N/A", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!") else text


def _reader(values: Workbook, formulas: Workbook, words: SheetWords, limits: ImportLimits) -> _SheetReader:
    """The first visible sheet that has the headings; else the first visible one, whose lack is then told."""
    first: _SheetReader | None = None
    for sheet in values.worksheets:
        if sheet.sheet_state != _VISIBLE:
            continue
        reader = _SheetReader(sheet.title)
        reader.take(sheet, formulas[sheet.title], limits.rows * 3)
        if head_of(reader.grid, words) is not None:
            return reader
        first = first or reader
    if first is None:
        raise RefusedFileError(FileRefusal.NO_ROWS)
    return first


def _other_sheets(values: Workbook, title: str, words: SheetWords) -> Iterator[Notice]:
    known = {title, words.guide, words.lists}
    others = [
        sheet.title[:40]
        for sheet in values.worksheets
        if sheet.title not in known and (sheet.max_row > 1 or sheet.max_column > 1)
    ]
    if others:
        yield Notice(NoticeKind.OTHER_SHEETS, (("sheets", ", ".join(others[:_MOST_SHOWN])),))
