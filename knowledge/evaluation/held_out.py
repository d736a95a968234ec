"""Do FAQ entries find themselves: by their own questions, and by each alternate while it is left out of the index?"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from knowledge.embedding.embedder import Embedder
from knowledge.passage import Collection, Passage
from knowledge.search.diacritics import SyllableCounts
from knowledge.search.retriever import Retriever
from knowledge.search.snapshot import assemble
from knowledge.search.vectors import KnownVectors, embed_rows, rows_of
from knowledge.settings import SearchSettings
from vietnamese.accents import strip_accents

SNAPSHOT_ID = "held-out"


@dataclass(frozen=True)
class Asked:
    """One question and what came first."""

    question: str
    expected: str
    """Id of the passage it belongs to."""
    found: str

    @property
    def is_right(self) -> bool:
        """The passage itself came first."""
        return self.found == self.expected


@dataclass(frozen=True)
class SelfRetrieval:
    """Every question with its diacritics and without them."""

    own: tuple[Asked, ...]
    """Titles and alternates, all of them in the index."""
    held_out: tuple[Asked, ...]
    """Alternates, each while it was not in the index."""


def share_right(asked: Iterable[Asked]) -> float:
    """0.0 when nothing was asked."""
    asked = tuple(asked)
    return sum(one.is_right for one in asked) / len(asked) if asked else 0.0


class SelfRetrievalRun:
    """Builds one index in memory for each round; each text is embedded once."""

    def __init__(
        self, passages: Sequence[Passage], embedder: Embedder, settings: SearchSettings, syllables: SyllableCounts
    ) -> None:
        self._passages = tuple(passages)
        self._embedder = RememberingEmbedder(embedder)
        self._settings = settings
        self._syllables = syllables

    def run(self, on_progress: Callable[[int, int], None] = lambda done, total: None) -> SelfRetrieval:
        """One round with everything in the index, then one for the first alternates, the second ones, and so on."""
        faqs = [passage for passage in self._passages if passage.collection is Collection.FAQ]
        rounds = max((len(passage.questions) for passage in faqs), default=0)
        own = self._ask(self.retriever(None), [(p.id, q) for p in faqs for q in (p.title, *p.questions)])
        held_out: list[Asked] = []
        for number in range(rounds):
            on_progress(number, rounds)
            pairs = [(p.id, p.questions[number]) for p in faqs if number < len(p.questions)]
            held_out += self._ask(self.retriever(number), pairs)
        on_progress(rounds, rounds)
        return SelfRetrieval(tuple(own), tuple(held_out))

    def retriever(self, left_out: int | None) -> Retriever:
        """Over all passages, without alternate number `left_out` of every FAQ entry."""
        passages = self._passages if left_out is None else tuple(without(p, left_out) for p in self._passages)
        vectors, _ = embed_rows(rows_of(passages), self._embedder, KnownVectors({}, {}), lambda done, total: None)
        snapshot = assemble(SNAPSHOT_ID, self._embedder.name, passages, vectors, self._syllables)
        return Retriever(snapshot, self._embedder, self._settings)

    def _ask(self, retriever: Retriever, pairs: Sequence[tuple[str, str]]) -> list[Asked]:
        return [
            Asked(question, passage_id, _first(retriever, question))
            for passage_id, typed in pairs
            for question in dict.fromkeys((typed, strip_accents(typed)))
        ]


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
        return np.stack([known[text] for text in texts])


def without(passage: Passage, number: int) -> Passage:
    """The same passage without one of its questions; directives and shorter lists stay as they are."""
    if passage.collection is not Collection.FAQ or number >= len(passage.questions):
        return passage
    return replace(passage, questions=passage.questions[:number] + passage.questions[number + 1 :])


def _first(retriever: Retriever, question: str) -> str:
    hits = retriever.search(question, Collection.FAQ, limit=1).hits
    return hits[0].passage.id if hits else ""
