"""How alike two citizens' questions are in meaning, in the terms of the live base."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from editing.gaps.meaning import Vectors, unit
from knowledge.embedding.embedder import Embedder
from knowledge.search.query import understand
from knowledge.search.snapshot import Snapshot


@dataclass(frozen=True)
class TopicMeaning:
    """In the space that tells the base's topics apart: the model itself puts all questions about insurance close.

    Measured on the wordings of entries that the space had not seen, at 0.42: 59 % of the pairs put together belong
    together, 88 % of the questions stand with their like; with the bare cosine no threshold gave more than 62 %.
    """

    embedder: Embedder
    snapshot: Snapshot

    @property
    def model(self) -> str:
        """See Meaning."""
        return self.embedder.name[:64]

    def vectors(self, texts: Sequence[str]) -> Vectors:
        """See Meaning. Questions typed without diacritics get them back first, as in a search."""
        restorer = self.snapshot.restorer()
        return self.embedder.embed_queries([understand(text, restorer).dense_text for text in texts])

    def compared(self, vectors: Vectors) -> Vectors:
        """See Meaning."""
        space = self.snapshot.topic_space
        return unit(np.asarray(np.dot(vectors - space.mean, space.projection), dtype=np.float32))
