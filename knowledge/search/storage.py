"""Snapshots on disk: immutable folders `<id>/`; knowledge/pointer.py says which one is in use.

A snapshot is written under a hidden name and renamed when it is whole and the disk has it, so a reader never sees half
a one, whatever kills the writer or the machine. It holds the documents that it was made from: an answer and what it
cites are always of one moment.
"""

from __future__ import annotations

import fcntl
import json
import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from collections.abc import Collection as Container
from contextlib import contextmanager
from dataclasses import asdict, replace
from datetime import date
from pathlib import Path
from typing import Any

from knowledge.durable import sync, sync_tree
from knowledge.passage import Collection, Passage
from knowledge.pointer import current_id, snapshot_ids
from knowledge.search.dense import load_dense_index
from knowledge.search.lexical import load_lexical_index
from knowledge.search.manifest import Manifest, file_digests, read_manifest, verify_files, write_manifest
from knowledge.search.snapshot import Field, Form, Snapshot, lexical_keys
from knowledge.search.syllable_table import read_counts, write_counts
from knowledge.search.topic_space import load_topic_space
from knowledge.search.vectors import KnownVectors

LOCK_FILE = ".lock"
PASSAGES_FILE = "passages.jsonl"
SYLLABLES_FILE = "syllables.txt"
Keeping = Callable[[Path], None]
"""Writes into the folder of a snapshot."""
DENSE_TEXTS, DENSE_QUESTIONS = "dense-texts", "dense-questions"


def write_snapshot(root: Path, snapshot: Snapshot, manifest: Manifest, beside: Iterable[Keeping] = ()) -> Manifest:
    """Writes the folder and returns the manifest with the checksums of its files. Does not make it current.

    `beside` writes what else is to be kept in it.
    """
    working = root / f".{snapshot.id}.{os.getpid()}.part"
    shutil.rmtree(working, ignore_errors=True)
    working.mkdir(parents=True)
    _write_files(snapshot, working)
    for keep in beside:
        keep(working)
    complete = replace(manifest, files=file_digests(working))
    write_manifest(complete, working)
    # Only a damaged snapshot of the same second and content can stand there.
    shutil.rmtree(root / snapshot.id, ignore_errors=True)
    sync_tree(working)
    working.rename(root / snapshot.id)
    sync(root)
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


def load_known_vectors(root: Path, manifest: Manifest) -> KnownVectors:
    """The vectors of a snapshot by digest of their text; nothing else of it is read."""
    folder, count = root / manifest.id, len(manifest.passages)
    texts, questions = (load_dense_index(folder / name, count).vectors() for name in (DENSE_TEXTS, DENSE_QUESTIONS))
    return KnownVectors(
        dict(zip(manifest.text_rows, texts, strict=True)), dict(zip(manifest.question_rows, questions, strict=True))
    )


def remove_old_snapshots(root: Path, keep: int, spare: Container[str] = ()) -> tuple[str, ...]:
    """Ids of what was removed: all but the newest `keep`, the current one, and those to spare."""
    ids = snapshot_ids(root)
    spared = {current_id(root), *spare}
    removed = tuple(one for one in ids[: max(len(ids) - keep, 0)] if one not in spared)
    for one in removed:
        # Under a hidden name first: killed in the middle, no half snapshot stays that one could go back to.
        hidden = root / f".{one}.{os.getpid()}.part"
        (root / one).rename(hidden)
        shutil.rmtree(hidden)
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
    rows = [json.dumps(asdict(passage), ensure_ascii=False, default=date.isoformat) for passage in snapshot.passages]
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
    days = {name: date.fromisoformat(row[name]) if row[name] else None for name in ("valid_from", "valid_to")}
    return Passage(**{**row, **lists, **days, "collection": Collection(row["collection"])})
