"""A PDF that holds text → its printed lines, without page numbers and what is repeated on each page."""

from __future__ import annotations

import io
import logging
import re
from collections import Counter
from collections.abc import Sequence

import pypdf
from pypdf.errors import DependencyError

from editing.importing.imported import ImportedText, ImportLimits, Media, Notice, NoticeKind
from editing.importing.plain_text import mend_fonts
from editing.importing.refusal import FileRefusal, RefusedFileError

FEWEST_LETTERS = 15
"""A page with fewer is a picture, or empty."""
_PAGE_NUMBER = re.compile(r"[-–—\s]*(?:[^\W\d_]{4,5}\s*)?(\d{1,4})(?:\s*/\s*\d{1,4})?[-–—\s]*")
_FIGURES = re.compile(r"\d{1,4}", re.ASCII)
_EDGE_LINES = 2
_MOST_SHOWN = 12


def read_pdf(data: bytes, limits: ImportLimits) -> ImportedText:
    """Raises RefusedFileError: without text, with a password, broken, of too many pages."""
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    pages = _pages(data, limits)
    empty = [number for number, lines in enumerate(pages, start=1) if _letters(lines) < FEWEST_LETTERS]
    if len(empty) == len(pages) or len(empty) * 2 > len(pages):
        raise RefusedFileError(FileRefusal.SCANNED)
    kept, dropped = without_furniture(pages)
    text, notices = mend_fonts("\n".join(line for page in kept for line in page))
    if dropped:
        notices = (*notices, Notice(NoticeKind.PAGE_FURNITURE, (("count", str(dropped)),)))
    if empty:
        shown = ", ".join(map(str, empty[:_MOST_SHOWN])) + (", …" if len(empty) > _MOST_SHOWN else "")
        notices = (*notices, Notice(NoticeKind.PAGES_WITHOUT_TEXT, (("pages", shown),)))
    return ImportedText(text.strip("\n") + "\n", Media.PDF, is_wrapped=True, notices=notices)


def _pages(data: bytes, limits: ImportLimits) -> list[list[str]]:
    try:
        reader = pypdf.PdfReader(io.BytesIO(data), strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            raise RefusedFileError(FileRefusal.PASSWORD)
    except DependencyError as error:
        raise RefusedFileError(FileRefusal.PASSWORD) from error
    if len(reader.pages) > limits.pages:
        raise RefusedFileError(FileRefusal.TOO_MANY_PAGES, {"limit": str(limits.pages)})
    return [_lines(page.extract_text()) for page in reader.pages]


def _lines(text: str) -> list[str]:
    return [line.rstrip() for line in text.replace("\x00", "").split("\n") if line.strip()]


def _letters(lines: Sequence[str]) -> int:
    return sum(letter.isalpha() for line in lines for letter in line)


def without_furniture(pages: Sequence[Sequence[str]]) -> tuple[list[list[str]], int]:
    """Pages without their numbers and without first and last lines that most of them share; how many lines went."""
    common = _repeated(pages)
    kept = []
    dropped = 0
    for number, page in enumerate(pages, start=1):
        lines = list(page)
        for place in (0, -1):
            for _ in range(_EDGE_LINES):
                if lines and (_counts_page(lines[place], number) or _folded(lines[place], number) in common):
                    del lines[place]
                    dropped += 1
        kept.append(lines)
    return kept, dropped


def _counts_page(line: str, number: int) -> bool:
    """`3`, `- 3 -`, `Trang 3`, `3/12` on the third page."""
    match = _PAGE_NUMBER.fullmatch(line)
    return match is not None and int(match[1]) == number


def _repeated(pages: Sequence[Sequence[str]]) -> frozenset[str]:
    if len(pages) < 3:
        return frozenset()
    edges: Counter[str] = Counter()
    for number, page in enumerate(pages, start=1):
        edges.update({_folded(line, number) for line in (*page[:_EDGE_LINES], *page[-_EDGE_LINES:])})
    return frozenset(line for line, count in edges.items() if count * 2 > len(pages) and count >= 3)


def _folded(line: str, number: int) -> str:
    """With the number of the page taken out of it."""
    return _FIGURES.sub(lambda found: "#" if int(found[0]) == number else found[0], " ".join(line.split()).casefold())
