"""What can go wrong with the index. The messages are shown to the person who runs a command."""

from __future__ import annotations

from knowledge.errors import KnowledgeError

PUBLISH_COMMAND = "bhxh knowledge publish"


class SnapshotError(KnowledgeError):
    """A snapshot is missing, damaged, or made for another model or version; its message names the mending command."""
