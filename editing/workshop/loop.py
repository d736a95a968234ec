"""The two clocks of the workshop: one builds what is wished for, the other keeps the pointer right. In threads."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Engine

from desk.database import reading, writing
from editing.build_fault import read_fault
from editing.pointer import reconcile
from editing.release_store import release_by_id
from editing.settings import WorkshopSettings
from editing.workshop.bench import Bench
from editing.workshop.building import Builder
from editing.workshop.claim import Holder, is_waiting, take_job
from editing.workshop.keeping import needed_snapshots, remove_unneeded, tidy_previews
from editing.workshop.metrics import WorkshopMetrics
from editing.workshop.restoring import Guard
from editing.workshop.watching import measure, tell_of_build, tell_of_lag
from knowledge.errors import KnowledgeError

log = logging.getLogger(__name__)
Chore = Callable[[datetime], None]
"""Work beside the building, at each look: sorting questions that nobody could answer, and the like."""


@dataclass(frozen=True)
class Loop:
    """`followed` asks an action server what it answers from; None where none answers."""

    engine: Engine
    bench: Bench
    builder: Builder
    guard: Guard
    holder: Holder
    settings: WorkshopSettings
    metrics: WorkshopMetrics
    clock: Callable[[], datetime]
    followed: Callable[[], str | None] = lambda: None
    chores: Sequence[Chore] = ()
    wish: threading.Event = field(default_factory=threading.Event)
    stopped: threading.Event = field(default_factory=threading.Event)
    was_late: threading.Event = field(default_factory=threading.Event)

    def start(self) -> None:
        """Threads that end with the process: what they are killed in is taken up again at the next start."""
        for work, name in ((self.build_forever, "workshop-build"), (self.watch_forever, "workshop-pointer")):
            threading.Thread(target=work, name=name, daemon=True).start()

    def stop(self) -> None:
        """After what is in work."""
        self.stopped.set()
        self.wish.set()

    def build_forever(self) -> None:
        """Until stopped. One catch-all: a database that is away for a while must not end the workshop."""
        while not self.stopped.is_set():
            self.wish.clear()
            try:
                while not self.stopped.is_set() and self.build_next():
                    pass
                for chore in self.chores:
                    chore(self.clock())
            except Exception as error:  # noqa: BLE001
                log.error("workshop: %s", type(error).__name__)  # noqa: TRY400 - its text may quote rows
            self.wish.wait(self.settings.poll_seconds)

    def watch_forever(self) -> None:
        """Until stopped. One catch-all: a thread that died would leave the pointer where it stands, unseen."""
        while not self.stopped.wait(self.settings.poll_seconds):
            try:
                self.look_at_pointer()
            except Exception as error:  # noqa: BLE001
                log.error("workshop: the pointer: %s", type(error).__name__)  # noqa: TRY400

    def build_next(self) -> bool:
        """Whether there was something to build."""
        with reading(self.engine) as connection:
            if not is_waiting(connection, self.holder, self.clock()):
                return False
        with writing(self.engine) as connection:
            job = take_job(connection, self.holder, self.clock())
        if job is None:
            return True
        started = time.monotonic()
        outcome = self.builder.build(job)
        self.metrics.built(outcome, time.monotonic() - started)
        with writing(self.engine) as connection:
            release = release_by_id(connection, job.id)
            fault = read_fault(release.error) if release else None
            if outcome in ("ready", "failed"):
                code = fault.code.value if fault else ""
                tell_of_build(connection, job.id, outcome == "failed", code, self.clock())
            # In this order: a release wished for meanwhile, as built, still finds the files until the next build.
            needed = needed_snapshots(connection, self.settings.kept_releases)
            tidy_previews(connection, self.clock())
        remove_unneeded(self.bench.maker.index, needed)
        return True

    def look_at_pointer(self) -> None:
        """Moves the pointer to the live release, whose snapshot is made anew when gone or damaged; measures the lag."""
        index = self.bench.maker.index
        try:
            with reading(self.engine) as connection:
                reconcile(connection, index)
        except KnowledgeError:
            self.guard.restorer.restore()
        self.guard.look(self.was_late.is_set(), self.clock())
        followed = self.followed()
        with reading(self.engine) as connection:
            lag = measure(connection, index, followed, self.clock())
        self.metrics.lag(lag.seconds)
        is_late = lag.seconds > self.settings.pointer_lag_seconds
        if is_late != self.was_late.is_set():
            with writing(self.engine) as connection:
                tell_of_lag(connection, lag, self.clock())
            (self.was_late.set if is_late else self.was_late.clear)()
