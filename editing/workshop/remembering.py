"""An embedder that embeds no text twice while it remembers it."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from knowledge.embedding.embedder import Embedder

Vector = NDArray[np.float32]
REMEMBERED = 20_000
"""Some 30 MB: the questions of the gate, before and after, and the wordings of all drafts."""


class RememberingEmbedder:
    """Queries are remembered, the oldest forgotten first; passages are embedded once anyway. Safe between threads."""

    def __init__(self, embedder: Embedder, most: int = REMEMBERED) -> None:
        self._embedder = embedder
        self._most = most
        self._vectors: OrderedDict[str, Vector] = OrderedDict()
        self._lock = threading.Lock()

    @property
    def name(self) -> str:
        """See Embedder."""
        return self._embedder.name

    @property
    def dimensions(self) -> int:
        """See Embedder."""
        return self._embedder.dimensions

    def embed_queries(self, texts: Sequence[str]) -> Vector:
        """See Embedder."""
        return self._known_or(texts, self._embedder.embed_queries)

    def embed_passages(self, texts: Sequence[str]) -> Vector:
        """See Embedder."""
        return self._embedder.embed_passages(texts)

    def _known_or(self, texts: Sequence[str], embed: Callable[[Sequence[str]], Vector]) -> Vector:
        with self._lock:
            found = {text: self._vectors[text] for text in texts if text in self._vectors}
        unknown = [text for text in dict.fromkeys(texts) if text not in found]
        if unknown:
            found.update(zip(unknown, embed(unknown), strict=True))
        with self._lock:
            for text in texts:
                self._vectors[text] = found[text]
                self._vectors.move_to_end(text)
            while len(self._vectors) > self._most:
                self._vectors.popitem(last=False)
        return np.stack([found[text] for text in texts]) if texts else embed(texts)
