"""Removes what has been kept long enough: in small steps, each a transaction, so that nobody waits for it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, and_, func, select

from app.sweeps import Kind, Sweep, newest_audit_line, sweeps
from connectors.erased_messages import drop_old_marks
from desk.audit import AuditAction, record
from desk.calendar.zone import in_vietnam, vietnam_date
from desk.retention_run import RetentionRun, finish_run, start_run
from desk.retention_settings import RetentionSettings
from desk.transactions import Transactions

SUBJECT = "retention"


@dataclass(frozen=True)
class Step:
    """`last` is the key of the last row seen; None when there are no more."""

    rows: int
    last: Any | None


async def run_retention(
    transactions: Transactions,
    settings: RetentionSettings,
    now: datetime,
    actor: str,
    may_go_on: Callable[[], Awaitable[bool]],
) -> Mapping[Kind, int] | None:
    """How many rows of each kind; None when it was broken off: whoever comes next does the rest.

    Repeating it, at any moment and from the beginning, does no harm.
    """
    run_id = await transactions.write(lambda connection: start_run(connection, now))
    removed: Counter[Kind] = Counter(dict.fromkeys(Kind, 0))
    newest = await transactions.read(lambda connection: newest_audit_line(connection, now))
    for sweep in sweeps(settings, now, newest):
        after: Any | None = None
        batch = settings.batch if sweep.most is None else min(settings.batch, sweep.most)
        while True:
            if not await may_go_on():
                return None
            step = await transactions.write(_stepping(sweep, after, batch))
            removed[sweep.kind] += step.rows
            if step.last is None:
                break
            after = step.last
    await transactions.write(lambda connection: _finish(connection, run_id, removed, actor, now))
    return removed


def count_due(connection: Connection, settings: RetentionSettings, now: datetime) -> Mapping[Kind, int]:
    """What a run now would remove."""
    due: Counter[Kind] = Counter(dict.fromkeys(Kind, 0))
    for sweep in sweeps(settings, now, newest_audit_line(connection, now)):
        counted = select(func.count()).select_from(sweep.key.table).where(sweep.due)
        due[sweep.kind] += int(connection.execute(counted).scalar_one())
    return due


def is_due(last: RetentionRun | None, settings: RetentionSettings, now: datetime) -> bool:
    """Once a day from the hour on; later in the day where no gateway ran then. Pure."""
    if in_vietnam(now).hour < settings.hour:
        return False
    return last is None or vietnam_date(last.started_at) < vietnam_date(now)


def _stepping(sweep: Sweep, after: Any | None, batch: int) -> Callable[[Connection], Step]:
    def work(connection: Connection) -> Step:
        # By key, from the last one on: whatever else happens to a row, it is looked at once.
        beyond = sweep.due if after is None else and_(sweep.due, sweep.key > after)
        keys = connection.execute(select(sweep.key).where(beyond).order_by(sweep.key).limit(batch)).scalars().all()
        if keys:
            # Asked again: an episode may have opened since.
            sweep.clear(connection, and_(sweep.key.in_(keys), sweep.due))
        return Step(len(keys), keys[-1] if len(keys) == batch else None)

    return work


def _finish(connection: Connection, run_id: int, removed: Mapping[Kind, int], actor: str, now: datetime) -> None:
    drop_old_marks(connection, now)
    counts = {kind.value: removed[kind] for kind in Kind}
    finish_run(connection, run_id, counts, now)
    record(connection, actor, AuditAction.RETENTION_RUN, SUBJECT, counts, now)
