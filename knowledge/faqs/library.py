"""Loads the FAQ folder into finished entries."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from knowledge.faqs.entry import FaqEntry, LegalBasis
from knowledge.faqs.next_steps import with_next_steps
from knowledge.faqs.parameters import Parameters
from knowledge.faqs.placeholders import PlaceholderError, fill_placeholders
from knowledge.faqs.problem import ContentError, Finding, ProblemKind
from knowledge.faqs.reading import FiledBasis, FiledEntry, read_faq_file


def load_faqs(folder: Path, parameters: Parameters, today: date) -> tuple[FaqEntry, ...]:
    """All entries, live and draft, in order of file and place, answers filled with the values in force on `today`.

    An entry that needs a value which is not in force on `today` is left out: no answer is better than an old
    figure (`validate_folder` reports it). Raises `ContentError` with every malformed place otherwise.
    """
    filed, findings = read_folder(folder)
    if findings:
        raise ContentError(findings)
    entries: list[FaqEntry] = []
    errors: list[Finding] = []
    for entry in filed:
        try:
            entries.append(finish_entry(entry, parameters, today))
        except PlaceholderError as error:
            if error.kind is not ProblemKind.PARAMETER_NOT_IN_FORCE:
                errors.append(placeholder_finding(entry, entry.answer.line, error))
    if errors:
        raise ContentError(tuple(errors))
    return tuple(entries)


def read_folder(folder: Path) -> tuple[tuple[FiledEntry, ...], tuple[Finding, ...]]:
    """Entries of all `*.yml` files as filed, files in alphabetical order, and what is wrong with their form."""
    if not folder.is_dir():
        return (), (Finding(ProblemKind.FOLDER_MISSING, folder.name, 0),)
    entries: list[FiledEntry] = []
    findings: list[Finding] = []
    for path in sorted(folder.glob("*.yml")):
        read, wrong = read_faq_file(path)
        entries += read
        findings += wrong
    return tuple(entries), tuple(findings)


def finish_entry(entry: FiledEntry, parameters: Parameters, today: date) -> FaqEntry:
    """The entry with its answer and legal bases filled; raises `PlaceholderError`."""
    if entry.review_by is None:
        raise ContentError((Finding(ProblemKind.DATE_FORM, entry.file, entry.id.line, entry.id.text),))
    return FaqEntry(
        id=entry.id.text,
        topic=entry.topic,
        question=entry.question.text,
        alternates=tuple(alternate.text for alternate in entry.alternates),
        answer=with_next_steps(fill_placeholders(entry.answer.text, parameters, today), entry.next_steps),
        legal_basis=tuple(_finish_basis(basis, parameters, today) for basis in entry.legal_basis),
        audience=entry.audience,
        confidence=entry.confidence,
        review_by=entry.review_by,
        status=entry.status,
        related=tuple(related.text for related in entry.related),
        facts=entry.facts,
        source=entry.source,
        next_steps=entry.next_steps,
        lens=entry.lens,
        scope=entry.scope,
    )


def placeholder_finding(entry: FiledEntry, line: int, error: PlaceholderError) -> Finding:
    """The finding that tells an editor about a placeholder which cannot be filled."""
    return Finding(error.kind, entry.file, line, entry.id.text, tuple(error.details.items()))


def _finish_basis(basis: FiledBasis, parameters: Parameters, today: date) -> LegalBasis:
    if not basis.parameter:
        return LegalBasis(basis.document, basis.article, basis.effective_from, basis.effective_to)
    parameter = parameters.get(basis.parameter)
    if parameter is None:
        raise PlaceholderError(ProblemKind.UNKNOWN_PARAMETER, name=basis.parameter)
    value = parameter.on(today)
    if value is None:
        raise PlaceholderError(ProblemKind.PARAMETER_NOT_IN_FORCE, name=basis.parameter, day=today.strftime("%d/%m/%Y"))
    return LegalBasis(value.document, value.article, value.effective_from, value.effective_to)
