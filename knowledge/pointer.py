"""Which snapshot is in use: `current`, a file that names it, replaced in one step. Needs no index to be loaded."""

from __future__ import annotations

import os
import threading
from pathlib import Path

from knowledge.durable import sync
from knowledge.search.errors import PUBLISH_COMMAND, SnapshotError
from knowledge.search.manifest import MANIFEST_FILE

CURRENT_FILE = "current"
CONTENT_FOLDER = "content"
SERVED_FILE = "served"
"""Empty; stands in a snapshot that was ever in use. All others are candidates, which citizens must not see."""


def current_id(root: Path) -> str:
    """Raises `SnapshotError` when no snapshot was ever published."""
    try:
        return (root / CURRENT_FILE).read_text(encoding="utf-8").strip()
    except FileNotFoundError as error:
        raise SnapshotError(f"{root} holds no knowledge index yet; make one with: {PUBLISH_COMMAND}") from error


def make_current(root: Path, snapshot_id: str) -> None:
    """Switches to a snapshot that is there, in one step. Raises `SnapshotError` when it is not."""
    if snapshot_id not in snapshot_ids(root):
        known = ", ".join(snapshot_ids(root)) or "none"
        raise SnapshotError(f"{root} has no snapshot {snapshot_id}; it has: {known}")
    for served in (one for one in snapshot_ids(root) if one in (snapshot_id, _current_or_none(root))):
        (root / served / SERVED_FILE).touch()
    pointer = root / f".{CURRENT_FILE}.{os.getpid()}.{threading.get_ident()}.part"
    pointer.write_text(f"{snapshot_id}\n", encoding="utf-8")
    sync(pointer)  # a pointer that is empty after a loss of power would leave citizens without any answer
    pointer.replace(root / CURRENT_FILE)
    sync(root)


def was_served(root: Path, snapshot_id: str) -> bool:
    """Whether citizens ever were answered from it."""
    return (root / snapshot_id / SERVED_FILE).exists() or _current_or_none(root) == snapshot_id


def _current_or_none(root: Path) -> str | None:
    try:
        return current_id(root)
    except SnapshotError:
        return None


def snapshot_ids(root: Path) -> tuple[str, ...]:
    """All finished snapshots, oldest first (an id begins with the time it was made)."""
    if not root.is_dir():
        return ()
    return tuple(sorted(path.parent.name for path in root.glob(f"[!.]*/{MANIFEST_FILE}")))


def content_of(root: Path, snapshot_id: str) -> Path:
    """The readable files that the snapshot was made from, kept in it."""
    return root / snapshot_id / CONTENT_FOLDER
