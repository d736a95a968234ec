"""Work for the list of unanswered questions that needs the model: sorting them, asking them again, guarding them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import Connection, Engine

from editing.gaps.asking_again import GapRechecker, NowSaid
from editing.gaps.listing import questions_answered_by_gaps
from editing.gaps.sorting import GapSorter
from editing.gaps.topic_meaning import TopicMeaning
from editing.gate.asking import said_of
from editing.gate.question import GateQuestion, Origin
from editing.settings import GapSettings
from editing.workshop.base import Base
from editing.workshop.bench import Bench
from knowledge.embedding.embedder import Embedder

EVERY = timedelta(seconds=10)
"""Nobody waits for it."""
MOST_STEPS = 20
"""A build that is wished for comes first."""
GUARDED = 500


@dataclass
class GapChore:
    """See editing/workshop/loop.py's Chore."""

    engine: Engine
    bench: Bench
    embedder: Embedder
    settings: GapSettings
    _due: datetime | None = field(default=None, init=False)

    def __call__(self, now: datetime) -> None:
        """Does nothing until it is due again."""
        if self._due is not None and now < self._due:
            return
        self._due = now + EVERY
        base = self.bench.live()
        meaning, sorter = TopicMeaning(self.embedder, base.snapshot), GapSorter(self.engine, self.settings)
        for _ in range(MOST_STEPS):
            if not sorter.run(meaning, now):
                break
        GapRechecker(self.engine).run(base.id, lambda question: _said(base, question), now)


def guarded_questions(connection: Connection) -> tuple[GateQuestion, ...]:
    """What citizens asked and an entry answers since: a release must not take that away."""
    found = questions_answered_by_gaps(connection, GUARDED)
    return tuple(GateQuestion(text, Origin.CITIZEN, (document,), cluster_id) for cluster_id, text, document in found)


def _said(base: Base, question: str) -> NowSaid:
    said = said_of(base.assistant.answer(question))
    return NowSaid(said.status, said.document)
