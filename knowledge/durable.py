"""Makes what was written survive a loss of power, before something else is made to name it."""

from __future__ import annotations

import os
from pathlib import Path


def sync(path: Path) -> None:
    """Waits until the disk has a file, or the names in a folder."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sync_tree(folder: Path) -> None:
    """The same for all files and folders in it, and for itself; what is inside comes first."""
    for path in sorted(folder.rglob("*"), reverse=True):
        sync(path)
    sync(folder)
