"""Digest of the text rules, for Rasa's training cache.

The cache hashes only the source of a component's class (rasa/engine/training/fingerprinting.py), so a changed
lexicon in `vietnamese/` would look like "nothing changed" and the old model would be served.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

PROJECT_ROOT = Path(__file__).resolve().parents[2]


def text_rules_digest(root: Path = PROJECT_ROOT) -> str:
    """SHA-256 over names and contents of all modules that decide how a text is read, hexadecimal."""
    digest = hashlib.sha256()
    for path in sorted([*(root / "vietnamese").rglob("*.py"), *(root / "bot" / "components").glob("*.py")]):
        digest.update(path.relative_to(root).as_posix().encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()
