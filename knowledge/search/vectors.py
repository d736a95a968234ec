"""Vectors of all passages, embedding only the texts that an earlier snapshot does not hold."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from knowledge.embedding.embedder import Embedder
from knowledge.passage import Passage
from knowledge.search.snapshot import PassageVectors
from knowledge.search.views import views_of

BATCH_SIZE = 32
DIGEST_CHARACTERS = 20
Progress = Callable[[int, int], None]
"""Called with (texts embedded, texts to embed)."""
Embed = Callable[[Sequence[str]], NDArray[np.float32]]
Vectors = dict[str, NDArray[np.float32]]
"""Digest of a text → its vector."""


@dataclass(frozen=True)
class Rows:
    """The text behind each vector, in the order of the passages."""

    texts: tuple[str, ...]
    questions: tuple[str, ...]


@dataclass(frozen=True)
class KnownVectors:
    """What need not be embedded again."""

    texts: Vectors
    questions: Vectors


def rows_of(passages: Iterable[Passage]) -> Rows:
    """Texts to embed as passages, and as queries."""
    views = [views_of(passage) for passage in passages]
    return Rows(tuple(t for one in views for t in one.texts), tuple(q for one in views for q in one.questions))


def embed_rows(rows: Rows, embedder: Embedder, known: KnownVectors, progress: Progress) -> tuple[PassageVectors, int]:
    """All vectors, and how many of them were not known."""
    texts = _unknown(rows.texts, known.texts)
    questions = _unknown(rows.questions, known.questions)
    total = len(texts) + len(questions)
    fresh_texts = _in_batches(texts, embedder.embed_passages, lambda done: progress(done, total))
    fresh_questions = _in_batches(questions, embedder.embed_queries, lambda done: progress(len(texts) + done, total))
    vectors = PassageVectors(
        _stack(rows.texts, {**known.texts, **fresh_texts}, embedder.dimensions),
        _stack(rows.questions, {**known.questions, **fresh_questions}, embedder.dimensions),
    )
    return vectors, total


def digest_of(text: str) -> str:
    """Short enough for a manifest of thousands."""
    return hashlib.sha256(text.encode()).hexdigest()[:DIGEST_CHARACTERS]


def _unknown(texts: Iterable[str], known: Vectors) -> list[str]:
    """Each once; shortest first, because a batch costs as much as its longest text."""
    return sorted((text for text in dict.fromkeys(texts) if digest_of(text) not in known), key=len)


def _in_batches(texts: Sequence[str], embed: Embed, on_progress: Callable[[int], None]) -> Vectors:
    vectors: Vectors = {}
    for start in range(0, len(texts), BATCH_SIZE):
        batch = texts[start : start + BATCH_SIZE]
        vectors.update(zip(map(digest_of, batch), embed(batch), strict=True))
        on_progress(start + len(batch))
    return vectors


def _stack(texts: Sequence[str], vectors: Vectors, dimensions: int) -> NDArray[np.float32]:
    if not texts:
        return np.zeros((0, dimensions), dtype=np.float32)
    return np.stack([vectors[digest_of(text)] for text in texts])
