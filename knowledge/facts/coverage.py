"""Which facts the entries use, which they do not, and why; as rows for people and programs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby

from knowledge.facts.fact import Fact, Ledger
from knowledge.facts.usage import Usage

ALL = "="
"""Stands for the topic in the row that counts all facts."""


class Standing(StrEnum):
    """`draft`: drafts alone rest on it; `kept_out`: not sure enough to be served, and in no draft either."""

    USED = "used"
    DRAFT = "draft"
    KEPT_OUT = "kept_out"
    UNUSED = "unused"


@dataclass(frozen=True)
class FactRow:
    """`because` is the reason why nobody uses it, empty for a used one."""

    fact: str
    topic: str
    standing: str
    entries: tuple[str, ...]
    parameters: tuple[str, ...]
    drafts: tuple[str, ...]
    confidence: str
    origin: str
    because: str


@dataclass(frozen=True)
class TopicRow:
    """How many facts of one topic stand where; the last row counts them all."""

    topic: str
    facts: int
    used: int
    draft: int
    kept_out: int
    unused: int


def fact_rows(ledger: Ledger, usage: Mapping[str, Usage]) -> tuple[FactRow, ...]:
    """One for each fact, in the order of the ledger."""
    return tuple(_row(fact, usage[fact.id]) for fact in ledger.facts)


def topic_rows(rows: tuple[FactRow, ...]) -> tuple[TopicRow, ...]:
    """One for each topic, in order, and one for all; none where there are no facts."""
    topics = [_counted(topic, tuple(group)) for topic, group in groupby(rows, key=lambda row: row.topic)]
    return (*topics, _counted(ALL, rows)) if topics else ()


def _row(fact: Fact, usage: Usage) -> FactRow:
    standing = _standing(fact, usage)
    because = "" if standing is Standing.USED else fact.unused_because
    return FactRow(
        fact.id,
        fact.topic,
        standing.value,
        usage.live,
        usage.parameters,
        usage.drafts,
        fact.confidence,
        fact.origin,
        because,
    )


def _standing(fact: Fact, usage: Usage) -> Standing:
    if usage.is_served:
        return Standing.USED
    if usage.drafts:
        return Standing.DRAFT
    return Standing.UNUSED if fact.may_be_served else Standing.KEPT_OUT


def _counted(topic: str, rows: tuple[FactRow, ...]) -> TopicRow:
    counts = {standing: sum(row.standing == standing for row in rows) for standing in Standing}
    return TopicRow(
        topic,
        len(rows),
        counts[Standing.USED],
        counts[Standing.DRAFT],
        counts[Standing.KEPT_OUT],
        counts[Standing.UNUSED],
    )
