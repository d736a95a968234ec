"""One release from its wish to a candidate with a report: files, snapshot, gate. Whatever goes wrong has a code."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from shutil import copyfile
from tempfile import TemporaryDirectory

from sqlalchemy import Connection, Engine

from desk.database import reading, writing
from editing.errors import OutdatedError
from editing.files.stored import write_content
from editing.gate.golden import load_golden
from editing.gate.question import GateQuestion
from editing.gate.report import report_as_json
from editing.pointer import has_snapshot
from editing.release import Release
from editing.release_store import existing_release, live_release, release_by_id
from editing.workshop.base import Base
from editing.workshop.bench import Bench
from editing.workshop.claim import BuildLostError, BuiltRelease, Job, built_like, fail, finish, outdate, tell
from editing.workshop.faults import fault_of
from editing.workshop.gating import Gate
from knowledge.library import GOLDEN_FILE
from knowledge.search.builder import Built, build_candidate

log = logging.getLogger(__name__)
TELL_SECONDS = 1.0
WORKING_PREFIX = ".content-"
Asked = Callable[[Connection], tuple[GateQuestion, ...]]
"""Questions of citizens that an entry answers already."""


def no_questions(connection: Connection) -> tuple[GateQuestion, ...]:
    """Where none were kept."""
    return ()


@dataclass(frozen=True)
class Builder:
    """`golden` is the file of golden questions; `bench.maker` holds index and embedder."""

    engine: Engine
    bench: Bench
    gate: Gate
    golden: Path
    clock: Callable[[], datetime]
    asked: Asked = no_questions

    def build(self, job: Job) -> str:
        """The state in which it ended: ready, failed, outdated or lost. Never raises: the next one has to be built."""
        try:
            return self._build(job)
        except BuildLostError:
            return "lost"
        except OutdatedError:
            return self._end(lambda connection: outdate(connection, job, self.clock()), "outdated")
        except Exception as error:  # noqa: BLE001 - one release must not end the workshop; told to whoever asked for it
            log.error("release %d failed: %s", job.id, type(error).__name__)  # noqa: TRY400 - its text may quote a draft
            fault = fault_of(error)
            return self._end(lambda connection: fail(connection, job, fault, self.clock()), "failed")

    def _build(self, job: Job) -> str:
        release, base = self._wish(job)
        with reading(self.engine) as connection:
            same = built_like(connection, job, self.clock())
        if same is None or not has_snapshot(self.bench.maker.index, same.snapshot_id):
            same = self._made(job, release, base)
        built = same
        return self._end(lambda connection: finish(connection, job, built, self.clock()), "ready")

    def _wish(self, job: Job) -> tuple[Release, Base]:
        """Raises OutdatedError when another release than its base is live."""
        with reading(self.engine) as connection:
            release, live = existing_release(connection, job.id), live_release(connection)
            base = release_by_id(connection, job.base_id) if job.base_id else None
        if base is None or live is None or base.id != live.id or base.snapshot_id is None:
            raise OutdatedError(f"release {job.id} was wished for on {job.base_id}")
        return release, self.bench.base(base.snapshot_id)

    def _made(self, job: Job, release: Release, base: Base) -> BuiltRelease:
        progress = Progress(self.engine, job, self.clock)
        snapshot = self._snapshot(job, release, base, progress)
        candidate = self.bench.base(snapshot.id)
        with reading(self.engine) as connection:
            others = (*load_golden(self.golden), *self.asked(connection))
        today = self.bench.maker.today()
        report = self.gate.compare(base, candidate, job.changed, others, today, progress.tell)
        return BuiltRelease(snapshot.id, report_as_json(report), snapshot.embedded, snapshot.texts_total)

    def _snapshot(self, job: Job, release: Release, base: Base, progress: Progress) -> Built:
        maker = self.bench.maker
        progress.tell("content", 0, 0)
        with TemporaryDirectory(prefix=f"{WORKING_PREFIX}{job.id}-", dir=maker.index) as name:
            folder = Path(name)
            with reading(self.engine) as connection:
                write_content(connection, release, folder)
            if self.golden.exists():
                copyfile(self.golden, folder / GOLDEN_FILE)

            def embedding(done: int, total: int) -> None:
                progress.tell("embedding", done, total)

            return build_candidate(folder, maker.embedder, maker.index, self.clock(), embedding, (base.id,))

    def _end(self, work: Callable[[Connection], None], state: str) -> str:
        try:
            with writing(self.engine) as connection:
                work(connection)
        except BuildLostError:
            return "lost"
        return state


@dataclass
class Progress:
    """Written at most once a second, and at the beginning of each step."""

    engine: Engine
    job: Job
    clock: Callable[[], datetime]
    _step: str = field(default="", init=False)
    _next: float = field(default=0.0, init=False)

    def tell(self, step: str, done: int, total: int) -> None:
        """Raises BuildLostError when the release is not ours to build any more."""
        if step == self._step and time.monotonic() < self._next:
            return
        self._step, self._next = step, time.monotonic() + TELL_SECONDS
        with writing(self.engine) as connection:
            tell(connection, self.job, step, done, total, self.clock())
