"""The Vietnamese of the pages about imports, from imports.yml."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from settings.yaml_text import load_yaml

FILE = Path(__file__).with_name("imports.yml")
Words = Mapping[str, str]


@dataclass(frozen=True)
class ImportTexts:
    """Keys are those of imports.yml; `faults` say what is wrong in a form, `said` what was done."""

    kinds: Words
    states: Words
    readings: Words
    levels: Words
    roles: Words
    standings: Words
    facts: Words
    faults: Words
    said: Words


@cache
def load_import_texts() -> ImportTexts:
    """Raises TypeError, which names a key that is missing or too much; read at the first call only."""
    return ImportTexts(**load_yaml(FILE.read_text(encoding="utf-8"))["imports"])
