"""Makes the file that action servers follow name the snapshot of the live release."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection

from editing.release_store import live_release
from knowledge.pointer import current_id, make_current, snapshot_ids
from knowledge.search.errors import SnapshotError

LOCK_FILE = ".pointer.lock"


def reconcile(connection: Connection, index_folder: Path) -> bool:
    """Whether the pointer had to be moved. Call it after the commit that published, and again every second.

    `connection` has read nothing before: on SQLite it would go on seeing what was live then.

    False when nothing is live in the database. Raises SnapshotError when the snapshot of the live release is gone:
    then the pointer stays where it was.
    """
    with _one_at_a_time(index_folder):
        live = live_release(connection)
        if live is None or live.snapshot_id is None or live.snapshot_id == pointed_at(index_folder):
            return False
        make_current(index_folder, live.snapshot_id)
        return True


@contextmanager
def _one_at_a_time(index_folder: Path) -> Iterator[None]:
    """Who read what was live a moment ago must not write it after who read what is live now."""
    if not index_folder.is_dir():
        yield  # no snapshot to move to either
        return
    with (index_folder / LOCK_FILE).open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def pointed_at(index_folder: Path) -> str | None:
    """None when no snapshot was ever published."""
    try:
        return current_id(index_folder)
    except SnapshotError:
        return None


def has_snapshot(index_folder: Path, snapshot_id: str | None) -> bool:
    """Whether it still lies on disk, so that one can go back to it."""
    return snapshot_id is not None and snapshot_id in snapshot_ids(index_folder)
