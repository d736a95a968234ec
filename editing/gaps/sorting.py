"""Takes notice of answers with trouble, and puts their questions to the gaps that they belong to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from sqlalchemy import ColumnElement, Connection, Engine, and_, func, select, update

from desk.answer_log import answer_log
from desk.database import insert_if_absent, reading, writing
from editing.gaps.beginning import begin_gap
from editing.gaps.cluster import GapState, gap_clusters
from editing.gaps.erasure import forget_old_vectors
from editing.gaps.grouping import Centre, group, most_central
from editing.gaps.meaning import Meaning, Vectors
from editing.gaps.question import gap_questions
from editing.gaps.reopening import reopen_asked
from editing.settings import GapSettings

CENTRAL_OF = 50
"""Questions among which the central one is chosen, the newest."""


@dataclass(frozen=True)
class LooseQuestion:
    """Not put to any gap yet."""

    id: int
    text: str


@dataclass(frozen=True)
class GapSorter:
    """One for a process. The model works outside of any transaction: nobody waits for it."""

    engine: Engine
    settings: GapSettings

    def run(self, meaning: Meaning, now: datetime) -> int:
        """How many questions were sorted; a batch at a time, so call it again while it is not 0."""
        with writing(self.engine) as connection:
            # Whoever withdrew on their channel was erased where nothing is known of gaps.
            forget_old_vectors(connection)
            collect(connection, self.settings.batch)
        with reading(self.engine) as connection:
            loose = _loose(connection, self.settings.batch)
            centres = _centres(connection, meaning.model) if loose else ()
            bare = _without_vector(connection, meaning.model, self.settings.batch) if loose else ()
        if not loose:
            return 0
        centres = (*centres, *self._refreshed(bare, meaning))
        vectors = meaning.vectors([question.text for question in loose])
        groups = group(vectors, centres, meaning, self.settings.likeness)
        with writing(self.engine) as connection:
            for one in groups:
                _place(connection, one, loose, meaning.model, now)
        self._find_central([one.cluster_id for one in groups if one.cluster_id is not None], meaning)
        return len(loose)

    def _refreshed(self, cluster_ids: Sequence[int], meaning: Meaning) -> tuple[Centre, ...]:
        """Of gaps whose vector is another model's, or was forgotten with a citizen's words."""
        found: list[Centre] = []
        for cluster_id in cluster_ids:
            with reading(self.engine) as connection:
                texts = [text for _, text in _texts(connection, cluster_id)]
            if texts:
                mean = np.asarray(meaning.vectors(texts).mean(axis=0), dtype=np.float32)
                found.append(Centre(cluster_id, mean, len(texts)))
        return tuple(found)

    def _find_central(self, cluster_ids: Sequence[int], meaning: Meaning) -> None:
        for cluster_id in cluster_ids:
            with reading(self.engine) as connection:
                questions = _texts(connection, cluster_id)
            if not questions:
                continue
            place = most_central(meaning.vectors([text for _, text in questions]), meaning)
            with writing(self.engine) as connection:
                this = update(gap_clusters).where(gap_clusters.c.id == cluster_id)
                connection.execute(this.values(central_id=questions[place][0]))


def collect(connection: Connection, limit: int) -> int:
    """Answers with trouble become questions of gaps; how many were looked at. What was erased has no question."""
    columns = answer_log.c
    waiting = (columns.trouble != "", columns.is_sorted.is_(False))
    found = connection.execute(select(columns.id, columns.question).where(*waiting).order_by(columns.id).limit(limit))
    rows = found.all()
    for row in rows:
        if row.question:
            insert_if_absent(connection, gap_questions, {"answer_id": row.id})
    connection.execute(update(answer_log).where(columns.id.in_([row.id for row in rows])).values(is_sorted=True))
    return len(rows)


def _loose(connection: Connection, limit: int) -> tuple[LooseQuestion, ...]:
    statement = (
        select(gap_questions.c.id, answer_log.c.question)
        .join(answer_log, answer_log.c.id == gap_questions.c.answer_id)
        .where(gap_questions.c.cluster_id.is_(None), answer_log.c.question != "")
        .order_by(gap_questions.c.id)
        .limit(limit)
    )
    return tuple(LooseQuestion(row.id, row.question) for row in connection.execute(statement))


def _centres(connection: Connection, model: str) -> tuple[Centre, ...]:
    """A duplicate stands for the gap that it was put to."""
    columns = gap_clusters.c
    sizes = select(gap_questions.c.cluster_id, func.count().label("questions")).group_by(gap_questions.c.cluster_id)
    counted = sizes.subquery()
    statement = (
        select(columns.id, columns.state, columns.duplicate_of, columns.vector, counted.c.questions)
        .outerjoin(counted, counted.c.cluster_id == columns.id)
        .where(columns.vector.is_not(None), columns.model == model)
        .order_by(columns.id)
    )
    found = []
    for row in connection.execute(statement):
        cluster_id = row.duplicate_of if row.state == GapState.DUPLICATE else row.id
        found.append(Centre(cluster_id, np.frombuffer(row.vector, dtype=np.float32), row.questions or 1))
    return tuple(found)


def _without_vector(connection: Connection, model: str, limit: int) -> tuple[int, ...]:
    columns = gap_clusters.c
    missing: ColumnElement[bool] = columns.vector.is_(None) | (columns.model != model)
    statement = select(columns.id).where(missing, columns.state != GapState.DUPLICATE).order_by(columns.id.desc())
    return tuple(connection.execute(statement.limit(limit)).scalars())


def _texts(connection: Connection, cluster_id: int) -> list[tuple[int, str]]:
    statement = (
        select(gap_questions.c.id, answer_log.c.question)
        .join(answer_log, answer_log.c.id == gap_questions.c.answer_id)
        .where(gap_questions.c.cluster_id == cluster_id, answer_log.c.question != "")
        .order_by(gap_questions.c.id.desc())
        .limit(CENTRAL_OF)
    )
    return [(row.id, row.question) for row in connection.execute(statement)]


def _place(connection: Connection, one: Centre, loose: Sequence[LooseQuestion], model: str, now: datetime) -> None:
    ids = [loose[place].id for place in one.added]
    if one.cluster_id is None:
        one.cluster_id = begin_gap(connection, now)
    still_loose = and_(gap_questions.c.id.in_(ids), gap_questions.c.cluster_id.is_(None))
    connection.execute(update(gap_questions).where(still_loose).values(cluster_id=one.cluster_id))
    values = {"vector": _bytes(one.vector), "model": model, "updated_at": now}
    connection.execute(update(gap_clusters).where(gap_clusters.c.id == one.cluster_id).values(values))
    reopen_asked(connection, one.cluster_id, now)


def _bytes(vector: Vectors) -> bytes:
    return np.asarray(vector, dtype=np.float32).tobytes()
