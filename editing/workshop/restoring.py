"""Makes the live release's snapshot anew when it is gone or damaged: the database holds all that it needs."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import Engine, update

from desk.database import reading, writing
from editing.files.stored import write_content
from editing.pointer import pointed_at, reconcile
from editing.release import knowledge_releases
from editing.release_store import live_release
from editing.workshop.building import WORKING_PREFIX
from knowledge.assistants import AssistantMaker
from knowledge.search.builder import build_candidate
from knowledge.search.manifest import is_whole

log = logging.getLogger(__name__)
LOOK_EVERY = timedelta(minutes=10)
"""Every byte of the snapshot is read."""
HURRY_EVERY = timedelta(seconds=30)
"""While action servers do not follow: they may be unable to load it."""


@dataclass(frozen=True)
class Restorer:
    """For a machine that got the database back, but not `var/index`, and for rolling back far."""

    engine: Engine
    maker: AssistantMaker
    clock: Callable[[], datetime]

    def restore(self) -> str | None:
        """Id of the new snapshot, which is served then; None when nothing was missing or damaged.

        Releases that shared the former one can be gone back to by the new one. Raises KnowledgeError.
        """
        index = self.maker.index
        with reading(self.engine) as connection:
            live = live_release(connection)
        if live is None or live.snapshot_id is None or is_whole(index / live.snapshot_id):
            return None
        index.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(prefix=f"{WORKING_PREFIX}{live.id}-", dir=index) as name:
            with reading(self.engine) as connection:
                write_content(connection, live, Path(name))
            built = build_candidate(Path(name), self.maker.embedder, index, self.clock())
        same = knowledge_releases.c.snapshot_id == live.snapshot_id
        with writing(self.engine) as connection:
            connection.execute(update(knowledge_releases).where(same).values(snapshot_id=built.id))
        with reading(self.engine) as connection:
            reconcile(connection, index)
        return built.id


@dataclass
class Guard:
    """Reads the snapshot in use as a whole when it is a new one, and now and then; a damaged one is made anew."""

    restorer: Restorer
    _looked_at: str | None = field(default=None, init=False)
    _since: datetime | None = field(default=None, init=False)

    def look(self, is_late: bool, now: datetime) -> str | None:
        """Id of the snapshot that was made; None where it was not time, or nothing was wrong. Raises KnowledgeError.

        `is_late`: action servers answer from something else than what the pointer names.
        """
        index = self.restorer.maker.index
        used = pointed_at(index)
        wait = HURRY_EVERY if is_late else LOOK_EVERY
        if used is None or (used == self._looked_at and self._since is not None and now < self._since + wait):
            return None
        self._looked_at, self._since = used, now
        if is_whole(index / used):
            return None
        log.error("the index in use is damaged: %s", used)
        return self.restorer.restore()
