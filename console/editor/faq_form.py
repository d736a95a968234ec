"""The form of an entry: what a version holds as fields of a page, and what was typed as a body again. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from console.security.form import Form
from console.security.refusal import Refusal, RefusedError
from console.supervisor.fields import day_of, one_line
from editing.bodies.faq import FaqBasis, FaqBody
from editing.version import Version
from knowledge.faqs.entry import Audience, Confidence, Scope, Source
from knowledge.faqs.next_steps import NextSteps

MOST_BASES = 12
NOTE_CHARACTERS = 2_000
_BETWEEN = re.compile(r"[\s,;]+")


@dataclass(frozen=True)
class BasisRow:
    """One row of legal bases; with `parameter` its source is that of the parameter's value."""

    document: str = ""
    article: str = ""
    effective_from: str = ""
    effective_to: str = ""
    parameter: str = ""

    @property
    def is_empty(self) -> bool:
        """Rows that nobody filled in are left out."""
        return not (self.document or self.article or self.parameter or self.effective_from or self.effective_to)


@dataclass(frozen=True)
class FaqForm:
    """Texts as typed, so that a refused form comes back as it was; days in ISO form."""

    question: str = ""
    alternates: str = ""
    answer: str = ""
    bases: tuple[BasisRow, ...] = ()
    audience: frozenset[str] = frozenset()
    confidence: str = Confidence.HIGH.value
    source: str = Source.PRIMARY.value
    review_by: str = ""
    live_from: str = ""
    live_to: str = ""
    related: str = ""
    facts: str = ""
    next_where: str = ""
    next_papers: str = ""
    next_deadline: str = ""
    lens: str = ""
    scope: str = Scope.OURS.value
    change_note: str = ""
    public_note: str = ""

    @property
    def next_steps(self) -> NextSteps:
        return NextSteps(one_line(self.next_where), _lines(self.next_papers), one_line(self.next_deadline))

    def body(self, before: FaqBody) -> FaqBody:
        """What is kept; fields that the form does not show stay as they were. Raises RefusedError for a wrong day."""
        return FaqBody(
            question=one_line(self.question),
            alternates=_lines(self.alternates),
            answer=answer_text(self.answer),
            legal_basis=tuple(_basis(row) for row in self.bases if not row.is_empty),
            audience=_in_order(before.audience, self.audience),
            confidence=self.confidence,
            source=self.source,
            status=before.status,
            review_by=typed_day(self.review_by),
            facts=_words(self.facts),
            related=_words(self.related),
            next_steps=self.next_steps,
            lens=one_line(self.lens),
            scope=self.scope,
        )


def form_of(body: FaqBody, version: Version | None = None) -> FaqForm:
    """As a page shows it before anything is typed."""
    return FaqForm(
        question=body.question,
        alternates="\n".join(body.alternates),
        answer=body.answer,
        bases=tuple(_row(basis) for basis in body.legal_basis),
        audience=frozenset(body.audience),
        confidence=body.confidence,
        source=body.source,
        review_by=_iso(body.review_by),
        related=", ".join(body.related),
        facts=", ".join(body.facts),
        next_where=body.next_steps.where,
        next_papers="\n".join(body.next_steps.papers),
        next_deadline=body.next_steps.deadline,
        lens=body.lens,
        scope=body.scope,
        live_from=_iso(version.live_from) if version else "",
        live_to=_iso(version.live_to) if version else "",
        change_note=version.change_note if version else "",
        public_note=version.public_note if version else "",
    )


def typed_form(form: Form) -> FaqForm:
    """What came with a request. Choices that do not exist fall back to the first."""
    rows = tuple(_typed_row(form, number) for number in range(MOST_BASES))
    return FaqForm(
        question=form.text("question"),
        alternates=form.text("alternates"),
        answer=form.text("answer"),
        bases=tuple(row for row in rows if not row.is_empty),
        audience=frozenset(one.value for one in Audience if form.is_on(f"audience_{one.value}")),
        confidence=_choice(form, "confidence", tuple(Confidence)),
        source=_choice(form, "source", tuple(Source)),
        review_by=form.text("review_by").strip(),
        live_from=form.text("live_from").strip(),
        live_to=form.text("live_to").strip(),
        related=form.text("related"),
        facts=form.text("facts"),
        next_where=form.text("next_where"),
        next_papers=form.text("next_papers"),
        next_deadline=form.text("next_deadline"),
        lens=form.text("lens"),
        scope=_choice(form, "scope", tuple(Scope)),
        change_note=form.text("change_note")[:NOTE_CHARACTERS],
        public_note=form.text("public_note")[:NOTE_CHARACTERS],
    )


def typed_day(text: str) -> date | None:
    """None for an empty field. Raises RefusedError for what is no day."""
    day = day_of(text)
    if day is None and text.strip():
        raise RefusedError(Refusal.KNOWLEDGE_DAY, {"text": text.strip()[:20]})
    return day


def _in_order(before: tuple[str, ...], chosen: frozenset[str]) -> tuple[str, ...]:
    """What stays keeps its place: a box that nobody touched makes no difference."""
    new = (one.value for one in Audience if one.value in chosen and one.value not in before)
    return (*(one for one in before if one in chosen), *new)


def answer_text(text: str) -> str:
    """Lines keep their ends; nothing hangs behind them."""
    return "\n".join(line.rstrip() for line in text.strip().split("\n"))


def _basis(row: BasisRow) -> FaqBasis:
    if row.parameter:
        return FaqBasis(parameter=row.parameter)
    start, end = typed_day(row.effective_from), typed_day(row.effective_to)
    return FaqBasis(one_line(row.document), one_line(row.article), start, end)


def _row(basis: FaqBasis) -> BasisRow:
    start, end = _iso(basis.effective_from), _iso(basis.effective_to)
    return BasisRow(basis.document, basis.article, start, end, basis.parameter)


def _typed_row(form: Form, number: int) -> BasisRow:
    fields: Mapping[str, str] = {
        name: form.text(f"basis_{number}_{key}").strip()
        for name, key in (
            ("document", "document"),
            ("article", "article"),
            ("effective_from", "from"),
            ("effective_to", "to"),
            ("parameter", "parameter"),
        )
    }
    return BasisRow(**fields)


def _choice(form: Form, name: str, allowed: tuple[str, ...]) -> str:
    typed = form.text(name)
    return typed if typed in allowed else str(allowed[0])


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line for line in map(one_line, text.split("\n")) if line)


def _words(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word for word in _BETWEEN.split(text.strip()) if word))


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""
