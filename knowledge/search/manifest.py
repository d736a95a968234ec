"""`manifest.json` of a snapshot: what it was made from, and the checksum of each of its files."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from knowledge.search.errors import PUBLISH_COMMAND, SnapshotError

MANIFEST_FILE = "manifest.json"
CODE_SUFFIXES = (".py", ".txt", ".yml")
FORMAT_VERSION = 3
"""Raised when a snapshot of an older version cannot be searched by this code, or would hold other vectors."""


@dataclass(frozen=True)
class Manifest:
    """`content` is a digest of all that went in: equal content needs no new snapshot."""

    id: str
    format_version: int
    created_at: str
    model: str
    content: str
    passages: Mapping[str, str]
    """Id → digest, in the order of the snapshot."""
    text_rows: tuple[str, ...]
    """Digest of the text behind each vector of `dense-texts`, so that the next snapshot can take it over."""
    question_rows: tuple[str, ...]
    """The same of `dense-questions`."""
    files: Mapping[str, str]
    """Name → SHA-256."""


def content_digest(model: str, passages: Mapping[str, str], files: Mapping[str, str], code: str) -> str:
    """Of the passages, the files they come from, the model, and the code (its digest) that makes terms and views."""
    parts = [FORMAT_VERSION, model, list(passages.items()), list(files.items()), code]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def code_digest(folders: Iterable[Path]) -> str:
    """Of the modules and tables in the folders."""
    hasher = hashlib.sha256()
    for folder in folders:
        for path in sorted(path for path in folder.rglob("*") if path.suffix in CODE_SUFFIXES):
            hasher.update(path.read_bytes())
    return hasher.hexdigest()


def file_digests(folder: Path) -> dict[str, str]:
    """Of all files but the manifest, names relative to the folder."""
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path.name != MANIFEST_FILE)
    return {path.relative_to(folder).as_posix(): _digest(path) for path in files}


def write_manifest(manifest: Manifest, folder: Path) -> None:
    """Readable JSON."""
    text = json.dumps(asdict(manifest), ensure_ascii=False, indent=1)
    (folder / MANIFEST_FILE).write_text(text + "\n", encoding="utf-8")


def read_manifest(folder: Path) -> Manifest:
    """Raises `SnapshotError` when it is missing, damaged, or of another format version."""
    path = folder / MANIFEST_FILE
    try:
        row = json.loads(path.read_text(encoding="utf-8"))
        if row["format_version"] != FORMAT_VERSION:
            raise SnapshotError(
                f"{folder} has format version {row['format_version']}, this program reads {FORMAT_VERSION}; "
                f"make a new one with: {PUBLISH_COMMAND}"
            )
        row.update({name: tuple(row[name]) for name in ("text_rows", "question_rows")})
        return Manifest(**row)
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise SnapshotError(
            f"{path} cannot be read ({error!r}); make a new snapshot with: {PUBLISH_COMMAND}"
        ) from error


def verify_files(manifest: Manifest, folder: Path) -> None:
    """Raises `SnapshotError` naming the first file that is missing or changed."""
    found = file_digests(folder)
    for name, digest in manifest.files.items():
        if found.get(name) != digest:
            state = "changed" if name in found else "missing"
            raise SnapshotError(f"{folder / name} is {state}; make a new snapshot with: {PUBLISH_COMMAND}")


def is_whole(folder: Path) -> bool:
    """Whether a snapshot is there with all its files as they were written; reads every byte of them."""
    try:
        verify_files(read_manifest(folder), folder)
    except (SnapshotError, OSError):
        return False
    return True


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
