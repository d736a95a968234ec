"""What the dialogue engine remembers of a conversation, in a file of its own beside our database.

Nothing makes the two one transaction. So that a conversation is to be forgotten there is written down in the
transaction of the erasure, and done afterwards as often as it takes: a turn in work would write it back.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import Column, Connection, Index, String, Table, delete, select

from desk.conversation import ID_CHARACTERS
from desk.database import UtcDateTime, insert_if_absent, metadata

TURN_ENDED = timedelta(minutes=2)
"""No turn that began before an erasure is in work any more: the dialogue engine is given seconds for each."""
BUSY_SECONDS = 5.0

memory_erasures = Table(
    "memory_erasures",
    metadata,
    Column("conversation_id", String(ID_CHARACTERS), primary_key=True),
    Column("asked_at", UtcDateTime, nullable=False),
    Index("ix_memory_erasures_asked_at", "asked_at"),
)


class DialogueMemory:
    """The file that bot/components/tracker_store.py writes.

    Where the engine runs on another machine there is no such file here: what it holds ends by itself after a day.
    """

    def __init__(self, file: Path) -> None:
        self._file = file

    def of(self, conversation_id: str) -> str | None:
        """What is remembered, as JSON; None when nothing is."""
        if not self._file.exists():
            return None
        with closing(self._open()) as connection:
            row = connection.execute("SELECT dialogue FROM tracker WHERE sender_id = ?", (conversation_id,)).fetchone()
        return None if row is None else str(row[0])

    def forget(self, conversation_id: str) -> None:
        """Nothing happens when there is none. Raises sqlite3.Error when the file cannot be written now."""
        if not self._file.exists():
            return
        with closing(self._open()) as connection:
            connection.execute("DELETE FROM tracker WHERE sender_id = ?", (conversation_id,))
            # What was deleted would else stay readable in the journal until the engine fills it anew.
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

    def _open(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self._file, timeout=BUSY_SECONDS, isolation_level=None)
        connection.execute("PRAGMA secure_delete=ON").fetchall()
        return connection


def ask_to_forget(connection: Connection, conversation_id: str, now: datetime) -> None:
    """From now on it is due, until `forgotten`."""
    values = {"conversation_id": conversation_id, "asked_at": now}
    connection.execute(delete(memory_erasures).where(memory_erasures.c.conversation_id == conversation_id))
    insert_if_absent(connection, memory_erasures, values)


def to_forget(connection: Connection) -> tuple[str, ...]:
    """Conversations whose memory has to go, the longest due first."""
    columns = memory_erasures.c
    return tuple(connection.execute(select(columns.conversation_id).order_by(columns.asked_at)).scalars())


def forgotten(connection: Connection, conversation_id: str, now: datetime) -> None:
    """Done for good, unless a turn from before the erasure may still write it back: then it stays due."""
    columns = memory_erasures.c
    done = delete(memory_erasures).where(
        columns.conversation_id == conversation_id, columns.asked_at <= now - TURN_ENDED
    )
    connection.execute(done)
