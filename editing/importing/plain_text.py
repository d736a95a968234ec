"""Bytes of a text file → Unicode, whatever they were saved as."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from editing.importing.imported import Media, Notice, NoticeKind
from editing.importing.refusal import FileRefusal, RefusedFileError
from vietnamese.legacy_fonts import READABLE, Recovered, marked_share, recover

_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_SAMPLE_CHARACTERS = 100
_LOST = "\N{REPLACEMENT CHARACTER}"


def decode_text(data: bytes, declared: str = "") -> tuple[str, tuple[Notice, ...]]:
    """NFC, and what was done to it. `declared` is what the file says of itself, tried when the bytes are no UTF-8.

    Raises RefusedFileError where no known encoding makes Vietnamese of it.
    """
    text, notices = decode_bytes(data, declared)
    text, mended = mend_fonts(text)
    return text, mended or notices


def decode_bytes(data: bytes, declared: str = "") -> tuple[str, tuple[Notice, ...]]:
    """The same without a look at fonts, for text that has markup in it; never fails."""
    encoding, text = _decoded(data, declared)
    return text, () if encoding == "utf-8" else (Notice(NoticeKind.ENCODING, (("encoding", encoding.upper()),)),)


def mend_fonts(text: str) -> tuple[str, tuple[Notice, ...]]:
    """NFC, with TCVN3 and VNI converted. Raises RefusedFileError for what stays unreadable."""
    found = recover(text)
    if not found.is_readable or text.count(_LOST) > max(3, len(text) // 200):
        raise RefusedFileError(FileRefusal.FONT_UNSURE)
    if not found.fonts:
        return found.text, ()
    return found.text, (font_notice(text, found),)


def font_notice(text: str, found: Recovered) -> Notice:
    """Names the fonts and shows one line before and after."""
    before, after = next(_changed(unicodedata.normalize("NFC", text), found.text), ("", ""))
    fonts = ", ".join(font.value.upper() for font in found.fonts)
    values = (("font", fonts), ("before", before[:_SAMPLE_CHARACTERS]), ("after", after[:_SAMPLE_CHARACTERS]))
    return Notice(NoticeKind.LEGACY_FONT, values)


def refuse_blank(media: Media, text: str) -> None:
    """Raises RefusedFileError when nothing is left to read."""
    if not any(letter.isalpha() for letter in text):
        raise RefusedFileError(FileRefusal.SCANNED if media is Media.PDF else FileRefusal.EMPTY)


def _changed(before: str, after: str) -> Iterator[tuple[str, str]]:
    for old, new in zip(before.split("\n"), after.split("\n"), strict=True):
        if old != new and len(new.split()) > 1:
            yield old.strip(), new.strip()


def _decoded(data: bytes, declared: str) -> tuple[str, str]:
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return encoding, data[len(mark) :].decode(encoding, errors="replace")
    wide = _without_mark(data)
    if wide:
        return wide, data.decode(wide, errors="replace")
    try:
        return "utf-8", data.decode("utf-8")
    except UnicodeDecodeError as error:
        if data[:-3].decode("utf-8", errors="ignore") and error.start >= len(data) - 3:
            return "utf-8", data.decode("utf-8", errors="ignore")
    return _one_byte(data, declared)


def _without_mark(data: bytes) -> str:
    first = data[:4_096]
    if b"\x00" not in first:
        return ""
    return "utf-16-le" if first[1::2].count(0) > first[::2].count(0) else "utf-16-be"


def _one_byte(data: bytes, declared: str) -> tuple[str, str]:
    """Windows-1258 where that reads as Vietnamese, else Western letters, which a legacy font may have meant."""
    names = [declared] if declared else []
    for name in (*names, "cp1258"):
        try:
            text = unicodedata.normalize("NFC", data.decode(name, errors="replace"))
        except (LookupError, UnicodeError):
            continue
        marked, share = marked_share(text)
        if marked and share >= READABLE:
            return name.replace("cp", "windows-"), text
    text = data.decode("cp1252", errors="replace")
    return "windows-1252", "".join(
        chr(byte) if letter == _LOST else letter for byte, letter in zip(data, text, strict=True)
    )
