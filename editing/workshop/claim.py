"""The life of a release while it is built: taken by one workshop, told of, ended. Each step only by who has it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, or_, select, update

from desk.calendar.zone import VIETNAM, vietnam_date
from editing.build_fault import BuildFault, FaultCode
from editing.release import ReleaseKind, ReleaseState, knowledge_releases

MOST_ATTEMPTS = 3
columns = knowledge_releases.c


class BuildLostError(Exception):
    """Somebody discarded the release, or another workshop took it: what was built is of no use."""


@dataclass(frozen=True)
class Holder:
    """A workshop; `name` is the same after a restart, so that it goes on at once with what it was killed in."""

    name: str
    lease_seconds: float

    def until(self, now: datetime) -> datetime:
        """When others may take over."""
        return now + timedelta(seconds=self.lease_seconds)


@dataclass(frozen=True)
class Job:
    """What is to be built."""

    id: int
    kind: ReleaseKind
    base_id: int | None
    versions: Mapping[str, tuple[int, ...]]
    changed: tuple[str, ...]
    """Names of the documents that differ from the base."""
    digest: str
    holder: Holder


@dataclass(frozen=True)
class BuiltRelease:
    """What a finished build leaves in the row; `report` as `editing.gate.report.report_as_json` makes it."""

    snapshot_id: str
    report: Mapping[str, Any]
    texts_embedded: int
    texts_total: int


def is_waiting(connection: Connection, holder: Holder, now: datetime) -> bool:
    """Whether `take_job` would find something; asked every second, so it only reads."""
    return connection.execute(select(columns.id).where(_is_free(holder, now)).limit(1)).first() is not None


def take_job(connection: Connection, holder: Holder, now: datetime) -> Job | None:
    """The next release to build, previews last; None when there is nothing to do, or another was faster.

    What was begun too often is given up here.
    """
    row = connection.execute(
        select(knowledge_releases)
        .where(_is_free(holder, now))
        .order_by(columns.kind == ReleaseKind.PREVIEW.value, columns.id)
        .limit(1)
    ).first()
    if row is None:
        return None
    taken = _take(connection, row.id, row.attempts, holder, now)
    changed = tuple(str(change["document"]) for change in row.changes)
    versions = {name: tuple(numbers) for name, numbers in row.versions.items()}
    job = Job(row.id, ReleaseKind(row.kind), row.base_id, versions, changed, row.digest, holder)
    if taken and row.attempts >= MOST_ATTEMPTS:
        fail(connection, job, BuildFault(FaultCode.ATTEMPTS), now)
        return None
    return job if taken else None


def tell(connection: Connection, job: Job, step: str, done: int, total: int, now: datetime) -> None:
    """Progress, and a longer lease. Raises BuildLostError."""
    _change(connection, job, {"step": step, "done": done, "total": total, "lease_until": job.holder.until(now)})


def finish(connection: Connection, job: Job, built: BuiltRelease, now: datetime) -> None:
    """It may be looked at and published. Raises BuildLostError."""
    values = {
        "state": ReleaseState.READY.value,
        "snapshot_id": built.snapshot_id,
        "report": dict(built.report),
        "texts_embedded": built.texts_embedded,
        "texts_total": built.texts_total,
        "ready_at": now,
        "step": "",
    }
    _change(connection, job, {**values, **_NOBODY})


def fail(connection: Connection, job: Job, fault: BuildFault, now: datetime) -> None:
    """It is not tried again; somebody mends what is named and asks anew. Raises BuildLostError."""
    values = {"state": ReleaseState.FAILED.value, "error": fault.stored(), "retired_at": now}
    _change(connection, job, {**values, **_NOBODY})


def outdate(connection: Connection, job: Job, now: datetime) -> None:
    """Another release went live before it was built. Raises BuildLostError."""
    _change(connection, job, {"state": ReleaseState.OUTDATED.value, "retired_at": now, **_NOBODY})


def built_like(connection: Connection, job: Job, now: datetime) -> BuiltRelease | None:
    """What the same wish, compared with the same base, gave earlier this day; None when nothing did."""
    midnight = datetime.combine(vietnam_date(now), time(), VIETNAM)
    same = (columns.digest == job.digest, columns.base_id.is_not_distinct_from(job.base_id), columns.id != job.id)
    there = (columns.snapshot_id.is_not(None), columns.report.is_not(None), columns.ready_at >= midnight)
    statement = select(knowledge_releases).where(*same, *there).order_by(columns.id.desc()).limit(1)
    row = connection.execute(statement).first()
    if row is None or not row.report:
        return None
    return BuiltRelease(row.snapshot_id, row.report, 0, row.texts_total or 0)


_NOBODY = {"owner": "", "lease_until": None}


def _is_free(holder: Holder, now: datetime) -> ColumnElement[bool]:
    left_behind = or_(columns.owner == holder.name, columns.lease_until <= now, columns.lease_until.is_(None))
    being_built = columns.state == ReleaseState.BUILDING.value
    return or_(columns.state == ReleaseState.REQUESTED.value, and_(being_built, left_behind))


def _take(connection: Connection, release_id: int, attempts: int, holder: Holder, now: datetime) -> bool:
    values = {
        "state": ReleaseState.BUILDING.value,
        "owner": holder.name,
        "lease_until": holder.until(now),
        "attempts": columns.attempts + 1,
        "started_at": now,
        "step": "",
        "done": 0,
        "total": 0,
    }
    same = (columns.id == release_id, columns.attempts == attempts, _is_free(holder, now))
    return bool(connection.execute(update(knowledge_releases).where(*same).values(values)).rowcount)


def _change(connection: Connection, job: Job, values: Mapping[str, Any]) -> None:
    mine = (columns.state == ReleaseState.BUILDING.value, columns.owner == job.holder.name)
    changed = connection.execute(update(knowledge_releases).where(columns.id == job.id, *mine).values(dict(values)))
    if not changed.rowcount:
        raise BuildLostError(f"release {job.id} is no longer built by {job.holder.name}")
