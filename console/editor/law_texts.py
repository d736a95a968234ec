"""The Vietnamese of the pages about changes of law, announcements and holds, from law.yml."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from settings.yaml_text import load_yaml

FILE = Path(__file__).with_name("law.yml")
Words = Mapping[str, str]


@dataclass(frozen=True)
class LawTexts:
    """Keys are those of law.yml. `faults` say what is wrong in a form; `said` what was done."""

    kinds: Words
    does: Words
    states: Words
    ties: Words
    stages: Words
    scopes: Words
    fields: Words
    faults: Words
    said: Words


def load_law_texts(path: Path = FILE) -> LawTexts:
    """Raises FileNotFoundError, or TypeError, which names a key that is missing or too much."""
    return LawTexts(**load_yaml(path.read_text(encoding="utf-8"))["law"])
