"""Reads one file in a process of its own, within limits: `python -m editing.importing.sandbox` (see reading.py).

A hostile file may take all the memory and time of this process; the gateway goes on.
"""

from __future__ import annotations

import json
import resource
import sys
from dataclasses import asdict
from typing import Any, BinaryIO

from editing.importing.conversion import convert_rows, convert_text
from editing.importing.imported import ImportLimits
from editing.importing.refusal import FileRefusal, RefusedFileError

OPEN_FILES = 64
RECURSION = 2_000


def main(source: BinaryIO, target: BinaryIO) -> None:
    """One line of JSON (the order), then the file; answers with one line of JSON."""
    order = json.loads(source.readline())
    _confine(order["memory_bytes"], order["cpu_seconds"])
    try:
        answer = _answer(order, source.read())
    except RefusedFileError as error:
        answer = {"refused": error.refusal.value, "values": dict(error.values)}
    except MemoryError:
        answer = {"refused": FileRefusal.TOO_MUCH_MEMORY.value, "values": {}}
    target.write(json.dumps(answer).encode("ascii"))


def _answer(order: dict[str, Any], data: bytes) -> dict[str, Any]:
    limits = ImportLimits(**order["limits"])
    if order["wants_sheet"]:
        return {"rows": asdict(convert_rows(order["name"], data, limits))}
    return {"text": asdict(convert_text(order["name"], data, limits))}


def _confine(memory_bytes: int, cpu_seconds: int) -> None:
    """No more memory, time or files than a reader needs; no files are written, nothing is dumped."""
    resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
    # At the hard limit the system kills as it does for memory; the soft one says that it was time.
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_seconds, cpu_seconds + 1))
    resource.setrlimit(resource.RLIMIT_NOFILE, (OPEN_FILES, OPEN_FILES))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    sys.setrecursionlimit(RECURSION)


if __name__ == "__main__":
    main(sys.stdin.buffer, sys.stdout.buffer)
