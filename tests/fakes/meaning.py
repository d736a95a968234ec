"""What questions mean to the fake embedder."""

import numpy as np

from editing.gaps.meaning import unit
from knowledge.embedding.fake import FakeEmbedder


class PlainMeaning:
    model = "fake"

    def vectors(self, texts):
        return FakeEmbedder().embed_queries(list(texts))

    def compared(self, vectors):
        return unit(np.asarray(vectors, dtype=np.float32))
