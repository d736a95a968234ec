"""Rasa's memory of conversations in one SQLite file: one row a conversation, the last events of it.

Rasa's own SQL store keeps one row an event and reads all of them back at every message; that was half of the time
of a turn. What citizens said is kept durably by the gateway; this is only what the dialogue needs to go on.
"""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from rasa.core.tracker_store import SerializedTrackerAsText, TrackerStore
from rasa.shared.core.conversation import Dialogue
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import Event, SlotSet
from rasa.shared.core.trackers import DialogueStateTracker

KEPT_EVENTS = 120
"""About ten turns. Without a bound a long conversation slows down with everything said before."""
BUSY_SECONDS = 5.0
FORGOTTEN_SECONDS = 24 * 3600.0
"""A session ends after 12 hours of silence: what is older serves nobody, and whoever withdraws is to be forgotten."""
PURGE_EVERY_SECONDS = 3600.0


class RecentTrackerStore(TrackerStore, SerializedTrackerAsText):
    """Named in endpoints.yml by its path. `db` is the file; its folder is made when it is missing."""

    def __init__(self, domain: Domain, host: Any = None, event_broker: Any = None, db: str = "", **kwargs: Any) -> None:
        Path(db).parent.mkdir(parents=True, exist_ok=True)
        self._connection = sqlite3.connect(db, timeout=BUSY_SECONDS, isolation_level=None)
        # NORMAL may lose the last moments in a power cut, never the file: the gateway repeats what was not answered.
        self._connection.execute("PRAGMA journal_mode=WAL")
        self._connection.execute("PRAGMA synchronous=NORMAL")
        self._connection.execute(
            "CREATE TABLE IF NOT EXISTS tracker"
            " (sender_id TEXT PRIMARY KEY, dialogue TEXT NOT NULL, saved_at REAL NOT NULL)"
        )
        self._purged_at = 0.0
        super().__init__(domain, event_broker, **kwargs)

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Replaces the row. One Rasa process writes a conversation at a time: the gateway sees to that."""
        await self.stream_events(tracker)
        self._connection.execute(
            "INSERT INTO tracker VALUES (?, ?, ?) ON CONFLICT (sender_id)"
            " DO UPDATE SET dialogue = excluded.dialogue, saved_at = excluded.saved_at",
            (tracker.sender_id, self.serialise_tracker(tracker), time.time()),
        )
        self._purge(time.time())

    def _purge(self, now: float) -> None:
        if now - self._purged_at < PURGE_EVERY_SECONDS:
            return
        self._purged_at = now
        self._connection.execute("DELETE FROM tracker WHERE saved_at < ?", (now - FORGOTTEN_SECONDS,))

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        """None for a conversation that was never saved."""
        row = self._connection.execute("SELECT dialogue FROM tracker WHERE sender_id = ?", (sender_id,)).fetchone()
        return self.deserialise_tracker(sender_id, row[0]) if row else None

    async def delete(self, sender_id: str) -> None:
        """Forgets the conversation; nothing happens when there is none."""
        self._connection.execute("DELETE FROM tracker WHERE sender_id = ?", (sender_id,))

    async def keys(self) -> Iterable[str]:
        """Ids of all conversations."""
        return [row[0] for row in self._connection.execute("SELECT sender_id FROM tracker")]

    @staticmethod
    def serialise_tracker(tracker: DialogueStateTracker) -> str:
        """The dialogue as JSON, old events left out."""
        return json.dumps(Dialogue(tracker.sender_id, recent_events(list(tracker.events))).as_dict())


def recent_events(events: list[Event]) -> list[Event]:
    """The last ones, and before them the last value of every slot set earlier: slots are rebuilt from events."""
    earlier, recent = events[:-KEPT_EVENTS], events[-KEPT_EVENTS:]
    last_values = {event.key: event for event in earlier if isinstance(event, SlotSet)}
    return [*last_values.values(), *recent]
