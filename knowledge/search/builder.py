"""Makes snapshots: of a set of passages, or of a content folder; embeds only what no earlier one holds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import vietnamese
from knowledge.embedding.embedder import Embedder
from knowledge.library import CONTENT_NAMES, load_documents
from knowledge.passage import Passage
from knowledge.pointer import CONTENT_FOLDER, current_id, make_current, snapshot_ids
from knowledge.search.content import NO_CONTENT, Content, read_content
from knowledge.search.errors import SnapshotError
from knowledge.search.expansions import Expansions, load_expansions
from knowledge.search.manifest import (
    FORMAT_VERSION,
    Manifest,
    code_digest,
    content_digest,
    read_manifest,
    verify_files,
)
from knowledge.search.snapshot import Snapshot, assemble
from knowledge.search.storage import load_known_vectors, only_one_writer, remove_old_snapshots, write_snapshot
from knowledge.search.syllable_table import LAW_TABLE, read_counts
from knowledge.search.vectors import KnownVectors, Progress, Rows, digest_of, embed_rows, rows_of

KEPT_SNAPSHOTS = 10
CONTENT_CHARACTERS = 8
VIETNAM = timezone(timedelta(hours=7))
CODE_FOLDERS = (Path(__file__).parent, Path(str(vietnamese.__file__)).parent)
"""Terms and views come from this code: an index made by other code is another index."""


@dataclass(frozen=True)
class Built:
    """A snapshot on disk; `is_new` is False when one of the same content was there already."""

    id: str
    passages: int
    embedded: int
    """Texts that no earlier snapshot held."""
    texts_total: int
    """What a snapshot made from nothing would embed."""
    is_new: bool


@dataclass(frozen=True)
class Source:
    """What a snapshot is made from: the passages, and the files that they were read from."""

    passages: Sequence[Passage]
    content: Content = NO_CONTENT


def no_progress(done: int, total: int) -> None:
    """For whoever does not want to be told."""


def build_candidate(
    content_folder: Path,
    embedder: Embedder,
    root: Path,
    now: datetime,
    progress: Progress = no_progress,
    bases: Iterable[str] = (),
) -> Built:
    """Writes the snapshot of a content folder, and does not switch to it.

    Vectors are taken over from the current snapshot and from those named in `bases`. Raises KnowledgeError, or
    ContentError naming every malformed place.
    """
    passages = load_documents(content_folder, now.astimezone(VIETNAM).date())
    content = read_content(content_folder, CONTENT_NAMES)
    source = Source(passages.passages(now.astimezone(VIETNAM).date()), content)
    return build(source, embedder, root, now, progress, bases)


def publish(
    passages: Sequence[Passage],
    embedder: Embedder,
    root: Path,
    now: datetime,
    progress: Progress = no_progress,
    content: Content = NO_CONTENT,
) -> Built:
    """Makes these passages the current snapshot under `root`; older ones are removed but for a few."""
    built = build(Source(passages, content), embedder, root, now, progress)
    make_current(root, built.id)
    remove_old_snapshots(root, KEPT_SNAPSHOTS)
    return built


def build(
    source: Source,
    embedder: Embedder,
    root: Path,
    now: datetime,
    progress: Progress = no_progress,
    bases: Iterable[str] = (),
) -> Built:
    """Writes a snapshot, unless one of the same content stands there. Several callers wait for each other.

    Raises `SnapshotError` when two passages have one id.
    """
    digests = {passage.id: passage.digest for passage in source.passages}
    if len(digests) != len(source.passages):
        raise SnapshotError(f"{len(source.passages) - len(digests)} passages have the id of another one")
    code = code_digest(CODE_FOLDERS)
    content = content_digest(embedder.name, digests, source.content.digests, code)
    rows = rows_of(source.passages)
    total = len(set(rows.texts)) + len(set(rows.questions))
    with only_one_writer(root):
        same = _same_content(root, content)
        if same is not None:
            return Built(same, len(source.passages), embedded=0, texts_total=total, is_new=False)
        snapshot_id = f"{now.astimezone(UTC):%Y%m%dT%H%M%S}-{content[:CONTENT_CHARACTERS]}"
        earlier = _usable_manifests(root, (*bases, *_current(root)))
        vectors, embedded = embed_rows(rows, embedder, _known_vectors(root, earlier, embedder.name), progress)
        expansions = _known_expansions(root, earlier, code)
        snapshot = assemble(snapshot_id, embedder.name, source.passages, vectors, read_counts(LAW_TABLE), expansions)
        beside = (
            lambda folder: source.content.copy_to(folder / CONTENT_FOLDER),
            lambda folder: expansions.save(folder, code),
        )
        write_snapshot(root, snapshot, _manifest(snapshot, content, now, rows), beside)
    return Built(snapshot_id, len(source.passages), embedded, total, is_new=True)


def _same_content(root: Path, content: str) -> str | None:
    """The newest undamaged snapshot of this content; the id of each ends with the beginning of its digest."""
    named = [one for one in snapshot_ids(root) if one.endswith(content[:CONTENT_CHARACTERS])]
    for snapshot_id in reversed(named):
        manifest = _usable_manifest(root / snapshot_id)
        if manifest is not None and manifest.content == content:
            return snapshot_id
    return None


def _usable_manifest(folder: Path) -> Manifest | None:
    """None for no snapshot, or a damaged one: then its vectors are made anew."""
    try:
        manifest = read_manifest(folder)
        verify_files(manifest, folder)
    except SnapshotError:
        return None
    return manifest


def _usable_manifests(root: Path, snapshot_ids: Iterable[str]) -> tuple[Manifest, ...]:
    """Each once."""
    found = (_usable_manifest(root / one) for one in dict.fromkeys(snapshot_ids))
    return tuple(manifest for manifest in found if manifest is not None)


def _known_vectors(root: Path, manifests: Iterable[Manifest], model: str) -> KnownVectors:
    """By digest of the text, of those snapshots that are of this model."""
    known = KnownVectors({}, {})
    for manifest in manifests:
        if manifest.model == model:
            found = load_known_vectors(root, manifest)
            known.texts.update(found.texts)
            known.questions.update(found.questions)
    return known


def _known_expansions(root: Path, manifests: Iterable[Manifest], code: str) -> Expansions:
    known: dict[str, str] = {}
    for manifest in manifests:
        known.update(load_expansions(root / manifest.id, code))
    return Expansions(known)


def _current(root: Path) -> Iterator[str]:
    try:
        yield current_id(root)
    except SnapshotError:
        return


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
