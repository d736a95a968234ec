"""The readable files that a snapshot is made from, and keeps."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True)
class Content:
    """`names` are the files and folders of `folder` that belong to it; what is not there is left out."""

    folder: Path
    names: tuple[str, ...]
    digests: Mapping[str, str] = field(default_factory=dict)
    """Path relative to the folder → SHA-256, as the files were when they were read."""

    def copy_to(self, target: Path) -> None:
        """Makes the folder, also when there is nothing to copy."""
        target.mkdir(parents=True)
        for name in self.digests:
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(self.folder / name, target / name)


NO_CONTENT = Content(Path(), ())


def read_content(folder: Path, names: tuple[str, ...]) -> Content:
    """Readable files only: caches and what editors leave beside them do not count."""
    digests = {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in _files(folder, names)
    }
    return Content(folder, names, digests)


SUFFIXES = (".yml", ".txt")


def _files(folder: Path, names: tuple[str, ...]) -> Iterator[Path]:
    for name in names:
        path = folder / name
        found = sorted(path.iterdir()) if path.is_dir() else [path]
        yield from (file for file in found if file.is_file() and file.suffix in SUFFIXES)
