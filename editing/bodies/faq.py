"""What an entry of questions and answers says, as filed: the answer with its placeholders."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from knowledge.faqs.entry import Confidence, Scope, Source, Status
from knowledge.faqs.next_steps import NO_STEPS, NextSteps


@dataclass(frozen=True)
class FaqBasis:
    """A document of its own, or `parameter`: then the source of that parameter's value stands in its place."""

    document: str = ""
    article: str = ""
    effective_from: date | None = None
    effective_to: date | None = None
    parameter: str = ""


@dataclass(frozen=True)
class FaqBody:
    """Fields as in knowledge/content/faqs/*.yml; a draft may leave any of them empty."""

    question: str = ""
    alternates: tuple[str, ...] = ()
    answer: str = ""
    legal_basis: tuple[FaqBasis, ...] = ()
    audience: tuple[str, ...] = ()
    confidence: str = Confidence.HIGH.value
    source: str = Source.PRIMARY.value
    status: str = Status.LIVE.value
    review_by: date | None = None
    facts: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    next_steps: NextSteps = NO_STEPS
    lens: str = ""
    scope: str = Scope.OURS.value


def faq_from_json(data: Mapping[str, Any]) -> FaqBody:
    """From what `faq_to_json` made; a key that is not there yet gives its default."""
    return FaqBody(
        question=data.get("question", ""),
        alternates=tuple(data.get("alternates", ())),
        answer=data.get("answer", ""),
        legal_basis=tuple(_basis_from_json(basis) for basis in data.get("legal_basis", ())),
        audience=tuple(data.get("audience", ())),
        confidence=data.get("confidence", Confidence.HIGH.value),
        source=data.get("source", Source.PRIMARY.value),
        status=data.get("status", Status.LIVE.value),
        review_by=day_from_json(data.get("review_by")),
        facts=tuple(data.get("facts", ())),
        related=tuple(data.get("related", ())),
        next_steps=_steps_from_json(data.get("next_steps", {})),
        lens=data.get("lens", ""),
        scope=data.get("scope", Scope.OURS.value),
    )


def faq_to_json(body: FaqBody) -> dict[str, Any]:
    """Days in ISO form."""
    return {
        "question": body.question,
        "alternates": list(body.alternates),
        "answer": body.answer,
        "legal_basis": [_basis_to_json(basis) for basis in body.legal_basis],
        "audience": list(body.audience),
        "confidence": body.confidence,
        "source": body.source,
        "status": body.status,
        "review_by": day_to_json(body.review_by),
        "facts": list(body.facts),
        "related": list(body.related),
        "next_steps": _steps_to_json(body.next_steps),
        "lens": body.lens,
        "scope": body.scope,
    }


def day_from_json(value: str | None) -> date | None:
    """None stays None."""
    return date.fromisoformat(value) if value else None


def day_to_json(day: date | None) -> str | None:
    """None stays None."""
    return day.isoformat() if day else None


def _steps_from_json(data: Mapping[str, Any]) -> NextSteps:
    return NextSteps(data.get("where", ""), tuple(data.get("papers", ())), data.get("deadline", ""))


def _steps_to_json(steps: NextSteps) -> dict[str, Any]:
    return {"where": steps.where, "papers": list(steps.papers), "deadline": steps.deadline}


def _basis_from_json(data: Mapping[str, Any]) -> FaqBasis:
    if "parameter" in data:
        return FaqBasis(parameter=data["parameter"])
    start, end = day_from_json(data.get("effective_from")), day_from_json(data.get("effective_to"))
    return FaqBasis(data.get("document", ""), data.get("article", ""), start, end)


def _basis_to_json(basis: FaqBasis) -> dict[str, Any]:
    if basis.parameter:
        return {"parameter": basis.parameter}
    return {
        "document": basis.document,
        "article": basis.article,
        "effective_from": day_to_json(basis.effective_from),
        "effective_to": day_to_json(basis.effective_to),
    }
