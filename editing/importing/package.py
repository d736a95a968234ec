"""Opens the zip that an Office document is, after looking whether it is a trap."""

from __future__ import annotations

import io
import re
import zipfile
import zlib

from editing.importing.imported import ImportLimits, Notice, NoticeKind
from editing.importing.refusal import FileRefusal, RefusedFileError

_XML = (".xml", ".rels", ".vml")
_DECLARED = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_EXTERNAL = re.compile(rb'TargetMode\s*=\s*["\']External["\']', re.IGNORECASE)
_HYPERLINK = re.compile(rb"<Relationship\b[^>]*relationships/hyperlink[^>]*>", re.IGNORECASE)
_FREE_BYTES = 2_000_000
"""Small files may be squeezed as much as they like: a page of blanks is no bomb."""


def check_package(data: bytes, limits: ImportLimits) -> tuple[Notice, ...]:
    """What is in it that will not be read. Raises RefusedFileError for macros, bombs, passwords, entities."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            entries = package.infolist()
            _refuse_traps(entries, len(data), limits)
            return _look_inside(package, entries)
    except (zipfile.BadZipFile, ValueError, OSError, EOFError, NotImplementedError, zlib.error) as error:
        raise RefusedFileError(FileRefusal.BROKEN) from error


def _refuse_traps(entries: list[zipfile.ZipInfo], packed: int, limits: ImportLimits) -> None:
    unpacked = sum(entry.file_size for entry in entries)
    if len(entries) > limits.archive_entries or unpacked > limits.unpacked_bytes:
        raise RefusedFileError(FileRefusal.BOMB)
    if unpacked > max(_FREE_BYTES, packed * limits.archive_ratio):
        raise RefusedFileError(FileRefusal.BOMB)
    names = [entry.filename.casefold() for entry in entries]
    if any(entry.flag_bits & 1 for entry in entries):
        raise RefusedFileError(FileRefusal.PASSWORD)
    if any(name.endswith(("vbaproject.bin", "vbadata.xml")) or "/macrosheets/" in name for name in names):
        raise RefusedFileError(FileRefusal.MACROS)
    if len(set(names)) != len(names):
        raise RefusedFileError(FileRefusal.BROKEN)


def _look_inside(package: zipfile.ZipFile, entries: list[zipfile.ZipInfo]) -> tuple[Notice, ...]:
    kinds: dict[NoticeKind, None] = {}
    for entry in entries:
        name = entry.filename.casefold()
        if "/embeddings/" in name or "/activex/" in name:
            kinds[NoticeKind.EMBEDDED_LEFT_OUT] = None
        elif "/media/" in name:
            kinds[NoticeKind.PICTURES_LEFT_OUT] = None
        elif name.endswith(_XML):
            part = package.read(entry)
            if b"macroEnabled" in part and name == "[content_types].xml":
                raise RefusedFileError(FileRefusal.MACROS)
            # Parts in UTF-16 could hide a declaration; no Office writes them.
            if b"\x00" in part or part.startswith((b"\xff\xfe", b"\xfe\xff")) or _DECLARED.search(part):
                raise RefusedFileError(FileRefusal.ENTITIES)
            if name.endswith(".rels") and _EXTERNAL.search(_HYPERLINK.sub(b"", part)):
                kinds[NoticeKind.EXTERNAL_LEFT_OUT] = None
    return tuple(Notice(kind) for kind in kinds)
