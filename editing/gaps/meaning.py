"""What sorting needs of a model: vectors of questions, and how to compare them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]
SMALLEST = 1e-9


class Meaning(Protocol):
    """Vectors are kept as the model makes them; only what is compared depends on the base."""

    @property
    def model(self) -> str:
        """Vectors of two models must never be compared."""

    def vectors(self, texts: Sequence[str]) -> Vectors:
        """A row for each text."""

    def compared(self, vectors: Vectors) -> Vectors:
        """The same rows, turned so that their dot product says how alike they are; length 1."""


def unit(rows: Vectors) -> Vectors:
    """Each row with length 1."""
    lengths = np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), SMALLEST)
    return np.asarray(rows / lengths, dtype=np.float32)
