"""docs/knowledge-review.md: everything a lawyer should confirm first, by risk."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby

from knowledge.facts.page_words import PageWords
from knowledge.facts.risk import Risk
from knowledge.facts.values import UnbackedValue
from knowledge.faqs.entry import LegalBasis


def review_page(risks: Sequence[Risk], values: Sequence[UnbackedValue], live: int, words: PageWords) -> str:
    """Markdown. `live` is the number of live entries; the order within a score is that of `risks`."""
    return "\n".join((*_lines(risks, live, words), *_values(values, words))) + "\n"


def _lines(risks: Sequence[Risk], live: int, words: PageWords) -> Iterator[str]:
    page = words.review
    listed = sorted((risk for risk in risks if not risk.only_figures), key=lambda risk: -risk.score)
    figures = [risk for risk in risks if risk.only_figures]
    yield f"# {page['title']}\n"
    yield page["intro"].format(day=f"{words.as_of:%d/%m/%Y}") + "\n"
    yield page["count"].format(listed=len(listed), live=live, money=len(figures)) + "\n"
    yield f"## {page['reasons_title']}\n"
    yield from _reasons(risks, words)
    for score, band in groupby(listed, key=lambda risk: risk.score):
        rows = list(band)
        yield f"\n## {page['band'].format(score=score, count=len(rows))}\n"
        yield page["head"]
        yield "|---|---|---|---|"
        yield from (_row(risk, words) for risk in rows)
    yield f"\n## {page['only_figures_title'].format(count=len(figures))}\n"
    yield page["only_figures_intro"] + "\n"
    yield ", ".join(f"`{risk.entry.id}`" for risk in figures)


def _reasons(risks: Sequence[Risk], words: PageWords) -> Iterator[str]:
    counts = Counter(name for risk in risks for name in {reason.name for reason in risk.reasons})
    yield words.review["reasons_head"]
    yield "|---|---|---|"
    for name, reason in words.reasons.items():
        yield f"| {reason.label} | {reason.points} | {counts[name]} |"


def _row(risk: Risk, words: PageWords) -> str:
    reasons = dict.fromkeys(words.reasons[one.name].text.format(detail=one.detail) for one in risk.reasons)
    basis = "; ".join(_place(one) for one in risk.entry.legal_basis) or words.review["no_basis"]
    cells = (f"`{risk.entry.id}`", "<br>".join(risk.sentences), basis, "; ".join(reasons))
    return f"| {' | '.join(' '.join(cell.replace('|', '/').split()) for cell in cells)} |"


def _values(values: Sequence[UnbackedValue], words: PageWords) -> Iterator[str]:
    """Those in force first: citizens read them today."""
    page = words.review
    ordered = sorted(values, key=lambda one: one.is_past(words.as_of))
    yield f"\n## {page['values_title'].format(count=len(ordered))}\n"
    yield page["values_intro"] + "\n"
    yield page["values_head"]
    yield "|---|---|---|---|---|"
    for one in ordered:
        value, parameter = one.value, one.parameter
        end = f"{value.effective_to:%d/%m/%Y}" if value.effective_to else "…"
        source = f"{value.document} {value.article}".strip() or page["no_basis"]
        days = f"{value.effective_from:%d/%m/%Y} – {end}"
        cells = (f"`{parameter.name}`: {parameter.title}", one.written, days, source, parameter.note)
        yield f"| {' | '.join(' '.join(cell.replace('|', '/').split()) for cell in cells)} |"


def _place(basis: LegalBasis) -> str:
    return f"{basis.document} {basis.article}".strip()
