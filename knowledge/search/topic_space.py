"""A space in which the questions of one passage lie close together and apart from those of the others.

The embedding model puts all questions about insurance into one narrow cone. Within-class whitening (the first half of
linear discriminant analysis) stretches the directions in which passages differ and shrinks those in which wordings
of one question differ; each passage is then one point, the mean of its questions. Made anew with each snapshot.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float32]
SHRINKAGE = 1.0
"""Share of the mean variance added to each direction: passages have few questions, so their spread is uncertain."""
FILE = "topic-space.npz"
SMALLEST = 1e-9


@dataclass(frozen=True)
class TopicSpace:
    """`centres` has a row for each passage, length 1, or 0 for a passage without any vector."""

    mean: Matrix
    projection: Matrix
    centres: Matrix

    def scores(self, query: Matrix) -> Matrix:
        """Cosine of the question with each passage's centre, -1 to 1."""
        shifted: Matrix = np.asarray(np.dot(query - self.mean, self.projection), dtype=np.float32)
        return np.asarray(np.dot(self.centres, _unit(shifted)), dtype=np.float32)

    def save(self, folder: Path) -> None:
        """One file without pickles."""
        np.savez(folder / FILE, mean=self.mean, projection=self.projection, centres=self.centres)


def load_topic_space(folder: Path) -> TopicSpace:
    """What `save` wrote."""
    with np.load(folder / FILE, allow_pickle=False) as arrays:
        return TopicSpace(arrays["mean"], arrays["projection"], arrays["centres"])


def build_topic_space(
    questions: Matrix, question_owners: Sequence[int], texts: Matrix, text_owners: Sequence[int], passages: int
) -> TopicSpace:
    """A passage without questions is placed by its texts, after the difference of the two kinds is taken out."""
    kinds = [_centred(questions), _centred(texts)]
    owners = [np.asarray(question_owners, dtype=np.int64), np.asarray(text_owners, dtype=np.int64)]
    projection = within_class_whitening(kinds[0], owners[0])
    centres = np.zeros((passages, projection.shape[0]), dtype=np.float32)
    for vectors, of in zip(reversed(kinds), reversed(owners), strict=True):
        found, means = _means(vectors, of)
        centres[found] = _units(means @ projection)
    return TopicSpace(_mean(questions if len(questions) else texts), projection, centres)


def within_class_whitening(vectors: Matrix, owners: NDArray[np.int64]) -> Matrix:
    """Symmetric; the unit matrix when no passage has two vectors that differ."""
    found, means = _means(vectors, owners)
    residuals = vectors - means[np.searchsorted(found, owners)]
    covariance = residuals.T @ residuals / max(len(residuals), 1)
    variances, directions = np.linalg.eigh(covariance.astype(np.float64))
    if variances.mean() < SMALLEST:
        return np.eye(vectors.shape[1], dtype=np.float32)
    shrunk = np.maximum(variances, 0.0) + SHRINKAGE * variances.mean()
    return np.asarray(directions / np.sqrt(shrunk) @ directions.T, dtype=np.float32)


def _means(vectors: Matrix, owners: NDArray[np.int64]) -> tuple[NDArray[np.int64], Matrix]:
    """Owners that have vectors, ascending, and the mean of the vectors of each."""
    found, places, counts = np.unique(owners, return_inverse=True, return_counts=True)
    sums = np.zeros((len(found), vectors.shape[1]), dtype=np.float64)
    np.add.at(sums, places, vectors)
    return found, np.asarray(sums / counts[:, None], dtype=np.float32)


def _centred(vectors: Matrix) -> Matrix:
    return np.asarray(vectors - _mean(vectors), dtype=np.float32)


def _mean(vectors: Matrix) -> Matrix:
    if not len(vectors):
        return np.zeros(vectors.shape[1], dtype=np.float32)
    return np.asarray(vectors.mean(axis=0), dtype=np.float32)


def _units(vectors: Matrix) -> Matrix:
    lengths = np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), SMALLEST)
    return np.asarray(vectors / lengths, dtype=np.float32)


def _unit(vector: Matrix) -> Matrix:
    return np.asarray(vector / max(float(np.linalg.norm(vector)), SMALLEST), dtype=np.float32)
