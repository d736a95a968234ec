"""Two bases and their answers → the report. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from editing.gate.asking import Sayings
from editing.gate.change import AnswerChange, ChangeKind, Missed, change_of
from editing.gate.question import GateQuestion, Origin
from editing.gate.report import GateReport, MovedFigure
from editing.gate.said import Said
from knowledge.faqs.template import FaqTemplate
from knowledge.library import Documents

_ORDER = {kind: place for place, kind in enumerate(ChangeKind)}


@dataclass(frozen=True)
class Side:
    """A base, and what it said."""

    snapshot_id: str
    documents: Documents
    sayings: Sayings

    def says(self, question: GateQuestion, day: date) -> Said:
        """Each was asked on each day."""
        return self.sayings[question.text, day]


@dataclass(frozen=True)
class Comparison:
    """What was asked, about which changed documents."""

    questions: Sequence[GateQuestion]
    left_out: int
    days: tuple[date, ...]
    changed: frozenset[str]
    before: Side
    after: Side

    def report(self, most: int, elapsed_seconds: float) -> GateReport:
        """Lists at most `most` of each kind of finding."""
        asked = list(self._asked())
        changes = sorted(self._changes(asked), key=lambda change: (not change.is_regression, _ORDER[change.kind]))
        missed = list(self._missed(asked))
        moved = list(_moved(self.before.documents, self.after.documents, self.days, self.changed))
        expecting = [(question, day) for question, day in asked if question.expected]
        return GateReport(
            base_snapshot=self.before.snapshot_id,
            candidate_snapshot=self.after.snapshot_id,
            days=self.days,
            asked=len(asked),
            left_out=self.left_out,
            met_before=sum(self.before.says(question, day).meets(question.expected) for question, day in expecting),
            met_after=sum(self.after.says(question, day).meets(question.expected) for question, day in expecting),
            expecting=len(expecting),
            counts=Counter(change.kind.value for change in changes),
            regressions=sum(change.is_regression for change in changes),
            missed_count=len(missed),
            moved_count=len(moved),
            changes=tuple(changes[:most]),
            missed=tuple(missed[:most]),
            moved=tuple(moved[:most]),
            elapsed_seconds=elapsed_seconds,
        )

    def _asked(self) -> Iterator[tuple[GateQuestion, date]]:
        """With what is expected on that day: an entry that is not served then is not expected."""
        for day in self.days:
            served = _served(self.after.documents, day)
            for question in self.questions:
                yield _on_day(question, served), day

    def _changes(self, asked: Iterable[tuple[GateQuestion, date]]) -> Iterator[AnswerChange]:
        """On later days only what was not noticed before: the reader wants each change once."""
        seen: set[tuple[str, ChangeKind, str]] = set()
        for question, day in asked:
            change = change_of(question, day, self.before.says(question, day), self.after.says(question, day))
            if change is not None and (question.text, change.kind, change.after.text) not in seen:
                seen.add((question.text, change.kind, change.after.text))
                yield change

    def _missed(self, asked: Iterable[tuple[GateQuestion, date]]) -> Iterator[Missed]:
        seen: set[str] = set()
        for question, day in asked:
            after = self.after.says(question, day)
            if question.text in seen or after.meets(question.expected):
                continue
            was_met = self.before.says(question, day).meets(question.expected)
            if was_met or self.changed.intersection(question.expected):
                seen.add(question.text)
                yield Missed(question, day, after)


def _on_day(question: GateQuestion, served: frozenset[str]) -> GateQuestion:
    if question.origin is not Origin.ENTRY:
        return question
    expected = tuple(name for name in question.expected if name in served)
    return GateQuestion(question.text, question.origin, expected, question.cluster_id)


def _served(documents: Documents, day: date) -> frozenset[str]:
    live = (template for template in documents.templates if template.is_served(day) and template.on(day) is not None)
    return frozenset(f"faq/{template.id}" for template in live)


def _moved(before: Documents, after: Documents, days: Sequence[date], changed: frozenset[str]) -> Iterator[MovedFigure]:
    """Each entry once, on the first day on which its answer moves though nobody touched the entry."""
    if not any(name.startswith("parameter/") for name in changed):
        return
    seen: set[str] = set()
    for day in days:
        old, new = _answers(before, day), _answers(after, day)
        for name, (title, text) in new.items():
            was = old.get(name, (title, ""))[1]
            if name not in changed and name not in seen and was != text:
                seen.add(name)
                yield MovedFigure(name, title, day, was, text)


def _answers(documents: Documents, day: date) -> Mapping[str, tuple[str, str]]:
    served = (template for template in documents.templates if template.is_served(day))
    return {f"faq/{template.id}": (template.filed.question.text, _answer(template, day)) for template in served}


def _answer(template: FaqTemplate, day: date) -> str:
    entry = template.on(day)
    return "" if entry is None else entry.answer
