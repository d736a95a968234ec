"""Sheets of questions and answers, as workbooks and as CSV."""

import io
from datetime import date

import openpyxl
import pytest

from editing.importing.conversion import convert_rows
from editing.importing.imported import ImportLimits, NoticeKind
from editing.importing.refusal import FileRefusal, RefusedFileError
from editing.importing.sheet_words import load_sheet_words
from editing.importing.template import template_workbook
from tests.fakes.brought_files import LIMITS, as_tcvn3, saved, sheet_xlsx

HEAD = ("Câu hỏi", "Câu trả lời", "Chủ đề")


def cells(found):
    return [dict(row.cells) for row in found.rows]


def test_a_workbook_and_csv_give_the_same_rows():
    row = ("Hỏi thử?", "Trả lời,\ncó hai dòng; và dấu.", "Thử")
    quoted = ";".join(f'"{text}"' for text in row)
    csv = ("Câu hỏi;Câu trả lời;Chủ đề\r\n" + quoted + "\r\n").encode("utf-8-sig")
    expected = [{"question": row[0], "answer": row[1], "topic": row[2]}]
    assert cells(convert_rows("a.xlsx", sheet_xlsx([row], HEAD), LIMITS)) == expected
    assert cells(convert_rows("a.csv", csv, LIMITS)) == expected


def test_headings_are_found_below_a_title_and_without_diacritics():
    data = sheet_xlsx([("cau hoi", "CÂU TRẢ LỜI *", "x"), ("Hỏi?", "Đáp.", "")], ("Bảng hỏi đáp quý IV", "", ""))
    found = convert_rows("a.xlsx", data, LIMITS)
    assert [row.place for row in found.rows] == [3]
    assert cells(found) == [{"question": "Hỏi?", "answer": "Đáp."}]
    assert NoticeKind.UNKNOWN_COLUMNS in {notice.kind for notice in found.notices}


def test_formulas_hidden_rows_and_other_sheets_are_told():
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(HEAD)
    sheet.append(("Một?", "=1+1", "Thử"))
    sheet.append(("Hai?", "Đáp.", "Thử"))
    sheet.row_dimensions[3].hidden = True
    book.create_sheet("Khác").append(("a", "b"))
    found = convert_rows("a.xlsx", saved(book), LIMITS)
    assert found.faults == ((2, "answer"),)
    kinds = {notice.kind for notice in found.notices}
    assert {NoticeKind.FORMULAS, NoticeKind.HIDDEN_ROWS, NoticeKind.OTHER_SHEETS} <= kinds


def test_days_and_numbers_are_written_as_people_do():
    row = ("Hỏi?", 12.0, date(2026, 7, 1))
    found = convert_rows("a.xlsx", sheet_xlsx([row], ("Câu hỏi", "Câu trả lời", "Hiệu lực từ")), LIMITS)
    assert cells(found) == [{"question": "Hỏi?", "answer": "12", "effective_from": "01/07/2026"}]


def test_a_sheet_in_an_old_font_is_converted():
    rows = [tuple(as_tcvn3(text) for text in ("Mức hưởng thế nào?", "Người lao động được hưởng đủ.", "Thử"))] * 3
    found = convert_rows("a.xlsx", sheet_xlsx(rows, HEAD), LIMITS)
    assert cells(found)[0]["answer"] == "Người lao động được hưởng đủ."


def test_the_sheet_that_we_hand_out_can_be_filled_in_and_read():
    words = load_sheet_words()
    data = template_workbook(words, ("Người lao động",), ("=nguy hiểm", "BHXH một lần"))
    book = openpyxl.load_workbook(io.BytesIO(data))
    assert [cell.value for cell in book[words.sheet][1]] == [column.title for column in words.columns.values()]
    assert book[words.lists]["B2"].value == "'=nguy hiểm"
    with pytest.raises(RefusedFileError) as refused:
        convert_rows("mau.xlsx", data, LIMITS)
    assert refused.value.refusal is FileRefusal.NO_ROWS
    book[words.sheet]["B3"], book[words.sheet]["D3"] = "Hỏi?", "Đáp."
    assert cells(convert_rows("mau.xlsx", saved(book), LIMITS)) == [{"question": "Hỏi?", "answer": "Đáp."}]


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (sheet_xlsx([("a", "b", "c")], ("Một", "Hai", "Ba")), FileRefusal.NO_COLUMNS),
        (sheet_xlsx([], HEAD), FileRefusal.NO_ROWS),
        (sheet_xlsx([("a", "b", "c")] * 12, HEAD), FileRefusal.TOO_MANY_ROWS),
        (b"<html><table><tr><td>x</table>", FileRefusal.SHEET_WANTED),
        ("Câu hỏi,Câu trả lời\n" + '"a' * 200_000, FileRefusal.BROKEN),
    ],
)
def test_sheets_that_cannot_be_read_say_why(data, expected):
    limits = ImportLimits(**{**vars(LIMITS), "rows": 10})
    with pytest.raises(RefusedFileError) as refused:
        convert_rows("a.xlsx", data if isinstance(data, bytes) else data.encode(), limits)
    assert refused.value.refusal is expected
