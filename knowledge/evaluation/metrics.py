"""Sums over outcomes: hit@k, MRR, right answers, false answers, by style and role. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from knowledge.answer import AnswerStatus
from knowledge.evaluation.outcome import Outcome

CUTOFFS = (1, 3, 5, 10)


@dataclass(frozen=True)
class Metrics:
    """Shares are of `answerable`, but `false_answers`, which is of `unanswerable`; 0.0 where there is none."""

    answerable: int
    unanswerable: int
    hit_at: dict[int, float]
    mean_reciprocal_rank: float
    answered: float
    clarified: float
    answer_holds_evidence: float
    false_answers: float


def measure(outcomes: Iterable[Outcome]) -> Metrics:
    """Metrics of one group of outcomes."""
    outcomes = list(outcomes)
    right = [outcome for outcome in outcomes if outcome.topic.answerable]
    wrong = [outcome for outcome in outcomes if not outcome.topic.answerable]
    return Metrics(
        answerable=len(right),
        unanswerable=len(wrong),
        hit_at={
            cutoff: sum(0 < outcome.rank <= cutoff for outcome in right) / max(len(right), 1) for cutoff in CUTOFFS
        },
        mean_reciprocal_rank=sum(1 / outcome.rank for outcome in right if outcome.rank) / len(right) if right else 0.0,
        answered=_share(right, lambda o: o.status is AnswerStatus.ANSWERED),
        clarified=_share(right, lambda o: o.status is AnswerStatus.CLARIFICATION),
        answer_holds_evidence=_share(right, lambda o: o.holds_evidence),
        false_answers=_share(wrong, lambda o: o.is_false_answer),
    )


def measure_by(outcomes: Iterable[Outcome], key: Callable[[Outcome], str]) -> dict[str, Metrics]:
    """One Metrics for each value of the key, in alphabetical order."""
    groups: dict[str, list[Outcome]] = {}
    for outcome in outcomes:
        groups.setdefault(key(outcome), []).append(outcome)
    return {name: measure(groups[name]) for name in sorted(groups)}


def _share(outcomes: Sequence[Outcome], holds: Callable[[Outcome], bool]) -> float:
    return sum(map(holds, outcomes)) / len(outcomes) if outcomes else 0.0
