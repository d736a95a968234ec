"""Makes a set of passages the current snapshot."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import vietnamese
from knowledge.embedding.embedder import Embedder
from knowledge.passage import Passage
from knowledge.search.errors import SnapshotError
from knowledge.search.manifest import FORMAT_VERSION, Manifest, content_digest, read_manifest, verify_files
from knowledge.search.snapshot import Snapshot, assemble
from knowledge.search.storage import (
    current_id,
    load_snapshot,
    make_current,
    only_one_writer,
    remove_old_snapshots,
    write_snapshot,
)
from knowledge.search.syllable_table import LAW_TABLE, read_counts
from knowledge.search.vectors import KnownVectors, Progress, Rows, digest_of, embed_rows, rows_of

KEPT_SNAPSHOTS = 10
CONTENT_CHARACTERS = 8
CODE_FOLDERS = (Path(__file__).parent, Path(str(vietnamese.__file__)).parent)
"""Terms and views come from this code: an index made by other code is another index."""


@dataclass(frozen=True)
class Published:
    """What `publish` did; `is_new` is False when the current snapshot held the same already."""

    id: str
    passages: int
    embedded: int
    """Texts that the snapshot before did not hold."""
    is_new: bool


def publish(
    passages: Sequence[Passage],
    embedder: Embedder,
    root: Path,
    now: datetime,
    progress: Progress = lambda done, total: None,
) -> Published:
    """Makes these passages the current snapshot under `root`. Several callers at a time wait for each other.

    Raises `SnapshotError` when two passages have one id.
    """
    digests = {passage.id: passage.digest for passage in passages}
    if len(digests) != len(passages):
        raise SnapshotError(f"{len(passages) - len(digests)} passages have the id of another one")
    content = content_digest(embedder.name, digests, CODE_FOLDERS)
    with only_one_writer(root):
        current = _usable_manifest(root)
        if current is not None and current.content == content:
            return Published(current.id, len(passages), embedded=0, is_new=False)
        snapshot_id = f"{now.astimezone(UTC):%Y%m%dT%H%M%S}-{content[:CONTENT_CHARACTERS]}"
        rows = rows_of(passages)
        vectors, embedded = embed_rows(rows, embedder, _known_vectors(root, current, embedder.name), progress)
        snapshot = assemble(snapshot_id, embedder.name, passages, vectors, read_counts(LAW_TABLE))
        write_snapshot(root, snapshot, _manifest(snapshot, content, now, rows))
        make_current(root, snapshot_id)
        remove_old_snapshots(root, KEPT_SNAPSHOTS)
    return Published(snapshot_id, len(passages), embedded, is_new=True)


def _usable_manifest(root: Path) -> Manifest | None:
    """None when there is no current snapshot, or a damaged one: then everything is made anew."""
    try:
        folder = root / current_id(root)
        manifest = read_manifest(folder)
        verify_files(manifest, folder)
    except SnapshotError:
        return None
    return manifest


def _known_vectors(root: Path, manifest: Manifest | None, model: str) -> KnownVectors:
    """By digest of the text; none when the current snapshot is of another model."""
    if manifest is None or manifest.model != model:
        return KnownVectors({}, {})
    snapshot = load_snapshot(root, manifest.id)
    return KnownVectors(
        dict(zip(manifest.text_rows, snapshot.dense_texts.vectors(), strict=True)),
        dict(zip(manifest.question_rows, snapshot.dense_questions.vectors(), strict=True)),
    )


def _manifest(snapshot: Snapshot, content: str, now: datetime, rows: Rows) -> Manifest:
    return Manifest(
        id=snapshot.id,
        format_version=FORMAT_VERSION,
        created_at=now.astimezone(UTC).isoformat(timespec="seconds"),
        model=snapshot.model,
        content=content,
        passages={passage.id: passage.digest for passage in snapshot.passages},
        text_rows=tuple(map(digest_of, rows.texts)),
        question_rows=tuple(map(digest_of, rows.questions)),
        files={},
    )
