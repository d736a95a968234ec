"""Which entries and parameters rest on a fact."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from knowledge.facts.fact import Fact, Ledger
from knowledge.faqs.parameters import Parameter
from knowledge.faqs.reading import FiledEntry


@dataclass(frozen=True)
class Usage:
    """Ids of live entries and of drafts, names of parameters; each once, in order."""

    live: tuple[str, ...] = ()
    drafts: tuple[str, ...] = ()
    parameters: tuple[str, ...] = ()

    @property
    def is_served(self) -> bool:
        """Whether something that citizens may read rests on it."""
        return bool(self.live or self.parameters)


@dataclass
class _Users:
    live: dict[str, None] = field(default_factory=dict)
    drafts: dict[str, None] = field(default_factory=dict)
    parameters: dict[str, None] = field(default_factory=dict)


def usage_of(ledger: Ledger, entries: Iterable[FiledEntry], parameters: Iterable[Parameter]) -> Mapping[str, Usage]:
    """By fact id, in the order of the ledger; facts that only entries name are left out."""
    users = {fact.id: _Users() for fact in ledger.facts}
    for entry in entries:
        for fact_id in entry.facts:
            if of_fact := users.get(fact_id):
                (of_fact.live if entry.is_live else of_fact.drafts).setdefault(entry.id.text)
    for parameter in parameters:
        for fact_id in parameter.facts:
            if of_fact := users.get(fact_id):
                of_fact.parameters.setdefault(parameter.name)
    return {fact_id: Usage(tuple(one.live), tuple(one.drafts), tuple(one.parameters)) for fact_id, one in users.items()}


def must_be_used(fact: Fact, usage: Usage) -> bool:
    """A fact that may be served, serves nobody, and says no reason for it."""
    return fact.may_be_served and not usage.is_served and not fact.unused_because
