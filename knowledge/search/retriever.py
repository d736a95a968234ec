"""A question → hits: understand, embed, compare, fuse, rank. The one place where the steps of a search stand."""

from __future__ import annotations

import math
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

import numpy as np

from knowledge.embedding.embedder import Embedder
from knowledge.passage import Collection, Passage, without_period
from knowledge.search.calibration import Features, never_rising, probability
from knowledge.search.errors import PUBLISH_COMMAND, SnapshotError
from knowledge.search.own_wording import OwnWordings
from knowledge.search.query import Query, named_documents, understand
from knowledge.search.ranking import Wanted, margins, rank
from knowledge.search.signals import Scores, Signals
from knowledge.search.snapshot import Field, Form, Snapshot
from knowledge.search.terms import PAIR_MARK
from knowledge.search_result import Hit, SearchResult
from knowledge.settings import SearchSettings

DEFAULT_LIMIT = 10


class Retriever:
    """Searches one snapshot. Keeps nothing of a question; safe to share between threads."""

    def __init__(self, snapshot: Snapshot, embedder: Embedder, settings: SearchSettings) -> None:
        if snapshot.model != embedder.name:
            raise SnapshotError(
                f"snapshot {snapshot.id} was made with the model {snapshot.model}, but {embedder.name} is loaded; "
                f"make a new one with: {PUBLISH_COMMAND}"
            )
        self._snapshot = snapshot
        self._embedder = embedder
        self._settings = settings
        self._restorer = snapshot.restorer()
        self._own_wordings = OwnWordings()
        documents = {passage.document for passage in snapshot.passages}
        # Only numbers can be named: thousands of FAQ ids looked at for each question would cost more than the search.
        self._documents = frozenset(document for document in documents if document[:1].isdigit())
        self._by_id = {passage.id: passage for passage in snapshot.passages}
        self._periods: dict[str, list[Passage]] = defaultdict(list)
        for passage in snapshot.passages:
            self._periods[without_period(passage.id)].append(passage)

    @property
    def snapshot_id(self) -> str:
        """Of the snapshot that is searched."""
        return self._snapshot.id

    def passage(self, passage_id: str, day: date | None = None) -> Passage | None:
        """The passage with this id; with a day, the period of it that is served then. None when there is none."""
        if day is None:
            return self._by_id.get(passage_id)
        periods = self._periods.get(without_period(passage_id), ())
        return next((passage for passage in periods if passage.is_served(day)), None)

    def search(
        self,
        question: str,
        collection: Collection | None = None,
        limit: int = DEFAULT_LIMIT,
        day: date | None = None,
    ) -> SearchResult:
        """Hits of the collection, or of all for None, that are served on the day, or on any for None.

        Any text may be asked, an empty base gives no hit.
        """
        timings: dict[str, float] = {}
        if not self._snapshot.passages:
            return SearchResult(hits=(), timings=timings)
        with _timed(timings, "normalise"):
            query = understand(question, self._restorer)
        signals = self._signals(query, timings)
        with _timed(timings, "fuse"):
            return self._fuse(query, signals, Wanted(collection, day), limit, timings)

    def compare(self, question: str) -> tuple[Query, Signals]:
        """What a search starts from, for every passage of the snapshot: tuning and calibration need it."""
        query = understand(question, self._restorer)
        return query, self._signals(query, {})

    def _signals(self, query: Query, timings: dict[str, float]) -> Signals:
        with _timed(timings, "embed"):
            vector = self._embedder.embed_queries([query.dense_text])[0]
        with _timed(timings, "dense"):
            dense_text = self._snapshot.dense_texts.scores(vector)
            dense_questions = self._snapshot.dense_questions.scores(vector)
            topic = self._snapshot.topic_space.scores(vector)
        with _timed(timings, "lexical"):
            whole, questions = self._lexical(query, Field.WHOLE), self._lexical(query, Field.QUESTIONS)
            coverage, pair_coverage = self._coverage(query)
        named = self._named(query)
        return Signals(whole, questions, dense_text, dense_questions, topic, named, coverage, pair_coverage)

    def _lexical(self, query: Query, field: Field) -> Scores:
        plain = self._snapshot.lexical[field, Form.PLAIN]
        accented = self._snapshot.lexical[field, Form.ACCENTED]
        best_reading = np.max([plain.scores(terms) for terms in query.plain_readings], axis=0)
        return np.asarray(best_reading + accented.scores(query.accented), dtype=np.float32)

    def _coverage(self, query: Query) -> tuple[Scores, Scores]:
        index = self._snapshot.lexical[Field.WHOLE, Form.PLAIN]
        pairs = {term for term in query.plain if PAIR_MARK in term}
        return index.coverage(set(query.plain) - pairs), index.coverage(pairs)

    def _named(self, query: Query) -> Scores:
        named = named_documents(query.key, self._documents)
        if not named:
            return np.zeros(len(self._snapshot.passages), dtype=np.float32)
        return np.array([passage.document in named for passage in self._snapshot.passages], dtype=np.float32)

    def _fuse(
        self, query: Query, signals: Signals, wanted: Wanted, limit: int, timings: dict[str, float]
    ) -> SearchResult:
        fused = signals.fused(self._settings.fusion)
        ranking = rank(self._snapshot.passages, fused, wanted, limit)
        return SearchResult(
            hits=self._own_wordings.first(self._hits(query, signals, fused, ranking.hits), query.keys),
            rejected=self._hits(query, signals, fused, ranking.rejected),
            timings=timings,
            syllables=len(query.key.split()),
        )

    def _hits(self, query: Query, signals: Signals, fused: Scores, numbers: tuple[int, ...]) -> tuple[Hit, ...]:
        leads = margins(self._snapshot.passages, fused, numbers)
        features = [features_of(query, signals, number, lead) for number, lead in zip(numbers, leads, strict=True)]
        scores = never_rising([probability(one, self._settings.calibration) for one in features])
        return tuple(
            Hit(
                passage=self._snapshot.passages[number],
                score=score,
                rank=place,
                dense_score=float(max(signals.dense_text[number], signals.dense_questions[number])),
                lexical_score=float(signals.coverage[number]),
            )
            for place, (number, score) in enumerate(zip(numbers, scores, strict=True), 1)
        )


def features_of(query: Query, signals: Signals, number: int, margin: float) -> Features:
    """What the calibration sees of one passage."""
    return Features(
        topic=float(signals.topic[number]),
        margin=margin,
        coverage=float(signals.coverage[number]),
        pair_coverage=float(signals.pair_coverage[number]),
        length=math.log1p(len(set(query.plain))),
    )


@contextmanager
def _timed(timings: dict[str, float], step: str) -> Iterator[None]:
    started = time.perf_counter()
    yield
    timings[step] = time.perf_counter() - started
