"""Do passages find themselves: by their own questions, and by each one while it is left out of the index?"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from knowledge.embedding.embedder import Embedder
from knowledge.passage import Collection, Passage
from knowledge.search.diacritics import SyllableCounts
from knowledge.search.ranking import says_the_same
from knowledge.search.retriever import Retriever
from knowledge.search.snapshot import assemble
from knowledge.search.vectors import KnownVectors, embed_rows, rows_of
from knowledge.settings import SearchSettings
from vietnamese.accents import strip_accents

SNAPSHOT_ID = "held-out"
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Asked:
    """One question, the passage it belongs to, and the passage that came first."""

    question: str
    expected: Passage
    found: Passage | None

    @property
    def is_right(self) -> bool:
        """The passage itself came first, or one that says the same."""
        return self.found is not None and says_the_same(self.found, self.expected)


@dataclass(frozen=True)
class SelfRetrieval:
    """Every question with its diacritics and without them."""

    own: tuple[Asked, ...]
    """Titles of FAQ entries, and all sample questions, while all of them are in the index."""
    held_out: tuple[Asked, ...]
    """Sample questions, each while it was not in the index."""


def share_right(asked: Iterable[Asked]) -> float:
    """0.0 when nothing was asked."""
    asked = tuple(asked)
    return sum(one.is_right for one in asked) / len(asked) if asked else 0.0


class HeldOutIndexes:
    """Indexes in memory, each without one sample question of every passage; each text is embedded once."""

    def __init__(
        self, passages: Sequence[Passage], embedder: Embedder, settings: SearchSettings, syllables: SyllableCounts
    ) -> None:
        self.passages = tuple(passages)
        self._embedder = RememberingEmbedder(embedder)
        self._settings = settings
        self._syllables = syllables

    @property
    def rounds(self) -> int:
        """The most sample questions that a passage has."""
        return max((len(passage.questions) for passage in self.passages), default=0)

    def retriever(self, left_out: int | None) -> Retriever:
        """Over all passages, without sample question `left_out` of each (None: with all of them)."""
        passages = self.passages if left_out is None else tuple(without(p, left_out) for p in self.passages)
        vectors, _ = embed_rows(rows_of(passages), self._embedder, KnownVectors({}, {}), lambda done, total: None)
        snapshot = assemble(SNAPSHOT_ID, self._embedder.name, passages, vectors, self._syllables)
        return Retriever(snapshot, self._embedder, self._settings)


def retrieve_themselves(
    indexes: HeldOutIndexes, collection: Collection, on_progress: Progress = lambda done, total: None
) -> SelfRetrieval:
    """One round with everything in the index, then one without the first sample questions, and so on."""
    passages = [one for one in indexes.passages if one.collection is collection and one.answerable]
    own = _ask(indexes.retriever(None), ((one, question) for one in passages for question in own_questions(one)))
    held_out: list[Asked] = []
    for number in range(indexes.rounds):
        on_progress(number, indexes.rounds)
        pairs = ((one, one.questions[number]) for one in passages if number < len(one.questions))
        held_out += _ask(indexes.retriever(number), pairs)
    on_progress(indexes.rounds, indexes.rounds)
    return SelfRetrieval(tuple(own), tuple(held_out))


def own_questions(passage: Passage) -> tuple[str, ...]:
    """The title of a FAQ entry is a question, that of a section is not."""
    return (passage.title, *passage.questions) if passage.collection is Collection.FAQ else passage.questions


def spellings(question: str) -> tuple[str, ...]:
    """As written, and without diacritics when that differs."""
    return tuple(dict.fromkeys((question, strip_accents(question))))


def without(passage: Passage, number: int) -> Passage:
    """The same passage without one of its sample questions; a shorter list stays as it is."""
    return replace(passage, questions=passage.questions[:number] + passage.questions[number + 1 :])


class RememberingEmbedder:
    """Embeds each text once."""

    def __init__(self, embedder: Embedder) -> None:
        self.name = embedder.name
        self.dimensions = embedder.dimensions
        self._embedder = embedder
        self._queries: dict[str, NDArray[np.float32]] = {}
        self._texts: dict[str, NDArray[np.float32]] = {}

    def embed_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """As the embedder it holds."""
        return self._remember(texts, self._queries, self._embedder.embed_queries)

    def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """As the embedder it holds."""
        return self._remember(texts, self._texts, self._embedder.embed_passages)

    def _remember(
        self,
        texts: Sequence[str],
        known: dict[str, NDArray[np.float32]],
        embed: Callable[[Sequence[str]], NDArray[np.float32]],
    ) -> NDArray[np.float32]:
        missing = [text for text in dict.fromkeys(texts) if text not in known]
        known.update(zip(missing, embed(missing), strict=True))
        if not texts:
            return np.zeros((0, self.dimensions), dtype=np.float32)
        return np.stack([known[text] for text in texts])


def _ask(retriever: Retriever, pairs: Iterable[tuple[Passage, str]]) -> Iterator[Asked]:
    for passage, typed in pairs:
        for question in spellings(typed):
            hits = retriever.search(question, passage.collection, limit=1).hits
            yield Asked(question, passage, hits[0].passage if hits else None)
