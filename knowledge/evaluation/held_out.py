"""Do passages find themselves: by their own questions, and by each one while it is left out of the index?"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from knowledge.embedding.embedder import Embedder
from knowledge.passage import Collection, Passage
from knowledge.search.diacritics import SyllableCounts
from knowledge.search.expansions import Expansions
from knowledge.search.ranking import says_the_same
from knowledge.search.retriever import Retriever
from knowledge.search.snapshot import assemble
from knowledge.search.vectors import KnownVectors, embed_rows, rows_of
from knowledge.search_result import Hit
from knowledge.settings import SearchSettings
from vietnamese.accents import has_accents, strip_accents

SNAPSHOT_ID = "held-out"
LOOKED_AT = 10
Progress = Callable[[int, int], None]
Spelling = Callable[[str], tuple[str, ...]]


@dataclass(frozen=True)
class Asked:
    """One question as `typed` in the files or without diacritics, the passage it belongs to, what was found."""

    question: str
    expected: Passage
    hits: tuple[Hit, ...]
    """The best first, at most `LOOKED_AT`."""
    typed: str

    @property
    def found(self) -> Passage | None:
        """What came first."""
        return self.hits[0].passage if self.hits else None

    @property
    def own(self) -> Hit | None:
        """The passage itself, or the first one that says the same."""
        return next((hit for hit in self.hits if says_the_same(hit.passage, self.expected)), None)

    @property
    def is_right(self) -> bool:
        """It came first."""
        return self.is_within(1)

    def is_within(self, places: int) -> bool:
        """It is among the first so many."""
        own = self.own
        return own is not None and own.rank <= places


@dataclass(frozen=True)
class SelfRetrieval:
    """Every question with its diacritics and without them."""

    own: tuple[Asked, ...]
    """Titles of FAQ entries, and all sample questions, while all of them are in the index."""
    held_out: tuple[Asked, ...]
    """Sample questions, each while it was not in the index."""


def share_right(asked: Iterable[Asked], places: int = 1) -> float:
    """Share of those found among the first so many; 0.0 when nothing was asked."""
    asked = tuple(asked)
    return sum(one.is_within(places) for one in asked) / len(asked) if asked else 0.0


def as_typed(asked: Iterable[Asked]) -> tuple[Asked, ...]:
    """Each question once, as it stands in the files."""
    return tuple(one for one in asked if one.question == one.typed)


def without_diacritics(asked: Iterable[Asked]) -> tuple[Asked, ...]:
    """Each question once, those that were typed without diacritics among them."""
    return tuple(one for one in asked if not has_accents(one.question))


@dataclass(frozen=True)
class Confusion:
    """A wording that another entry answers better; scores as in `Hit`, 0.0 where the entry is not among the hits."""

    entry: str
    question: str
    winner: str
    winner_score: float
    own_score: float
    own_rank: int
    """0 where the entry is not among the hits."""


def confusions(asked: Iterable[Asked]) -> tuple[Confusion, ...]:
    """Of questions as typed, the clearest mistake first."""
    wrong = (one for one in as_typed(asked) if not one.is_right and one.hits)
    return tuple(sorted(map(_confusion, wrong), key=lambda one: one.own_score - one.winner_score))


def _confusion(asked: Asked) -> Confusion:
    first, own = asked.hits[0], asked.own
    own_score, own_rank = (own.score, own.rank) if own else (0.0, 0)
    return Confusion(asked.expected.document, asked.question, first.passage.document, first.score, own_score, own_rank)


def spellings(question: str) -> tuple[str, ...]:
    """As written, and without diacritics when that differs."""
    return tuple(dict.fromkeys((question, strip_accents(question))))


class HeldOutIndexes:
    """Indexes in memory, each without one sample question of every passage; each text is embedded once."""

    def __init__(
        self, passages: Sequence[Passage], embedder: Embedder, settings: SearchSettings, syllables: SyllableCounts
    ) -> None:
        self.passages = tuple(passages)
        self._embedder = RememberingEmbedder(embedder)
        self._settings = settings
        self._syllables = syllables
        self._expansions = Expansions()

    @property
    def rounds(self) -> int:
        """The most sample questions that a passage has."""
        return max((len(passage.questions) for passage in self.passages), default=0)

    def retriever(self, left_out: int | None) -> Retriever:
        """Over all passages, without sample question `left_out` of each (None: with all of them)."""
        passages = self.passages if left_out is None else tuple(without(p, left_out) for p in self.passages)
        vectors, _ = embed_rows(rows_of(passages), self._embedder, KnownVectors({}, {}), lambda done, total: None)
        snapshot = assemble(SNAPSHOT_ID, self._embedder.name, passages, vectors, self._syllables, self._expansions)
        return Retriever(snapshot, self._embedder, self._settings)


def retrieve_themselves(
    indexes: HeldOutIndexes, collection: Collection, on_progress: Progress = lambda done, total: None
) -> SelfRetrieval:
    """One round with everything in the index, then one without the first sample questions, and so on."""
    passages = _asking(indexes, collection)
    own = _ask(indexes.retriever(None), ((one, question) for one in passages for question in own_questions(one)))
    return SelfRetrieval(tuple(own), hold_out(indexes, collection, on_progress))


def hold_out(
    indexes: HeldOutIndexes,
    collection: Collection,
    on_progress: Progress = lambda done, total: None,
    spelled: Spelling = spellings,
) -> tuple[Asked, ...]:
    """Each sample question in each of its spellings, while neither it nor its like of the other passages is indexed."""
    passages = _asking(indexes, collection)
    held_out: list[Asked] = []
    for number in range(indexes.rounds):
        on_progress(number, indexes.rounds)
        pairs = ((one, one.questions[number]) for one in passages if number < len(one.questions))
        held_out += _ask(indexes.retriever(number), pairs, spelled)
    on_progress(indexes.rounds, indexes.rounds)
    return tuple(held_out)


def only_typed(question: str) -> tuple[str, ...]:
    """As written: half the time of `spellings`."""
    return (question,)


def _asking(indexes: HeldOutIndexes, collection: Collection) -> tuple[Passage, ...]:
    return tuple(one for one in indexes.passages if one.collection is collection and one.answerable)


def own_questions(passage: Passage) -> tuple[str, ...]:
    """The title of a FAQ entry is a question, that of a section is not."""
    return (passage.title, *passage.questions) if passage.collection is Collection.FAQ else passage.questions


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


def _ask(retriever: Retriever, pairs: Iterable[tuple[Passage, str]], spelled: Spelling = spellings) -> Iterator[Asked]:
    for passage, typed in pairs:
        for question in spelled(typed):
            hits = retriever.search(question, passage.collection, limit=LOOKED_AT).hits
            yield Asked(question, passage, hits, typed)
