"""What the index and the retriever need of an embedding model."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray


class Embedder(Protocol):
    """Texts to vectors of length 1, so that the dot product of two is their cosine."""

    @property
    def name(self) -> str:
        """Model and version: vectors of one name must never be mixed with those of another."""

    @property
    def dimensions(self) -> int:
        """Length of a vector."""

    def embed_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Shape (len(texts), dimensions)."""

    def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Shape (len(texts), dimensions)."""
