"""Each file that is not taken says why, within a bounded time; no file raises anything else."""

import contextlib
import io

import docx
import pypdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from editing.importing.conversion import convert_rows, convert_text
from editing.importing.imported import ImportLimits
from editing.importing.messages import load_import_messages
from editing.importing.refusal import FileRefusal, RefusedFileError
from tests.fakes.brought_files import LIMITS, changed_zip, letter_docx, saved, sheet_xlsx, text_pdf, written, zipped

WORD = letter_docx()
TYPES = b'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
ENTITY = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]><w:document>&a;</w:document>'


def locked_pdf():
    writer = pypdf.PdfWriter(clone_from=pypdf.PdfReader(io.BytesIO(text_pdf([["Noi dung co mat khau"]]))))
    writer.encrypt("bi-mat", algorithm="AES-256")
    return written(writer)


def blank_pdf():
    writer = pypdf.PdfWriter()
    writer.add_blank_page(595, 842)
    return written(writer)


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600
BAD = {
    "empty": (b"", FileRefusal.EMPTY),
    "blanks": (b" \r\n\t\x00 ", FileRefusal.EMPTY),
    "old word": (OLE, FileRefusal.OLD_OFFICE),
    "locked office": (OLE + "EncryptedPackage".encode("utf-16-le"), FileRefusal.PASSWORD),
    "picture": (b"\x89PNG\r\n\x1a\n" + b"\x00" * 50, FileRefusal.PICTURE),
    "rar": (b"Rar!\x1a\x07\x00", FileRefusal.ARCHIVE),
    "zip of files": (zipped({"a.docx": WORD}), FileRefusal.ARCHIVE),
    "rtf": (b"{\\rtf1 abc}", FileRefusal.UNKNOWN_KIND),
    "program": (b"MZ\x90\x00\x03\x00\x00\x00\x04\x00\xff\xff" * 30, FileRefusal.UNKNOWN_KIND),
    "presentation": (zipped({"[Content_Types].xml": TYPES, "ppt/presentation.xml": b"<p/>"}), FileRefusal.UNKNOWN_KIND),
    "cut zip": (WORD[: len(WORD) // 2], FileRefusal.BROKEN),
    "cut pdf": (b"%PDF-1.7\n1 0 obj\n<<", FileRefusal.BROKEN),
    "macros": (changed_zip(WORD, {"word/vbaProject.bin": b"x"}), FileRefusal.MACROS),
    "bomb": (changed_zip(WORD, {"word/media/x.bin": b"\x00" * 30_000_000}), FileRefusal.BOMB),
    "entities": (changed_zip(WORD, {"word/document.xml": ENTITY}), FileRefusal.ENTITIES),
    "entities in wide letters": (
        changed_zip(WORD, {"word/document.xml": ENTITY.decode().encode("utf-16-le")}),
        FileRefusal.ENTITIES,
    ),
    "no document": (changed_zip(WORD, {"word/document.xml": b"<w:nonsense"}), FileRefusal.BROKEN),
    "blank word": (saved(docx.Document()), FileRefusal.EMPTY),
    "scanned pdf": (blank_pdf(), FileRefusal.SCANNED),
    "locked pdf": (locked_pdf(), FileRefusal.PASSWORD),
    "riddle": ("ÄÖ ßø ÐÞ þæ ¥¢ ÿÿ ¼½ ®© ±² ðÐ ýÞ ".encode() * 5, FileRefusal.FONT_UNSURE),
    "a sheet": (sheet_xlsx([("a", "b", "c", "d", "e", "f")]), FileRefusal.NO_SHEET_WANTED),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_is_refused_with_its_reason(name):
    data, expected = BAD[name]
    with pytest.raises(RefusedFileError) as refused:
        convert_text("tep.docx", data, LIMITS)
    assert refused.value.refusal is expected


def small(**changed):
    return ImportLimits(**{**vars(LIMITS), **changed})


@pytest.mark.parametrize(
    ("data", "limits", "expected"),
    [
        (WORD, small(file_bytes=100), FileRefusal.TOO_LARGE),
        (WORD, small(archive_entries=2), FileRefusal.BOMB),
        (b"chu " * 100, small(text_characters=50), FileRefusal.TOO_LONG),
        (text_pdf([["mot hai ba bon nam sau"]] * 3), small(pages=2), FileRefusal.TOO_MANY_PAGES),
    ],
)
def test_too_much_of_it_is_refused(data, limits, expected):
    with pytest.raises(RefusedFileError) as refused:
        convert_text("a", data, limits)
    assert refused.value.refusal is expected


def test_every_refusal_has_a_sentence():
    assert set(load_import_messages().refusals) == set(FileRefusal)


SEEDS = [b"", b"%PDF-1.4\n", b"PK\x03\x04", b"<html>", b"\xff\xfe", WORD[:400], text_pdf([["abc"]])[:300]]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(SEEDS), st.binary(max_size=400), st.sampled_from([convert_text, convert_rows]))
def test_no_bytes_do_more_than_be_refused(start, rest, convert):
    with contextlib.suppress(RefusedFileError):
        convert("tep.docx", start + rest, LIMITS)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_a_file_with_some_bytes_changed_does_no_more_than_be_refused(data):
    whole = bytearray(data.draw(st.sampled_from([WORD, text_pdf([["Noi dung thu nghiem", "dong hai"]])])))
    for _ in range(data.draw(st.integers(1, 8))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    with contextlib.suppress(RefusedFileError):
        convert_text("tep", bytes(whole), LIMITS)
