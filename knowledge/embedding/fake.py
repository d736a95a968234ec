"""A deterministic embedder without a model: texts that share syllables are near each other."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from vietnamese.accents import strip_accents

FAKE_DIMENSIONS = 256


class FakeEmbedder:
    """A hashed bag of accent-free syllables, for tests; queries and passages alike."""

    def __init__(self, dimensions: int = FAKE_DIMENSIONS) -> None:
        self.name = f"fake-{dimensions}"
        self.dimensions = dimensions

    def embed_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Shape (len(texts), dimensions), length 1; a text without syllables gives the first axis."""
        return np.stack([self._embed(text) for text in texts]) if texts else np.zeros((0, self.dimensions), np.float32)

    def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """The same vectors as `embed_queries`."""
        return self.embed_queries(texts)

    def _embed(self, text: str) -> NDArray[np.float32]:
        vector = np.zeros(self.dimensions, dtype=np.float32)
        for syllable in strip_accents(text.lower()).split():
            digest = hashlib.blake2b(syllable.encode(), digest_size=4).digest()
            vector[int.from_bytes(digest, "little") % self.dimensions] += 1.0
        if not vector.any():
            vector[0] = 1.0
        return np.asarray(vector / np.linalg.norm(vector), dtype=np.float32)
