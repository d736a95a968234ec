"""What is wrong with one entry by itself on a day, beyond its form; the same for files and for editors' drafts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from knowledge.faqs.entry import MAX_ANSWER_CHARACTERS, MIN_ALTERNATES, Confidence, Source
from knowledge.faqs.figures import literal_figures, promised_sums
from knowledge.faqs.legal_form import is_article, is_document
from knowledge.faqs.library import finish_entry, placeholder_finding
from knowledge.faqs.messages import Messages
from knowledge.faqs.parameters import Parameters
from knowledge.faqs.placeholders import PlaceholderError, has_braces, placeholder_names
from knowledge.faqs.problem import Finding, ProblemKind
from knowledge.faqs.reading import FiledEntry

_EXPIRY_NOTICE = timedelta(days=60)
"""Editors need about two months to have a new value approved."""
_SHOWN = 80


def check_entry(entry: FiledEntry, parameters: Parameters, day: date, messages: Messages) -> Iterator[Finding]:
    """Of a draft only what would make it unreadable: it may hold what is not sure yet."""
    yield from _check_answer(entry, parameters, day)
    yield from _check_braces(entry)
    if len(entry.alternates) < MIN_ALTERNATES:
        line = entry.alternates[0].line if entry.alternates else entry.id.line
        details = {"count": str(len(entry.alternates)), "minimum": str(MIN_ALTERNATES)}
        yield _finding(entry, ProblemKind.TOO_FEW_ALTERNATES, line, **details)
    if not entry.is_live:
        return
    yield from _check_figures(entry)
    yield from _check_trust(entry, day, messages)
    yield from _check_law(entry, day)


def _check_answer(entry: FiledEntry, parameters: Parameters, day: date) -> Iterator[Finding]:
    if not entry.answer.text or entry.review_by is None:
        return
    try:
        answer = finish_entry(entry, parameters, day).answer
    except PlaceholderError as error:
        yield placeholder_finding(entry, entry.answer.line, error)
        return
    if len(answer) > MAX_ANSWER_CHARACTERS:
        details = {"key": "answer", "length": str(len(answer)), "limit": str(MAX_ANSWER_CHARACTERS)}
        yield _finding(entry, ProblemKind.TEXT_TOO_LONG, entry.answer.line, **details)
    for sentence in promised_sums(answer) if entry.is_live else ():
        yield _finding(entry, ProblemKind.SUM_PROMISED, entry.answer.line, text=sentence[:_SHOWN])
    yield from _ending_parameters(entry, parameters, day)


def _ending_parameters(entry: FiledEntry, parameters: Parameters, day: date) -> Iterator[Finding]:
    for name in placeholder_names(entry.answer.text):
        parameter = parameters.get(name)
        value = parameter.on(day) if parameter else None
        end = value.effective_to if value else None
        if parameter and end and end - day <= _EXPIRY_NOTICE and parameter.on(end + timedelta(days=1)) is None:
            details = {"name": name, "day": end.strftime("%d/%m/%Y")}
            yield _finding(entry, ProblemKind.PARAMETER_ENDS_SOON, entry.answer.line, **details)


def _check_braces(entry: FiledEntry) -> Iterator[Finding]:
    for wording in (entry.question, *entry.alternates):
        if has_braces(wording.text):
            yield _finding(entry, ProblemKind.PLACEHOLDER_OUTSIDE_ANSWER, wording.line)
    if any(has_braces(text) for text in _steps_of(entry)):
        yield _finding(entry, ProblemKind.PLACEHOLDER_OUTSIDE_ANSWER, entry.next_steps_line)


def _check_figures(entry: FiledEntry) -> Iterator[Finding]:
    """Money and percentages change with the law: they stand in the table of parameters alone."""
    texts = [(entry.answer.text, entry.answer.line), *((text, entry.next_steps_line) for text in _steps_of(entry))]
    for text, line in texts:
        for figure in dict.fromkeys(figure.text for figure in literal_figures(text)):
            yield _finding(entry, ProblemKind.FIGURE_OUTSIDE_TABLE, line, figure=figure)


def _check_trust(entry: FiledEntry, day: date, messages: Messages) -> Iterator[Finding]:
    if entry.is_ours and not entry.next_steps.where:
        yield _finding(entry, ProblemKind.NEXT_STEPS_MISSING, entry.next_steps_line or entry.id.line)
    if entry.confidence == Confidence.LOW:
        yield _finding(entry, ProblemKind.LOW_CONFIDENCE_LIVE, entry.id.line)
    if entry.source == Source.SECONDARY and messages.secondary_phrase not in entry.answer.text.lower():
        yield _finding(entry, ProblemKind.SECONDARY_NOT_SAID, entry.answer.line, phrase=messages.secondary_phrase)
    if entry.review_by and entry.review_by < day:
        yield _finding(entry, ProblemKind.REVIEW_OVERDUE, entry.id.line, day=entry.review_by.strftime("%d/%m/%Y"))


def _check_law(entry: FiledEntry, day: date) -> Iterator[Finding]:
    for basis in entry.legal_basis:
        if basis.effective_to and basis.effective_to < day:
            yield _finding(entry, ProblemKind.LEGAL_BASIS_ENDED, basis.line, document=basis.document)
        if basis.article and not is_article(basis.article):
            yield _finding(entry, ProblemKind.ARTICLE_FORM, basis.line, value=basis.article[:_SHOWN])
        if basis.document and not is_document(basis.document):
            yield _finding(entry, ProblemKind.DOCUMENT_FORM, basis.line, value=basis.document[:_SHOWN])


def _steps_of(entry: FiledEntry) -> tuple[str, ...]:
    return (entry.next_steps.where, *entry.next_steps.papers, entry.next_steps.deadline)


def _finding(entry: FiledEntry, kind: ProblemKind, line: int, **details: str) -> Finding:
    return Finding(kind, entry.file, line, entry.id.text, tuple(details.items()))
