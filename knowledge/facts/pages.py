"""Writes docs/knowledge-review.md and docs/knowledge-sample.md: `python -m knowledge.facts.pages`."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from knowledge.facts.fact import Ledger
from knowledge.facts.page_words import PageWords, load_page_words
from knowledge.facts.reading import FACTS_FOLDER, read_ledger
from knowledge.facts.review_page import review_page
from knowledge.facts.risk import Risk, risk_of
from knowledge.facts.sample_page import sample_page
from knowledge.facts.values import unbacked_values
from knowledge.faqs.entry import FaqEntry
from knowledge.faqs.parameters import Parameters
from knowledge.faqs.placeholders import placeholder_names
from knowledge.faqs.template import FaqTemplate
from knowledge.library import load_documents

CONTENT_FOLDER = Path("knowledge/content")
DOCS_FOLDER = Path("docs")
REVIEW_PAGE, SAMPLE_PAGE = "knowledge-review.md", "knowledge-sample.md"


def pages(content: Path = CONTENT_FOLDER) -> dict[str, str]:
    """Name of the file and what stands in it. Raises as `load_documents`."""
    words = load_page_words()
    documents = load_documents(content, words.as_of)
    ledger, _ = read_ledger(content / FACTS_FOLDER)
    served = [
        (one, entry) for one in documents.templates if one.is_served(words.as_of) and (entry := one.on(words.as_of))
    ]
    risks = tuple(_risks(served, ledger, documents.parameters, words))
    entries = [entry for _, entry in served]
    values = tuple(unbacked_values(documents.parameters, ledger))
    return {
        REVIEW_PAGE: review_page(risks, values, len(entries), words),
        SAMPLE_PAGE: sample_page(entries, ledger, words),
    }


def _risks(
    served: Iterable[tuple[FaqTemplate, FaqEntry]], ledger: Ledger, parameters: Parameters, words: PageWords
) -> Iterable[Risk]:
    for template, entry in served:
        days = _days_of_parameters(template, parameters, words.as_of)
        risk = risk_of(entry, template.filed, ledger.of(entry.facts), days, words)
        if risk is not None:
            yield risk


def _days_of_parameters(template: FaqTemplate, parameters: Parameters, day: date) -> tuple[date, ...]:
    """When the values in force began and end."""
    found = [parameters.get(name) for name in placeholder_names(template.filed.answer.text)]
    values = [value for parameter in found if parameter and (value := parameter.on(day))]
    return tuple(one for value in values for one in (value.effective_from, value.effective_to) if one)


def write_pages(content: Path = CONTENT_FOLDER, docs: Path = DOCS_FOLDER) -> list[Path]:
    """Gives what was written."""
    written = []
    for name, text in pages(content).items():
        (docs / name).write_text(text, encoding="utf-8")
        written.append(docs / name)
    return written


if __name__ == "__main__":
    for path in write_pages():
        sys.stdout.write(f"{path}\n")
