"""Reads a file that somebody brought, in a process that may not take more than its share."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

from editing.importing.imported import (
    ImportedRow,
    ImportedRows,
    ImportedText,
    ImportLimits,
    Media,
    Notice,
    NoticeKind,
)
from editing.importing.refusal import FileRefusal, RefusedFileError
from editing.settings import ImportingSettings

MODULE = "editing.importing.sandbox"
PROJECT = Path(__file__).resolve().parents[2]
AT_ONCE = 2
"""Processes that read at the same time; who comes later waits."""
MEGABYTE = 1_000_000
_ENVIRONMENT = {"LANG": "C.UTF-8", "PYTHONDONTWRITEBYTECODE": "1", "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
"""Nothing of ours: neither the database's address nor a token. The threads would only take address space."""


def limits_of(settings: ImportingSettings) -> ImportLimits:
    """What readers are told of the settings."""
    return ImportLimits(
        file_bytes=settings.file_megabytes * MEGABYTE,
        unpacked_bytes=settings.unpacked_megabytes * MEGABYTE,
        archive_entries=settings.archive_entries,
        archive_ratio=settings.archive_ratio,
        pages=settings.pages,
        rows=settings.rows,
        text_characters=settings.text_characters,
    )


class FileReader:
    """One for the gateway."""

    def __init__(self, settings: ImportingSettings) -> None:
        self._settings = settings
        self._turn = asyncio.Semaphore(AT_ONCE)

    @property
    def file_bytes(self) -> int:
        """The largest file that is read."""
        return self._settings.file_megabytes * MEGABYTE

    async def text(self, name: str, data: bytes) -> ImportedText:
        """Of a directive. Raises RefusedFileError."""
        found = (await self._read(name, data, wants_sheet=False))["text"]
        notices = _notices(found)
        return ImportedText(found["text"], Media(found["media"]), found["is_wrapped"], notices)

    async def rows(self, name: str, data: bytes) -> ImportedRows:
        """Of a sheet of questions and answers. Raises RefusedFileError."""
        found = (await self._read(name, data, wants_sheet=True))["rows"]
        rows = tuple(
            ImportedRow(row["place"], tuple((key, text) for key, text in row["cells"])) for row in found["rows"]
        )
        faults = tuple((row, column) for row, column in found["faults"])
        return ImportedRows(rows, Media(found["media"]), _notices(found), faults)

    async def _read(self, name: str, data: bytes, *, wants_sheet: bool) -> dict[str, Any]:
        limits = limits_of(self._settings)
        if len(data) > limits.file_bytes:
            raise RefusedFileError(FileRefusal.TOO_LARGE, {"limit": str(self._settings.file_megabytes)})
        order = {
            "name": name,
            "wants_sheet": wants_sheet,
            "limits": asdict(limits),
            "memory_bytes": self._settings.memory_megabytes * MEGABYTE,
            "cpu_seconds": int(self._settings.read_seconds),
        }
        async with self._turn:
            written = await self._run(json.dumps(order).encode("ascii") + b"\n" + data)
        answer: dict[str, Any] = json.loads(written)
        if "refused" in answer:
            raise RefusedFileError(FileRefusal(answer["refused"]), answer["values"])
        return answer

    async def _run(self, given: bytes) -> bytes:
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", MODULE, cwd=PROJECT, env={**_ENVIRONMENT, "PATH": os.defpath},
            stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL,
        )  # fmt: skip
        try:
            # Twice the time of the processor: the machine may be busy with others.
            written, _ = await asyncio.wait_for(process.communicate(given), self._settings.read_seconds * 2)
        except TimeoutError as error:
            raise RefusedFileError(FileRefusal.TOO_SLOW) from error
        finally:
            if process.returncode is None:
                process.kill()
                await process.wait()
        if process.returncode:
            raise RefusedFileError(_why_dead(process.returncode))
        return written


def _why_dead(code: int) -> FileRefusal:
    if code == -signal.SIGXCPU:
        return FileRefusal.TOO_SLOW
    return FileRefusal.TOO_MUCH_MEMORY if code == -signal.SIGKILL else FileRefusal.BROKEN


def _notices(found: dict[str, Any]) -> tuple[Notice, ...]:
    return tuple(
        Notice(NoticeKind(each["kind"]), tuple((name, text) for name, text in each["values"]))
        for each in found["notices"]
    )
