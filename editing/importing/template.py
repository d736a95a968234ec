"""The workbook in which questions and answers are brought: headings, an example, lists to choose from, a guide."""

from __future__ import annotations

import io
from collections.abc import Sequence

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from desk.safe_cell import safe_cell
from editing.importing.sheet_words import SheetWords

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_HEAD = PatternFill("solid", fgColor="1B4F8F")
_EXAMPLE = PatternFill("solid", fgColor="EEF3F9")
LAST_ROW = 501
"""Down to which lists are offered."""


def template_workbook(words: SheetWords, audiences: Sequence[str], topics: Sequence[str]) -> bytes:
    """An .xlsx file."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = words.sheet
    _fill_sheet(sheet, words)
    lists = book.create_sheet(words.lists)
    _offer(sheet, lists, words, "audience", 1, audiences)
    _offer(sheet, lists, words, "topic", 2, topics)
    guide = book.create_sheet(words.guide)
    _fill_guide(guide, words)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def _fill_sheet(sheet: Worksheet, words: SheetWords) -> None:
    for place, (name, column) in enumerate(words.columns.items(), start=1):
        head = sheet.cell(1, place, column.title)
        head.font, head.fill = Font(bold=True, color="FFFFFF"), _HEAD
        head.alignment = Alignment(vertical="center", wrap_text=True)
        example = sheet.cell(2, place, safe_cell(words.example.get(name, "")))
        example.fill, example.alignment = _EXAMPLE, Alignment(vertical="top", wrap_text=True)
        example.font = Font(italic=True, color="555555")
        sheet.column_dimensions[get_column_letter(place)].width = column.width
        for row in range(3, LAST_ROW + 1):
            cell = sheet.cell(row, place)
            cell.alignment = Alignment(vertical="top", wrap_text=True)
            cell.number_format = "@"  # days and codes stay as they are typed
    sheet.row_dimensions[1].height = 32
    sheet.freeze_panes = "A2"


def _offer(
    sheet: Worksheet, lists: Worksheet, words: SheetWords, column: str, place: int, values: Sequence[str]
) -> None:
    """A list to choose from; other values may be typed, several stand below each other."""
    letter = get_column_letter(place)
    lists.cell(1, place, words.columns[column].title).font = Font(bold=True)
    for row, value in enumerate(values, start=2):
        lists.cell(row, place, safe_cell(value))
    lists.column_dimensions[letter].width = 40
    if not values:
        return
    source = f"'{words.lists}'!${letter}$2:${letter}${len(values) + 1}"
    choice = DataValidation(type="list", formula1=source, allow_blank=True, showErrorMessage=False)
    target = get_column_letter(list(words.columns).index(column) + 1)
    choice.add(f"{target}3:{target}{LAST_ROW}")
    sheet.add_data_validation(choice)


def _fill_guide(guide: Worksheet, words: SheetWords) -> None:
    guide.column_dimensions["A"].width, guide.column_dimensions["B"].width = 26, 100
    for row, sentence in enumerate(words.told, start=1):
        guide.cell(row, 1, sentence.replace("{sheet}", words.sheet))
    for row, column in enumerate(words.columns.values(), start=len(words.told) + 2):
        guide.cell(row, 1, column.title).font = Font(bold=True)
        guide.cell(row, 2, column.help).alignment = Alignment(wrap_text=True, vertical="top")
