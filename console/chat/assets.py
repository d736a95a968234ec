"""Style sheets, scripts and images of the pages, read once and served under an address that names their digest."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

MEDIA_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
}
DIGEST_CHARACTERS = 12
CHAT_ROOT = "/static/chat"


@dataclass(frozen=True)
class Asset:
    content: bytes
    media_type: str


@dataclass(frozen=True)
class Assets:
    """One digest for all files below the address `root`: relative imports between scripts stay inside one version."""

    files: Mapping[str, Asset]
    digest: str
    root: str

    def path(self, name: str) -> str:
        """Address of a file on our own site. Raises KeyError for a file that does not exist."""
        if name not in self.files:
            raise KeyError(name)
        return f"{self.root}/{self.digest}/{name}"


def load_assets(folder: Path, root: str = CHAT_ROOT) -> Assets:
    """Reads every style sheet, script and image below `folder`; other kinds of file are left out."""
    files: dict[str, Asset] = {}
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.suffix not in MEDIA_TYPES or not path.is_file():
            continue
        name = path.relative_to(folder).as_posix()
        content = path.read_bytes()
        files[name] = Asset(content, MEDIA_TYPES[path.suffix])
        digest.update(name.encode())
        digest.update(content)
    return Assets(MappingProxyType(files), digest.hexdigest()[:DIGEST_CHARACTERS], root)
