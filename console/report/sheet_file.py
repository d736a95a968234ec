"""Sheets of tables and charts as a workbook: real numbers, native charts, and no text that calculates."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO

from openpyxl import Workbook
from openpyxl.cell import Cell as SheetCell
from openpyxl.cell.cell import TYPE_STRING
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.header_footer import HeaderFooter, HeaderFooterItem, _HeaderFooterPart
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from console.report.sheet_charts import ChartData, add_chart, chart_rows
from console.report.table import Cell, Kind, Sheet, Table
from console.report.texts import Words
from console.report.writing import CHANGES, NO_BREAK, SECONDS_OF_A_MINUTE
from desk.calendar.zone import in_vietnam
from desk.safe_cell import safe_cell

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
A4 = 9
FONT, BRAND, SOFT, WARNING = "Times New Roman", "0B4F97", "E3EEFA", "B3201F"
FIRST_WIDTH, OTHER_WIDTH, LONG_WIDTH = 44, 16, 80
CHARACTERS = 32_767
"""What Excel takes in one cell."""
# What XML 1.0 cannot hold; a citizen's text may hold it where an older version stored it.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_THIN = Side(style="thin", color="B8C6D8")
GRID = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
LINE_POINTS, LINE_OF_SIZE, FILLED = 15.0, 1.5, 0.95
_FACTORS = {
    Kind.DURATION: 1 / SECONDS_OF_A_MINUTE,
    Kind.CHANGE_DURATION: 1 / SECONDS_OF_A_MINUTE,
    Kind.CHANGE_POINTS: 100,
}


@dataclass(frozen=True)
class HeadLine:
    """A line above the tables; `colour` as RRGGBB, None for that of all text."""

    words: str
    size: float = 12
    is_bold: bool = False
    is_italic: bool = False
    colour: str | None = None


@dataclass(frozen=True)
class SheetFile:
    """`head` stands on every sheet. `made_by` is a person's name."""

    title: str
    head: Sequence[HeadLine]
    sheets: Sequence[Sheet]
    made_by: str
    made_at: datetime


def render_sheets(file: SheetFile, words: Words) -> bytes:
    """The workbook's bytes; `words` are those of `values` in texts.yml."""
    book = Workbook()
    book.remove(book.worksheets[0])
    formats = _formats(words)
    pages = [_add_sheet(book, file, sheet, words, formats) for sheet in file.sheets]
    data = ChartData(book.create_sheet(words["chart_data"]))
    for sheet, (page, row) in zip(file.sheets, pages, strict=True):
        for chart in sheet.charts:
            add_chart(page, chart, row, data)
            row += chart_rows(chart)
    moment = in_vietnam(file.made_at).replace(tzinfo=None)
    about = book.properties
    about.title = file.title
    about.creator, about.language = _printable(file.made_by), "vi-VN"
    about.created = about.modified = moment
    written = BytesIO()
    book.save(written)
    return written.getvalue()


def _add_sheet(
    book: Workbook, file: SheetFile, sheet: Sheet, words: Words, formats: Mapping[Kind, str]
) -> tuple[Worksheet, int]:
    """The page, and the row from which its charts may stand."""
    page: Worksheet = book.create_sheet(sheet.title)
    widths = _widths(sheet)
    _set_up(page, widths)
    row = _add_head(page, file.head) + 1
    for table in sheet.tables:
        row = _add_table(page, table, row, formats, words["none"]) + 2
    return page, row


def _widths(sheet: Sheet) -> tuple[int, ...]:
    """Of all columns that a table of the sheet has; wide where sentences stand."""
    count = max(len(table.columns) for table in sheet.tables)
    widths = [FIRST_WIDTH, *[OTHER_WIDTH] * (count - 1)]
    for table in sheet.tables:
        for line in table.rows:
            for column, cell in enumerate(line.cells):
                if isinstance(cell.value, str) and len(cell.value) > FIRST_WIDTH:
                    widths[column] = LONG_WIDTH if column else max(FIRST_WIDTH, widths[column])
    return tuple(widths) if sheet.charts else (LONG_WIDTH, *widths[1:])


def _add_head(page: Worksheet, head: Sequence[HeadLine]) -> int:
    for number, line in enumerate(head, start=1):
        font = Font(FONT, line.size, bold=line.is_bold, italic=line.is_italic, color=line.colour)
        _write(_at(page, number, 1), line.words).font = font
        page.row_dimensions[number].height = line.size * LINE_OF_SIZE
    return len(head) + 1


