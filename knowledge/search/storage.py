"""Snapshots on disk: immutable folders `<id>/`, and `current`, a file that names the one in use.

A snapshot is written under a hidden name and renamed when it is whole; `current` is replaced in one step. So a reader
never sees half a snapshot, whatever kills the writer.
"""

from __future__ import annotations

import fcntl
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from knowledge.passage import Collection, Passage
from knowledge.search.dense import load_dense_index
from knowledge.search.errors import PUBLISH_COMMAND, SnapshotError
from knowledge.search.lexical import load_lexical_index
from knowledge.search.manifest import MANIFEST_FILE, Manifest, file_digests, read_manifest, verify_files, write_manifest
from knowledge.search.snapshot import Field, Form, Snapshot, lexical_keys
from knowledge.search.syllable_table import read_counts, write_counts
from knowledge.search.topic_space import load_topic_space

CURRENT_FILE = "current"
LOCK_FILE = ".lock"
PASSAGES_FILE = "passages.jsonl"
SYLLABLES_FILE = "syllables.txt"
DENSE_TEXTS, DENSE_QUESTIONS = "dense-texts", "dense-questions"


def write_snapshot(root: Path, snapshot: Snapshot, manifest: Manifest) -> Manifest:
    """Writes the folder and returns the manifest with the checksums of its files. Does not make it current."""
    working = root / f".{snapshot.id}.{os.getpid()}.part"
    shutil.rmtree(working, ignore_errors=True)
    working.mkdir(parents=True)
    _write_files(snapshot, working)
    complete = replace(manifest, files=file_digests(working))
    write_manifest(complete, working)
    # Only a damaged snapshot of the same second and content can stand there.
    shutil.rmtree(root / snapshot.id, ignore_errors=True)
    working.rename(root / snapshot.id)
    return complete


def load_snapshot(root: Path, snapshot_id: str | None = None) -> Snapshot:
    """The named snapshot, or the current one. Raises `SnapshotError` when it is missing or damaged."""
    folder = root / (snapshot_id or current_id(root))
    manifest = read_manifest(folder)
    verify_files(manifest, folder)
    passages = read_passages(folder)
    count = len(passages)
    return Snapshot(
        id=manifest.id,
        model=manifest.model,
        passages=passages,
        dense_texts=load_dense_index(folder / DENSE_TEXTS, count),
        dense_questions=load_dense_index(folder / DENSE_QUESTIONS, count),
        topic_space=load_topic_space(folder),
        lexical={key: load_lexical_index(folder / _lexical_name(*key), count) for key in lexical_keys()},
        syllables=read_counts(folder / SYLLABLES_FILE),
    )


def current_id(root: Path) -> str:
    """Raises `SnapshotError` when no snapshot was ever published."""
    path = root / CURRENT_FILE
    if not path.exists():
        raise SnapshotError(f"{root} holds no knowledge index yet; make one with: {PUBLISH_COMMAND}")
    return path.read_text(encoding="utf-8").strip()


def make_current(root: Path, snapshot_id: str) -> None:
    """Switches to a snapshot that is there, in one step. Raises `SnapshotError` when it is not."""
    if not (root / snapshot_id / MANIFEST_FILE).exists():
        known = ", ".join(snapshot_ids(root)) or "none"
        raise SnapshotError(f"{root} has no snapshot {snapshot_id}; it has: {known}")
    pointer = root / f".{CURRENT_FILE}.{os.getpid()}.part"
    pointer.write_text(f"{snapshot_id}\n", encoding="utf-8")
    pointer.replace(root / CURRENT_FILE)


def snapshot_ids(root: Path) -> tuple[str, ...]:
    """All finished snapshots, oldest first (an id begins with the time it was made)."""
    if not root.is_dir():
        return ()
    return tuple(sorted(path.parent.name for path in root.glob(f"[!.]*/{MANIFEST_FILE}")))


def remove_old_snapshots(root: Path, keep: int) -> tuple[str, ...]:
    """Ids of what was removed: all but the newest `keep` and the current one."""
    ids = snapshot_ids(root)
    removed = tuple(one for one in ids[: max(len(ids) - keep, 0)] if one != current_id(root))
    for one in removed:
        shutil.rmtree(root / one)
    return removed


@contextmanager
def only_one_writer(root: Path) -> Iterator[None]:
    """Waits while another process writes; the lock goes with the process, however it ends."""
    root.mkdir(parents=True, exist_ok=True)
    with (root / LOCK_FILE).open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def read_passages(folder: Path) -> tuple[Passage, ...]:
    """In the order of the snapshot."""
    lines = (folder / PASSAGES_FILE).read_text(encoding="utf-8").splitlines()
    return tuple(_passage(json.loads(line)) for line in lines)


def _write_files(snapshot: Snapshot, folder: Path) -> None:
    rows = [json.dumps(asdict(passage), ensure_ascii=False) for passage in snapshot.passages]
    (folder / PASSAGES_FILE).write_text("".join(f"{row}\n" for row in rows), encoding="utf-8")
    (folder / SYLLABLES_FILE).write_text(write_counts(snapshot.syllables), encoding="utf-8")
    snapshot.dense_texts.save(folder / DENSE_TEXTS)
    snapshot.dense_questions.save(folder / DENSE_QUESTIONS)
    snapshot.topic_space.save(folder)
    for key, index in snapshot.lexical.items():
        index.save(folder / _lexical_name(*key))


def _lexical_name(field: Field, form: Form) -> str:
    return f"lexical-{field}-{form}"


def _passage(row: dict[str, Any]) -> Passage:
    lists = {name: tuple(row[name]) for name in ("questions", "near_duplicates")}
    return Passage(**{**row, **lists, "collection": Collection(row["collection"])})
