"""Cosines by FAISS; several vectors may belong to one passage, which scores as its nearest."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import faiss
import numpy as np
from numpy.typing import NDArray

OWNERS_FILE = "owners.npy"
INDEX_FILE = "vectors.faiss"
NOT_FOUND = 0.0


class DenseIndex:
    """Exact inner products of vectors of length 1; `owners[i]` is the number of the passage of vector i."""

    def __init__(self, index: faiss.Index, owners: NDArray[np.int32], passages: int) -> None:
        self._index = index
        self._owners = owners
        self._passages = passages

    def scores(self, query: NDArray[np.float32]) -> NDArray[np.float32]:
        """One cosine for each passage; 0 for a passage without a vector."""
        best = np.full(self._passages, NOT_FOUND, dtype=np.float32)
        if self._index.ntotal:
            np.maximum.at(best, self._owners, _view(self._index) @ query)
        return best

    def vectors(self) -> NDArray[np.float32]:
        """All vectors, in the order they were added."""
        return np.asarray(self._index.reconstruct_n(0, self._index.ntotal), dtype=np.float32)

    def save(self, folder: Path) -> None:
        """FAISS's own file beside the owners."""
        folder.mkdir(parents=True)
        faiss.write_index(self._index, str(folder / INDEX_FILE))
        np.save(folder / OWNERS_FILE, self._owners)


def _view(index: faiss.Index) -> NDArray[np.float32]:
    """The vectors as the index holds them: its own search for all neighbours would sort what nobody wants in order."""
    vectors: NDArray[np.float32] = faiss.rev_swig_ptr(index.get_xb(), index.ntotal * index.d)  # type: ignore[attr-defined]
    return vectors.reshape(index.ntotal, index.d)


def build_dense_index(vectors: NDArray[np.float32], owners: Sequence[int], passages: int) -> DenseIndex:
    """`vectors` has one row for each owner."""
    index = faiss.IndexFlatIP(vectors.shape[1])
    index.add(np.ascontiguousarray(vectors, dtype=np.float32))
    return DenseIndex(index, np.array(owners, dtype=np.int32), passages)


def load_dense_index(folder: Path, passages: int) -> DenseIndex:
    """What `save` wrote."""
    owners = np.load(folder / OWNERS_FILE, allow_pickle=False)
    return DenseIndex(faiss.read_index(str(folder / INDEX_FILE)), owners, passages)
