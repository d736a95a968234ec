"""To what was live before, in the database and for the action servers; needs no workshop."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, Engine

from app.failures import CommandError
from desk.database import reading, writing
from editing.actor import Actor
from editing.errors import EditingError
from editing.pointer import has_snapshot, reconcile
from editing.release import Release, ReleaseState
from editing.release_store import release_by_id, releases
from editing.rolling_back import former_release, roll_back

LOOKED_AT = 500
LONGEST_NUMBER = 10


def go_back(engine: Engine, index: Path, wanted: str, actor: Actor, reason: str, now: datetime) -> Release:
    """`wanted` is the number of a release or the id of its snapshot; empty for the one before.

    Raises CommandError when there is none, or its snapshot is gone from the disk.
    """
    try:
        with writing(engine) as connection:
            back = roll_back(connection, _target(connection, index, wanted).id, actor, reason, now)
    except EditingError as error:
        raise CommandError(f"{error}; `bhxh knowledge list --releases` shows them") from error
    with reading(engine) as connection:
        reconcile(connection, index)
    return back


def _target(connection: Connection, index: Path, wanted: str) -> Release:
    if not wanted:
        found = former_release(connection, lambda snapshot: has_snapshot(index, snapshot))
    elif wanted.isascii() and wanted.isdecimal() and len(wanted) < LONGEST_NUMBER:
        found = release_by_id(connection, int(wanted))
    else:
        retired = releases(connection, LOOKED_AT, states=(ReleaseState.RETIRED,))
        found = next((one for one in retired if one.snapshot_id == wanted), None)
    if found is None or not has_snapshot(index, found.snapshot_id):
        raise CommandError(f"there is no {wanted or 'earlier release'} to go back to, or its index is gone")
    return found
