"""docs/knowledge-sample.md: entries drawn at random, each beside its facts, for a reader to judge."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from datetime import date

from knowledge.facts.fact import Fact, Ledger
from knowledge.facts.page_words import PageWords
from knowledge.faqs.entry import FaqEntry


def drawn(entries: Sequence[FaqEntry], words: PageWords) -> tuple[FaqEntry, ...]:
    """The same entries for the same ids and seed, in the order of the draw."""
    by_id = sorted(entries, key=lambda entry: entry.id)
    return tuple(random.Random(words.seed).sample(by_id, min(words.sample_size, len(by_id))))


def sample_page(entries: Sequence[FaqEntry], ledger: Ledger, words: PageWords) -> str:
    """Markdown; `entries` are the live ones, filled for the day of the page."""
    return "\n".join(_lines(entries, ledger, words)) + "\n"


def _lines(entries: Sequence[FaqEntry], ledger: Ledger, words: PageWords) -> Iterator[str]:
    page = words.sample
    yield f"# {page['title']}\n"
    yield page["intro"].format(live=len(entries), seed=words.seed, day=_day(words.as_of))
    for number, entry in enumerate(drawn(entries, words), 1):
        yield from _entry(number, entry, page)
        yield f"{page['facts']}\n"
        for fact_id in entry.facts:
            yield from _fact(fact_id, ledger.get(fact_id), page)
        if not entry.facts:
            yield page["no_facts"]


def _entry(number: int, entry: FaqEntry, page: dict[str, str]) -> Iterator[str]:
    yield f"\n## {number}. {entry.question}\n"
    audience = ", ".join(entry.audience)
    trust = {"confidence": entry.confidence, "source": entry.source, "review_by": _day(entry.review_by)}
    yield f"`{entry.id}`. {page['asked_for'].format(audience=audience, **trust)}\n"
    yield from (f"> {line}  " for line in entry.answer.splitlines())
    yield ""
    if entry.legal_basis:
        basis = "; ".join(f"{one.document} {one.article}".strip() for one in entry.legal_basis)
        yield page["basis"].format(basis=basis) + "\n"


def _fact(fact_id: str, fact: Fact | None, page: dict[str, str]) -> Iterator[str]:
    if fact is None:
        yield page["unknown"].format(id=fact_id)
        return
    days = page["from_day"].format(day=_day(fact.effective_from)) if fact.effective_from else ""
    days += page["to_day"].format(day=_day(fact.effective_to)) if fact.effective_to else ""
    says = " ".join(fact.says.split())
    yield page["fact"].format(id=fact.id, confidence=fact.confidence, origin=fact.origin, days=days, says=says)
    if fact.law:
        yield page["law"].format(law=fact.law)
    if fact.doubt:
        yield page["doubt"].format(doubt=" ".join(fact.doubt.split()))


def _day(day: date) -> str:
    return f"{day:%d/%m/%Y}"
