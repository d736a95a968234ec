"""What one topic gave: rank of the first right hit, whether the answer is right or false. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from knowledge.answer import AnswerStatus
from knowledge.answering.assistant import AnswerRecord
from knowledge.evaluation.topic import Place, Topic, holds
from knowledge.passage import Collection, Passage


@dataclass(frozen=True)
class Outcome:
    """`rank` is that of the first right hit, 0 when none is right."""

    topic: Topic
    rank: int
    status: AnswerStatus
    holds_evidence: bool
    top_score: float
    elapsed_seconds: float

    @property
    def is_false_answer(self) -> bool:
        """An unanswerable question was answered all the same."""
        return not self.topic.answerable and self.status is AnswerStatus.ANSWERED


FactsOf = Mapping[str, frozenset[str]]
"""Ids of facts by entry."""


def judge(topic: Topic, record: AnswerRecord, elapsed_seconds: float, facts_of: FactsOf) -> Outcome:
    """Compares one answer with what the topic says is right."""
    hits = record.result.hits
    rank = next((hit.rank for hit in hits if is_right(topic, hit.passage, facts_of)), 0) if topic.answerable else 0
    return Outcome(
        topic=topic,
        rank=rank,
        status=record.answer.status,
        holds_evidence=topic.answerable and answer_is_right(topic, record, facts_of),
        top_score=hits[0].score if hits else 0.0,
        elapsed_seconds=elapsed_seconds,
    )


def is_right(topic: Topic, passage: Passage, facts_of: FactsOf) -> bool:
    """Its text holds the evidence, it is the section named right or says the same, or it rests on the facts."""
    if passage.collection is Collection.FAQ and not facts_of.get(passage.document, frozenset()).isdisjoint(topic.facts):
        return True
    place = Place(passage.document, passage.section)
    return holds(passage.text, topic.evidence) or place == topic.right_place or place in topic.also_right


def answer_is_right(topic: Topic, record: AnswerRecord, facts_of: FactsOf) -> bool:
    """The text holds the evidence, or it is the text of a section that says the same, or rests on its facts."""
    if record.answer.status is not AnswerStatus.ANSWERED:
        return False
    if topic.facts:
        return is_right(topic, record.result.hits[0].passage, facts_of)
    if holds(record.answer.text, topic.evidence):
        return True
    first = record.answer.citations[0] if record.answer.citations else None
    return first is not None and Place(first.document, first.section) in topic.also_right
