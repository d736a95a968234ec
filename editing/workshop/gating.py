"""Asks the gate's questions on the live base and on the candidate."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

import numpy as np

from editing.gate.asking import Sayings, ask
from editing.gate.choosing import Nearness, choose, entry_questions
from editing.gate.comparing import Comparison, Side
from editing.gate.days import days_of
from editing.gate.question import GateQuestion
from editing.gate.report import GateReport
from editing.settings import GateSettings
from editing.workshop.base import Base
from knowledge.embedding.embedder import Embedder
from knowledge.search.query import understand
from knowledge.search.vectors import BATCH_SIZE, digest_of
from knowledge.search.views import views_of
from vietnamese.normalise import clean

MOST_CHANGED_WORDINGS = 200
Tell = Callable[[str, int, int], None]
"""Step, done, total."""


@dataclass
class RememberedSayings:
    """What the live base said: asked once for each question and day, and forgotten when another base is live."""

    _base: str = ""
    _sayings: Sayings = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def of(
        self, base: Base, questions: Sequence[GateQuestion], days: Sequence[date], tell: Callable[[int], None]
    ) -> Sayings:
        """Asks only what was not asked before."""
        with self._lock:
            if self._base != base.id:
                self._base, self._sayings = base.id, {}
            for day in days:
                new = [one for one in questions if (one.text, day) not in self._sayings]
                self._sayings.update(ask(base.assistant, new, (day,), tell))
            return dict(self._sayings)


@dataclass(frozen=True)
class Gate:
    """One for a process."""

    settings: GateSettings
    embedder: Embedder
    remembered: RememberedSayings = field(default_factory=RememberedSayings)

    def compare(
        self, before: Base, after: Base, changed: Iterable[str], others: Iterable[GateQuestion], today: date, tell: Tell
    ) -> GateReport:
        """`changed` are names of documents, `others` questions beside the entries' own."""
        started, names = time.perf_counter(), frozenset(changed)
        days = days_of(names, before.documents, after.documents, today, self.settings.scheduled_days)
        entries = entry_questions(before.documents, after.documents)
        nearness = self._nearness(before, after, names)
        chosen = choose(entries, others, names, nearness, self.settings.entry_questions)
        total = len(chosen.questions) * len(days)
        for base in (before, after):
            self._warm(base, [question.text for question in chosen.questions])
        said_before = self.remembered.of(before, chosen.questions, days, lambda done: tell("gate_before", done, total))
        said_after = ask(after.assistant, chosen.questions, days, lambda done: tell("gate_after", done, total))
        comparison = Comparison(
            questions=chosen.questions,
            left_out=chosen.left_out,
            days=days,
            changed=names,
            before=Side(before.id, before.documents, said_before),
            after=Side(after.id, after.documents, said_after),
        )
        return comparison.report(self.settings.listed_changes, round(time.perf_counter() - started, 2))

    def _warm(self, base: Base, texts: Sequence[str]) -> None:
        """Embeds in batches what the searches will ask the remembering embedder for one by one: twice as fast."""
        restorer = base.snapshot.restorer()
        wanted = sorted({understand(clean(text), restorer).dense_text for text in texts}, key=len)
        for start in range(0, len(wanted), BATCH_SIZE):
            self.embedder.embed_queries(wanted[start : start + BATCH_SIZE])

    def _nearness(self, before: Base, after: Base, changed: frozenset[str]) -> Nearness:
        """Cosine with the nearest wording of what changed; what a base holds is not embedded again."""
        wordings = list(dict.fromkeys((*_wordings(after, changed), *_wordings(before, changed))))
        wanted = self._vectors(before, after, wordings[:MOST_CHANGED_WORDINGS])

        def near(texts: Sequence[str]) -> Sequence[float]:
            if not len(wanted):
                return [0.0] * len(texts)
            return [float(score) for score in (self._vectors(before, after, texts) @ wanted.T).max(axis=1)]

        return near

    def _vectors(
        self, before: Base, after: Base, texts: Sequence[str]
    ) -> np.ndarray[tuple[int, int], np.dtype[np.float32]]:
        known = {**before.known.questions, **after.known.questions}
        missing = [text for text in dict.fromkeys(texts) if digest_of(text) not in known]
        known |= dict(zip(map(digest_of, missing), self.embedder.embed_queries(missing), strict=True))
        rows = [known[digest_of(text)] for text in texts]
        return np.stack(rows) if rows else np.zeros((0, self.embedder.dimensions), np.float32)


def _wordings(base: Base, changed: frozenset[str]) -> Iterable[str]:
    for passage in base.snapshot.passages:
        if passage.document_name in changed:
            yield from views_of(passage).questions
