"""Asks every topic and judges what comes back."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable

from knowledge.answering.assistant import Assistant
from knowledge.evaluation.outcome import FactsOf, Outcome, judge
from knowledge.evaluation.topic import Topic
from knowledge.passage import Collection


def run_topics(
    assistant: Assistant,
    topics: Iterable[Topic],
    collection: Collection | None,
    facts_of: FactsOf,
    on_progress: Callable[[], None] = lambda: None,
) -> tuple[Outcome, ...]:
    """Outcomes in the order of the topics; `on_progress` is called after each.

    Topics that name facts need `facts_of`.
    """
    outcomes = []
    for topic in topics:
        started = time.perf_counter()
        record = assistant.answer(topic.question, collection)
        outcomes.append(judge(topic, record, time.perf_counter() - started, facts_of))
        on_progress()
    return tuple(outcomes)
