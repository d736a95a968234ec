"""What a file is, told by its first bytes: names of files are often wrong."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import PurePath

from editing.importing.imported import Media, Notice, NoticeKind
from editing.importing.refusal import FileRefusal, RefusedFileError

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_ARCHIVES = (b"Rar!", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b", b"BZh", b"\xfd7zXZ")
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*", b"BM", b"RIFF")
_HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body|meta|title|article|table|div|p)\b[^>]*>", re.IGNORECASE)
_FIRST = 4_096
_TEXT_BOMS = (b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")
_SAME = {"htm": "html", "text": "txt", "md": "txt", "tsv": "csv"}


def media_of(data: bytes, *, wants_sheet: bool) -> Media:
    """Raises RefusedFileError for what is no text, no Office document of today, no PDF and no page."""
    if not data.strip(b"\x00\r\n\t "):
        raise RefusedFileError(FileRefusal.EMPTY)
    _refuse_foreign(data)
    found = _found(data)
    if found is None:
        found = Media.CSV if wants_sheet else Media.TEXT
    is_sheet = found in (Media.WORKBOOK, Media.CSV)
    if is_sheet != wants_sheet:
        raise RefusedFileError(FileRefusal.SHEET_WANTED if wants_sheet else FileRefusal.NO_SHEET_WANTED)
    return found


def extension_notice(name: str, media: Media) -> tuple[Notice, ...]:
    """Empty when the name of the file says what its content is."""
    suffix = PurePath(name).suffix.lstrip(".").lower()[:10]
    if _SAME.get(suffix, suffix) == media.value or {suffix, media.value} <= {"txt", "csv"}:
        return ()
    return (Notice(NoticeKind.EXTENSION_DIFFERS, (("media", media.value.upper()),)),)


def _refuse_foreign(data: bytes) -> None:
    if data.startswith(_OLE):
        raise RefusedFileError(FileRefusal.PASSWORD if _ENCRYPTED in data else FileRefusal.OLD_OFFICE)
    if data.startswith(_ARCHIVES):
        raise RefusedFileError(FileRefusal.ARCHIVE)
    if data.startswith(_PICTURES) and b"\x00" in data[:_FIRST]:
        raise RefusedFileError(FileRefusal.PICTURE)
    if data.startswith(b"{\\rtf"):
        raise RefusedFileError(FileRefusal.UNKNOWN_KIND)


def _found(data: bytes) -> Media | None:
    """None for plain text."""
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _office(data)
    if b"%PDF-" in data[:1024]:
        return Media.PDF
    first = data[:_FIRST]
    if data.startswith(_TEXT_BOMS[:2]):
        first = first.replace(b"\x00", b"")
    elif _is_binary(first):
        raise RefusedFileError(FileRefusal.UNKNOWN_KIND)
    return Media.WEB if _HTML.search(first) else None


def _office(data: bytes) -> Media:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            names = set(package.namelist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise RefusedFileError(FileRefusal.BROKEN) from error
    if "word/document.xml" in names:
        return Media.WORD
    if "xl/workbook.xml" in names:
        return Media.WORKBOOK
    raise RefusedFileError(FileRefusal.UNKNOWN_KIND if "[Content_Types].xml" in names else FileRefusal.ARCHIVE)


def _is_binary(first: bytes) -> bool:
    """Zero bytes that are no UTF-16, or many control bytes."""
    if b"\x00" in first:
        odd, even = first[1::2].count(0), first[::2].count(0)
        return max(odd, even) < len(first) // 5 or min(odd, even) > len(first) // 20
    controls = sum(byte < 32 and byte not in b"\t\n\r\x0b\x0c" for byte in first)
    return controls > max(4, len(first) // 50)