def _add_table(page: Worksheet, table: Table, row: int, formats: Mapping[Kind, str], none: str) -> int:
    """The row behind it."""
    _write(_at(page, row, 1), table.title).font = Font(FONT, 13, bold=True, color=BRAND)
    page.row_dimensions[row].height = 2 * LINE_POINTS
    row += 1
    _set_height(page, row, table.columns)
    for column, heading in enumerate(table.columns, start=1):
        cell = _write(_at(page, row, column), heading)
        cell.font, cell.fill, cell.border = Font(FONT, 11, bold=True), PatternFill("solid", fgColor=SOFT), GRID
        cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
    for line in table.rows:
        row += 1
        _set_height(page, row, [cell.value if isinstance(cell.value, str) else "" for cell in line.cells])
        for column, each in enumerate(line.cells, start=1):
            _fill(_at(page, row, column), each, formats, none, is_bold=line.is_total)
    if table.note:
        row += 1
        cell = _write(_at(page, row, 1), table.note)
        page.merge_cells(start_row=row, start_column=1, end_row=row, end_column=len(table.columns))
        cell.font, cell.alignment = Font(FONT, 11, italic=True), Alignment(wrap_text=True, vertical="top")
        whole = sum(_width(page, column) for column in range(1, len(table.columns) + 1))
        page.row_dimensions[row].height = LINE_POINTS * _lines(table.note, whole)
    return row


def _set_height(page: Worksheet, row: int, texts: Sequence[str]) -> None:
    """Not every program makes rows as high as their wrapped words, least of all those of merged cells."""
    lines = max(_lines(words, _width(page, column)) for column, words in enumerate(texts, start=1))
    page.row_dimensions[row].height = LINE_POINTS * lines


def _lines(words: str, width: float) -> int:
    return math.ceil(max(len(words), 1) / (width * FILLED))


def _width(page: Worksheet, column: int) -> float:
    return float(page.column_dimensions[get_column_letter(column)].width)


def _fill(target: SheetCell, cell: Cell, formats: Mapping[Kind, str], none: str, is_bold: bool) -> None:
    target.font, target.border = Font(FONT, 11, bold=is_bold), GRID
    if cell.kind is Kind.BLANK:
        target.value = None
        return
    if cell.value is None or isinstance(cell.value, str):
        missing = "–" if cell.kind in CHANGES else none
        _write(target, missing if cell.value is None else cell.value)
        target.alignment = Alignment(wrap_text=True, vertical="top", horizontal=None if cell.value else "right")
        return
    target.value = cell.value * _FACTORS.get(cell.kind, 1)
    target.number_format = formats[cell.kind]
    target.alignment = Alignment(vertical="top", horizontal="right")


def _at(page: Worksheet, row: int, column: int) -> SheetCell:
    return page.cell(row, column, "")


def _write(target: SheetCell, words: str) -> SheetCell:
    """As text, whatever it begins with: Excel calculates only what the file calls a formula.

    The apostrophe that spreadsheets hide keeps it a text even when somebody edits the cell.
    """
    target.value = _printable(words)[:CHARACTERS]
    target.data_type = TYPE_STRING
    target.quotePrefix = safe_cell(words) != words
    return target


def _printable(words: str) -> str:
    return _UNPRINTABLE.sub("", words)


def _formats(words: Words) -> Mapping[Kind, str]:
    """Decimal and thousands signs are those of the reader's own Excel."""
    minutes, points, days = (f'"{NO_BREAK}{words[key]}"' for key in ("unit_minutes", "unit_points", "unit_days"))
    return {
        Kind.COUNT: "#,##0",
        Kind.PERCENT: "0.0%",
        Kind.DURATION: f"#,##0.0{minutes}",
        Kind.DAYS: f"0.0{days}",
        Kind.SCORE: "0.00",
        Kind.CHANGE_PERCENT: "+0.0%;-0.0%;0.0%",
        Kind.CHANGE_POINTS: f"+0.0{points};-0.0{points};0.0{points}",
        Kind.CHANGE_DURATION: f"+0.0{minutes};-0.0{minutes};0.0{minutes}",
    }


def _set_up(page: Worksheet, widths: Sequence[int]) -> None:
    """For the screen, and for A4 paper across."""
    for column, width in enumerate(widths, start=1):
        page.column_dimensions[get_column_letter(column)].width = width
    page.sheet_view.showGridLines = False
    page.page_setup.orientation, page.page_setup.paperSize = "landscape", A4
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    page.HeaderFooter = HeaderFooter(oddFooter=HeaderFooterItem(center=_HeaderFooterPart(text="&P/&N")))
