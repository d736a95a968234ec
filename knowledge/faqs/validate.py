"""Checks the FAQ folder and the parameter table and says, to the line, what an editor must mend."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

from knowledge.faqs.between_entries import check_between
from knowledge.faqs.contradiction import contradictions
from knowledge.faqs.entry_checks import check_entry
from knowledge.faqs.library import read_folder
from knowledge.faqs.messages import load_messages
from knowledge.faqs.parameters import Parameters, read_parameters
from knowledge.faqs.problem import Finding, Problem

_VIETNAM = timezone(timedelta(hours=7))


def validate_folder(folder: Path, parameters: Parameters, today: date | None = None) -> tuple[Problem, ...]:
    """All problems of the FAQ files, ordered by file and line; empty when there are none.

    `today` decides which values are in force and what is overdue; left out, it is today in Vietnam.
    """
    day = today or datetime.now(_VIETNAM).date()
    messages = load_messages()
    entries, findings = read_folder(folder)
    checks: list[Iterator[Finding]] = [check_between(entries), contradictions(entries)]
    checks += [check_entry(entry, parameters, day, messages) for entry in entries]
    return worded([*findings, *(finding for check in checks for finding in check)])


def validate_parameters(path: Path) -> tuple[Problem, ...]:
    """All problems of the parameter table, ordered by line."""
    _, findings = read_parameters(path)
    return worded(findings)


def worded(findings: Iterable[Finding]) -> tuple[Problem, ...]:
    """With their Vietnamese sentences, ordered by file and line."""
    messages = load_messages()
    ordered = sorted(findings, key=lambda finding: (finding.file, finding.line, finding.kind))
    return tuple(
        Problem(finding.file, finding.line, finding.entry, messages.sentence(finding), finding.kind)
        for finding in ordered
    )
