"""Checks the ledger of facts against the entries and the parameter table, to the line."""

from __future__ import annotations

from pathlib import Path

from knowledge.facts.checks import check_ledger
from knowledge.facts.reading import read_ledger
from knowledge.faqs.library import read_folder
from knowledge.faqs.parameters import read_parameters
from knowledge.faqs.problem import Problem
from knowledge.faqs.validate import worded


def validate_ledger(facts_folder: Path, faqs_folder: Path, parameters_file: Path) -> tuple[Problem, ...]:
    """All problems of the ledger and of what rests on it, ordered by file and line.

    None where there is no such folder: a content folder that was exported has no ledger.
    """
    if not facts_folder.is_dir():
        return ()
    ledger, findings = read_ledger(facts_folder)
    entries, _ = read_folder(faqs_folder)
    parameters, _ = read_parameters(parameters_file)
    return worded([*findings, *check_ledger(ledger, entries, parameters, parameters_file.name)])
