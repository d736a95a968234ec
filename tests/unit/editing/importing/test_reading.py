"""Files are read in a process of its own: it may not take more than its share, and the gateway goes on."""

import dataclasses

import pytest

from editing.importing.imported import Media
from editing.importing.reading import FileReader
from editing.importing.refusal import FileRefusal, RefusedFileError
from editing.settings import read_settings
from tests.conftest import ROOT
from tests.fakes.brought_files import LETTER, letter_docx, sheet_xlsx

SETTINGS = read_settings(ROOT / "settings.yml").importing


async def test_what_the_process_reads_comes_back_whole():
    reader = FileReader(SETTINGS)
    text = await reader.text("a.docx", letter_docx())
    assert (text.media, tuple(text.text.strip().split("\n"))) == (Media.WORD, LETTER)
    rows = await reader.rows("a.xlsx", sheet_xlsx([("Hỏi?", "Đáp.")], ("Câu hỏi", "Câu trả lời")))
    assert rows.rows[0].cells == (("question", "Hỏi?"), ("answer", "Đáp."))


async def test_a_refusal_comes_back_with_its_values():
    reader = FileReader(dataclasses.replace(SETTINGS, rows=1))
    with pytest.raises(RefusedFileError) as refused:
        await reader.rows("a.csv", "Câu hỏi,Câu trả lời\na,b\nc,d\n".encode())
    assert (refused.value.refusal, refused.value.values["limit"]) == (FileRefusal.TOO_MANY_ROWS, "1")


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"memory_megabytes": 40}, None),
        ({"read_seconds": 0.05}, FileRefusal.TOO_SLOW),
        ({"file_megabytes": 0}, FileRefusal.TOO_LARGE),
    ],
)
async def test_a_file_that_takes_too_much_is_stopped(changed, expected):
    reader = FileReader(dataclasses.replace(SETTINGS, **changed))
    with pytest.raises(RefusedFileError) as refused:
        await reader.text("a.docx", letter_docx())
    assert expected in (None, refused.value.refusal)


async def test_a_file_that_keeps_the_processor_busy_is_called_slow_not_large():
    reader = FileReader(dataclasses.replace(SETTINGS, read_seconds=1))
    page = b"<html><body><ol>" + b"<li>a" * 100_000
    with pytest.raises(RefusedFileError) as refused:
        await reader.text("a.html", page)
    assert refused.value.refusal is FileRefusal.TOO_SLOW
