"""What can be wrong with a directive that is to be imported."""

from __future__ import annotations

from knowledge.errors import KnowledgeError


class DirectiveError(KnowledgeError):
    """The file cannot be read as an official document; the message names the file or line and is shown to editors."""
