"""The Vietnamese sentences about files, rows and structures, from messages.yml."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from editing.importing.imported import Notice
from editing.importing.problem import ImportProblem
from settings.yaml_text import load_yaml

FILE = Path(__file__).with_name("messages.yml")
Words = Mapping[str, str]


@dataclass(frozen=True)
class ImportMessages:
    """Each mapping has the names of one enumeration, or of kinds of problems."""

    refusals: Words
    notices: Words
    rows: Words
    directive: Words
    corrections: Words
    units: Words
    kept: Words

    def refused(self, refusal: str, values: Words) -> str:
        """Why a file was not taken and what to do."""
        return filled(self.refusals[refusal], values)

    def notice(self, notice: Notice) -> str:
        """What should be known of a file that was read."""
        return filled(self.notices[notice.kind.value], dict(notice.values))

    def problem(self, problem: ImportProblem) -> str:
        """Of a row or of a directive."""
        sentences = self.directive if problem.field == "directive" else self.rows
        values = {name: self.units.get(text, text) if name == "unit" else text for name, text in problem.values}
        return filled(sentences[problem.kind], values)


def filled(sentence: str, values: Words) -> str:
    """Values are put in as plain text: braces in them mean nothing."""
    for name, value in values.items():
        sentence = sentence.replace("{" + name + "}", value)
    return sentence


@cache
def load_import_messages() -> ImportMessages:
    """Reads the file at the first call only."""
    return ImportMessages(**load_yaml(FILE.read_text(encoding="utf-8")))
