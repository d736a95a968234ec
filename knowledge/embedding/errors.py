"""What can go wrong with the embedding model. The messages are shown to the person who runs a command."""

from __future__ import annotations

from knowledge.errors import KnowledgeError


class EmbeddingError(KnowledgeError):
    """Base of this package's errors; its message names what to do."""


class ModelFileError(EmbeddingError):
    """The model file is missing, damaged, or not the one that was pinned."""


class DownloadError(EmbeddingError):
    """The package that carries the weights could not be fetched."""
