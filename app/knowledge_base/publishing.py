"""From the project's files to the live release: take over, build, switch; each part can be repeated."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from shutil import copyfile
from tempfile import TemporaryDirectory

from sqlalchemy import Connection, Engine, update

from desk.database import reading, writing
from editing.actor import Actor
from editing.errors import EditingError
from editing.files.stored import write_content
from editing.files.sync import SyncReport, remember_files, sync_files
from editing.pointer import reconcile
from editing.release import Release, ReleaseKind, ReleaseState, knowledge_releases
from editing.release_store import change_release, existing_release, live_release
from editing.releasing import publish, request_release
from knowledge.embedding.embedder import Embedder
from knowledge.library import GOLDEN_FILE
from knowledge.search.builder import Built, build_candidate

LEASE = timedelta(minutes=30)
"""Of a build at a terminal; after that a workshop may take it."""
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class PublishingGround:
    """The project's files, the folder of snapshots, and the model."""

    content: Path
    index: Path
    embedder: Embedder


@dataclass(frozen=True)
class PublishedBase:
    """`release` is live now; `built` its snapshot, which is not new where nothing was changed."""

    release: Release
    built: Built
    report: SyncReport


def publish_base(
    engine: Engine, ground: PublishingGround, actor: Actor, clock: Callable[[], datetime], progress: Progress
) -> PublishedBase:
    """Takes over what changed in the files, and makes the snapshot of what is live then.

    Raises KnowledgeError for files that cannot be read, EditingError when somebody else published meanwhile; what was
    live stays live then.
    """
    with writing(engine) as connection:
        report = sync_files(connection, ground.content, actor, clock(), dry_run=False)
        release = _wished(connection, report, actor, clock())
    try:
        built = _build(engine, ground, release, report, clock(), progress)
    except BaseException:
        _give_up(engine, release)
        raise
    with writing(engine) as connection:
        live = _switch(connection, existing_release(connection, release.id), built, actor, clock())
        remember_files(connection, report)
    with reading(engine) as connection:
        reconcile(connection, ground.index)
    return PublishedBase(live, built, report)


def _wished(connection: Connection, report: SyncReport, actor: Actor, now: datetime) -> Release:
    """The release to build, taken before any workshop can; the live one where the files say nothing new."""
    if not report.version_ids:
        live = live_release(connection)
        if live is None:
            raise EditingError("no release is live; start the product once with `bhxh up`")
        return live
    wish = request_release(connection, report.version_ids, actor, now, ReleaseKind.FILES)
    claimed = {"state": ReleaseState.BUILDING.value, "owner": f"{actor.name}:{os.getpid()}", "started_at": now}
    return change_release(connection, wish, {**claimed, "lease_until": now + LEASE})


def _build(
    engine: Engine,
    ground: PublishingGround,
    release: Release,
    report: SyncReport,
    now: datetime,
    progress: Progress,
) -> Built:
    """Topics and places are already those that the database will have once it is live."""
    places = {name: filed.first for name, filed in report.taken.items()}
    with TemporaryDirectory(prefix=".content-") as name:
        folder = Path(name)
        with reading(engine) as connection:
            write_content(connection, release, folder, places)
        golden = ground.content / GOLDEN_FILE
        if golden.exists():
            copyfile(golden, folder / GOLDEN_FILE)
        return build_candidate(folder, ground.embedder, ground.index, now, progress)


def _switch(connection: Connection, release: Release, built: Built, actor: Actor, now: datetime) -> Release:
    if release.state is ReleaseState.LIVE:
        columns = knowledge_releases.c
        same = (columns.id == release.id, columns.state == ReleaseState.LIVE.value)
        connection.execute(update(knowledge_releases).where(*same).values(snapshot_id=built.id))
        return existing_release(connection, release.id)
    made = {"snapshot_id": built.id, "texts_embedded": built.embedded, "texts_total": built.texts_total}
    ended = {"state": ReleaseState.READY.value, "ready_at": now, "owner": "", "lease_until": None}
    ready = change_release(connection, release, {**made, **ended})
    return publish(connection, ready.id, actor, now)


def _give_up(engine: Engine, release: Release) -> None:
    """The versions wait; the next try finds them."""
    if release.state is not ReleaseState.BUILDING:
        return
    with writing(engine) as connection:
        found = existing_release(connection, release.id)
        if found.state is ReleaseState.BUILDING:
            change_release(connection, found, {"state": ReleaseState.DISCARDED.value, "owner": ""})
