"""Texts with their abbreviations written out: most of the work of a build, hence kept for the next one."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path

from vietnamese.expansion import expand

FILE = "expanded.json"


class Expansions:
    """Writes each text out once. `known` are texts by the digest of what they were, made by the same code."""

    def __init__(self, known: Mapping[str, str] | None = None) -> None:
        self._known = dict(known or {})
        self._used: dict[str, str] = {}

    def of(self, text: str) -> str:
        """The likeliest reading."""
        digest = hashlib.sha256(text.encode()).hexdigest()
        if digest not in self._used:
            known = self._known.get(digest)
            self._used[digest] = expand(text).text if known is None else known
        return self._used[digest]

    def save(self, folder: Path, code: str) -> None:
        """What was asked for, with the digest of the code that wrote it out."""
        text = json.dumps({"code": code, "texts": self._used}, ensure_ascii=False)
        (folder / FILE).write_text(text, encoding="utf-8")


def load_expansions(folder: Path, code: str) -> Mapping[str, str]:
    """What `save` wrote; empty when it was written by other code, or not at all."""
    path = folder / FILE
    if not path.exists():
        return {}
    found = json.loads(path.read_text(encoding="utf-8"))
    texts: Mapping[str, str] = found["texts"] if found["code"] == code else {}
    return texts
