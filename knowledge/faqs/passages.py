"""FAQ entries as retrievable passages."""

from __future__ import annotations

from collections.abc import Iterable

from knowledge.faqs.entry import FaqEntry, Status
from knowledge.passage import Collection, Passage


def faq_passages(entries: Iterable[FaqEntry]) -> tuple[Passage, ...]:
    """One passage for each live entry, in order; drafts give none."""
    return tuple(_passage(entry) for entry in entries if entry.status == Status.LIVE)


def _passage(entry: FaqEntry) -> Passage:
    return Passage(
        id=f"faq/{entry.id}",
        collection=Collection.FAQ,
        document=entry.id,
        section="",
        title=entry.question,
        text=entry.answer,
        context=entry.topic,
        questions=entry.alternates,
    )
