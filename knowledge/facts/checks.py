"""Do entries, parameters and the ledger of facts agree?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from knowledge.facts.fact import Fact, Ledger, Origin
from knowledge.facts.usage import Usage, must_be_used, usage_of
from knowledge.faqs.entry import Confidence, Source
from knowledge.faqs.parameters import Parameters
from knowledge.faqs.problem import Finding, ProblemKind
from knowledge.faqs.reading import FiledEntry

_RANK = {Confidence.LOW.value: 0, Confidence.MEDIUM.value: 1, Confidence.HIGH.value: 2}


def check_ledger(
    ledger: Ledger, entries: Sequence[FiledEntry], parameters: Parameters, parameters_file: str
) -> Iterator[Finding]:
    """What is wrong between them, not ordered; the form of each is checked where it is read."""
    usage = usage_of(ledger, entries, parameters)
    for fact in ledger.facts:
        yield from _check_fact(fact, usage[fact.id])
    for entry in entries:
        yield from _check_entry(entry, ledger)
    for parameter in parameters:
        for fact_id in parameter.facts:
            if ledger.get(fact_id) is None:
                details = (("value", fact_id),)
                yield Finding(ProblemKind.UNKNOWN_FACT, parameters_file, parameter.line, parameter.name, details)


def _check_fact(fact: Fact, usage: Usage) -> Iterator[Finding]:
    if must_be_used(fact, usage):
        yield Finding(ProblemKind.FACT_UNUSED, fact.file, fact.line, fact.id)
    if fact.unused_because and usage.is_served:
        users = (("value", ", ".join((*usage.live, *usage.parameters))),)
        yield Finding(ProblemKind.FACT_USED_AFTER_ALL, fact.file, fact.line, fact.id, users)


def _check_entry(entry: FiledEntry, ledger: Ledger) -> Iterator[Finding]:
    for fact_id in entry.facts:
        if ledger.get(fact_id) is None:
            yield _finding(entry, ProblemKind.UNKNOWN_FACT, value=fact_id)
    if not entry.is_live:
        return
    facts = ledger.of(entry.facts)
    for fact in facts:
        if not fact.may_be_served:
            yield _finding(entry, ProblemKind.FACT_NOT_TO_BE_SERVED, value=fact.id)
    doubtful = [fact for fact in facts if _RANK.get(fact.confidence, 0) < _RANK.get(entry.confidence, 0)]
    if doubtful:
        yield _finding(entry, ProblemKind.CONFIDENCE_ABOVE_FACTS, value=", ".join(fact.id for fact in doubtful))
    retold = [fact.id for fact in facts if fact.origin == Origin.SECONDARY]
    if retold and entry.source != Source.SECONDARY:
        yield _finding(entry, ProblemKind.SOURCE_ABOVE_FACTS, value=", ".join(retold))


def _finding(entry: FiledEntry, kind: ProblemKind, **details: str) -> Finding:
    return Finding(kind, entry.file, entry.id.line, entry.id.text, tuple(details.items()))
