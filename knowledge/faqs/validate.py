"""Checks the FAQ folder and the parameter table and says, to the line, what an editor must mend."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

from knowledge.faqs.entry import MAX_ANSWER_CHARACTERS, Confidence, Source
from knowledge.faqs.library import finish_entry, placeholder_finding, read_folder
from knowledge.faqs.messages import Messages, load_messages
from knowledge.faqs.parameters import Parameters, read_parameters
from knowledge.faqs.placeholders import PlaceholderError, has_braces, placeholder_names
from knowledge.faqs.problem import Finding, Problem, ProblemKind
from knowledge.faqs.reading import FiledEntry
from vietnamese.keys import plain_key

_VIETNAM = timezone(timedelta(hours=7))
_EXPIRY_NOTICE = timedelta(days=60)
"""Editors need about two months to have a new value approved."""


def validate_folder(folder: Path, parameters: Parameters, today: date | None = None) -> tuple[Problem, ...]:
    """All problems of the FAQ files, ordered by file and line; empty when there are none.

    `today` decides which values are in force and what is overdue; left out, it is today in Vietnam.
    """
    day = today or datetime.now(_VIETNAM).date()
    messages = load_messages()
    entries, findings = read_folder(folder)
    checks: list[Iterator[Finding]] = [
        _duplicate_ids(entries),
        _duplicate_questions(entries, plain_key),
        _unknown_related(entries),
    ]
    checks += [_check_entry(entry, parameters, day, messages) for entry in entries]
    found = [*findings, *(finding for check in checks for finding in check)]
    return _worded(found, messages)


def validate_parameters(path: Path) -> tuple[Problem, ...]:
    """All problems of the parameter table, ordered by line."""
    _, findings = read_parameters(path)
    return _worded(findings, load_messages())


def _worded(findings: Iterable[Finding], messages: Messages) -> tuple[Problem, ...]:
    ordered = sorted(findings, key=lambda finding: (finding.file, finding.line, finding.kind))
    return tuple(
        Problem(finding.file, finding.line, finding.entry, messages.sentence(finding), finding.kind)
        for finding in ordered
    )


def _duplicate_ids(entries: tuple[FiledEntry, ...]) -> Iterator[Finding]:
    first: dict[str, FiledEntry] = {}
    for entry in entries:
        known = first.setdefault(entry.id.text, entry)
        if known is not entry and entry.id.text:
            yield _finding(entry, ProblemKind.DUPLICATE_ID, entry.id.line, place=f"{known.file}:{known.id.line}")


def _duplicate_questions(entries: tuple[FiledEntry, ...], key_of: Callable[[str], str]) -> Iterator[Finding]:
    """Two wordings with the same key cannot lead to two answers, and twice the same one teaches nothing."""
    first: dict[str, str] = {}
    for entry in entries:
        for wording in (entry.question, *entry.alternates):
            key = key_of(wording.text)
            if not key:
                continue
            place = f"{entry.file}:{wording.line}"
            if key in first:
                details = {"text": wording.text[:80], "place": first[key]}
                yield _finding(entry, ProblemKind.DUPLICATE_QUESTION, wording.line, **details)
            first.setdefault(key, place)


def _unknown_related(entries: tuple[FiledEntry, ...]) -> Iterator[Finding]:
    known = {entry.id.text for entry in entries}
    for entry in entries:
        for related in entry.related:
            if related.text and (related.text not in known or related.text == entry.id.text):
                yield _finding(entry, ProblemKind.UNKNOWN_RELATED, related.line, value=related.text[:80])


def _check_entry(entry: FiledEntry, parameters: Parameters, day: date, messages: Messages) -> Iterator[Finding]:
    yield from _check_answer(entry, parameters, day)
    for wording in (entry.question, *entry.alternates):
        if has_braces(wording.text):
            yield _finding(entry, ProblemKind.PLACEHOLDER_OUTSIDE_ANSWER, wording.line)
    if not entry.is_live:
        return
    if entry.confidence == Confidence.LOW:
        yield _finding(entry, ProblemKind.LOW_CONFIDENCE_LIVE, entry.id.line)
    if entry.source == Source.SECONDARY and messages.secondary_phrase not in entry.answer.text.lower():
        yield _finding(entry, ProblemKind.SECONDARY_NOT_SAID, entry.answer.line, phrase=messages.secondary_phrase)
    if entry.review_by and entry.review_by < day:
        yield _finding(entry, ProblemKind.REVIEW_OVERDUE, entry.id.line, day=entry.review_by.strftime("%d/%m/%Y"))
    for basis in entry.legal_basis:
        if basis.effective_to and basis.effective_to < day:
            yield _finding(entry, ProblemKind.LEGAL_BASIS_ENDED, basis.line, document=basis.document)


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
    yield from _ending_parameters(entry, parameters, day)


def _ending_parameters(entry: FiledEntry, parameters: Parameters, day: date) -> Iterator[Finding]:
    for name in placeholder_names(entry.answer.text):
        parameter = parameters.get(name)
        value = parameter.on(day) if parameter else None
        end = value.effective_to if value else None
        if parameter and end and end - day <= _EXPIRY_NOTICE and parameter.on(end + timedelta(days=1)) is None:
            details = {"name": name, "day": end.strftime("%d/%m/%Y")}
            yield _finding(entry, ProblemKind.PARAMETER_ENDS_SOON, entry.answer.line, **details)


def _finding(entry: FiledEntry, kind: ProblemKind, line: int, **details: str) -> Finding:
    return Finding(kind, entry.file, line, entry.id.text, tuple(details.items()))
