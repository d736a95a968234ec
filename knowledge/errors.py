"""What can go wrong in the knowledge room, for the person who runs a command or an import."""

from __future__ import annotations


class KnowledgeError(Exception):
    """Shown as it is: says what is wrong with which file, model or index, and the command that mends it."""
