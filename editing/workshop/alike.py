"""Which documents say nearly the same as some wordings: of the live base, and of the drafts that people work on.

The wordings count as one question asked in several ways. Its place in the topic space of the live base is compared
with the place of each document: cosines of single wordings do not tell questions about insurance apart, the mean of
several does (docs/adr/0013). An equal wording, whatever its diacritics, is likeness 1.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Engine, select

from desk.database import reading
from editing.alike import Alike
from editing.bodies.body import Body, body_from_json
from editing.bodies.faq import FaqBody
from editing.bodies.parameter import ParameterBody
from editing.document import DocumentKind, knowledge_documents, name_of
from editing.version import knowledge_versions
from editing.versions import is_open
from editing.workshop.base import Base
from knowledge.embedding.embedder import Embedder
from knowledge.search.topic_space import TopicSpace
from knowledge.search.views import views_of
from vietnamese.keys import plain_key

Vectors = NDArray[np.float32]
SEVERAL = 3
"""So many wordings place a question well."""
DIGITS = 4


@dataclass(frozen=True)
class Floors:
    """Likeness from which a document is shown: for several wordings, and for one or two."""

    several: float
    one: float

    def of(self, wordings: int) -> float:
        """For so many wordings."""
        return self.several if wordings >= SEVERAL else self.one


@dataclass(frozen=True)
class Topic:
    """What is asked for in several ways: an entry, a section of a directive, or a draft of one."""

    document: str
    title: str
    wordings: tuple[str, ...]
    vectors: Vectors
    """One row for each wording."""
    keys: frozenset[str]


@dataclass(frozen=True)
class Topics:
    """`centres` has a row of length 1 for each topic, in the topic space of the live base."""

    rows: tuple[Topic, ...]
    centres: Vectors


class AlikeFinder:
    """Topics of one live base are kept until another is asked for, those of drafts until they are saved again."""

    def __init__(self, engine: Engine, embedder: Embedder, floors: Floors) -> None:
        self._engine = engine
        self._embedder = embedder
        self._floors = floors
        self._lock = threading.Lock()
        self._live: tuple[str, Topics] = ("", Topics((), np.zeros((0, 0), np.float32)))
        self._drafts: dict[tuple[int, int], Topic] = {}

    def alike(self, live: Base, wordings: Sequence[str], but_not: str, limit: int) -> tuple[Alike, ...]:
        """Each document once, with its nearest wording; the nearest first. `but_not` is the document asked for."""
        texts = tuple(dict.fromkeys(text.strip() for text in wordings if text.strip()))
        asked = _Asked(texts, self._embedder.embed_queries(texts), _keys(texts))
        floor, space = self._floors.of(len(texts)), live.snapshot.topic_space
        best: dict[str, Alike] = {}
        for topics in (self._of_live(live), _placed(self._of_drafts(), space)):
            for found in _near(topics, asked, space, floor):
                held = best.get(found.document)
                if found.document != but_not and (held is None or held.likeness < found.likeness):
                    best[found.document] = found
        return tuple(sorted(best.values(), key=lambda one: (-one.likeness, one.document))[:limit])

    def _of_live(self, base: Base) -> Topics:
        with self._lock:
            if self._live[0] != base.id:
                self._live = (base.id, _live_topics(base))
            return self._live[1]

    def _of_drafts(self) -> tuple[Topic, ...]:
        """Embeds what was saved since the last time."""
        columns = knowledge_versions.c
        joined = knowledge_versions.join(knowledge_documents, knowledge_documents.c.id == columns.document_id)
        wanted = (knowledge_documents.c.kind, knowledge_documents.c.key, columns.id, columns.revision, columns.title)
        statement = select(*wanted, columns.body).select_from(joined).where(is_open(columns), ~columns.withdraws)
        statement = statement.where(knowledge_documents.c.kind != DocumentKind.PARAMETER.value)
        with reading(self._engine) as connection:
            rows = connection.execute(statement).mappings().all()
        with self._lock:
            self._drafts = {(row["id"], row["revision"]): self._of_draft(row) for row in rows}
            return tuple(topic for topic in self._drafts.values() if topic.wordings)

    def _of_draft(self, row: Mapping[Any, Any]) -> Topic:
        kept = self._drafts.get((row["id"], row["revision"]))
        if kept is not None:
            return kept
        kind = DocumentKind(row["kind"])
        texts = tuple(dict.fromkeys(wordings_of(body_from_json(kind, row["body"]))))
        vectors = self._embedder.embed_queries(texts)
        return Topic(name_of(kind, row["key"]), row["title"], texts, vectors, _keys(texts))


@dataclass(frozen=True)
class _Asked:
    texts: tuple[str, ...]
    vectors: Vectors
    keys: frozenset[str]


def wordings_of(body: Body) -> Iterable[str]:
    """How people ask for it; nothing for a parameter."""
    if isinstance(body, ParameterBody):
        return ()
    groups = ((body.question, *body.alternates),) if isinstance(body, FaqBody) else tuple(body.questions.values())
    return (text.strip() for group in groups for text in group if text.strip())


def _keys(texts: Iterable[str]) -> frozenset[str]:
    """Without what has no words."""
    return frozenset(map(plain_key, texts)) - {""}


def _live_topics(base: Base) -> Topics:
    """The vectors of the snapshot's index of questions stand in the order of its passages."""
    vectors, rows, first = base.snapshot.dense_questions.vectors(), [], 0
    for passage in base.snapshot.passages:
        texts = views_of(passage).questions
        keys = _keys(texts)
        last = first + len(texts)
        rows.append(Topic(passage.document_name, passage.title, texts, vectors[first:last], keys))
        first = last
    return Topics(tuple(rows), base.snapshot.topic_space.centres)


def _placed(topics: Sequence[Topic], space: TopicSpace) -> Topics:
    """Drafts in the space of the live base."""
    if not topics:
        return Topics((), np.zeros((0, space.centres.shape[1]), np.float32))
    means = np.stack([topic.vectors.mean(axis=0) for topic in topics])
    shifted = (means - space.mean) @ space.projection
    lengths = np.maximum(np.linalg.norm(shifted, axis=1, keepdims=True), np.finfo(np.float32).tiny)
    return Topics(tuple(topics), np.asarray(shifted / lengths, dtype=np.float32))


def _near(topics: Topics, asked: _Asked, space: TopicSpace, floor: float) -> Iterable[Alike]:
    if not topics.rows or not asked.texts:
        return
    place = TopicSpace(space.mean, space.projection, topics.centres)
    scores = place.scores(np.asarray(asked.vectors.mean(axis=0), dtype=np.float32))
    for topic, score in zip(topics.rows, scores.tolist(), strict=True):
        likeness = 1.0 if asked.keys & topic.keys else min(max(score, 0.0), 1.0)
        if likeness >= floor and topic.wordings:
            nearest = int((topic.vectors @ asked.vectors.T).max(axis=1).argmax())
            yield Alike(topic.document, topic.title, topic.wordings[nearest], round(likeness, DIGITS))
