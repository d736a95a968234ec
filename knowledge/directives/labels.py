"""The Vietnamese words around passages of directives, read once from `knowledge/content/directives_labels.yml`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path

from settings.yaml_text import load_yaml


@dataclass(frozen=True)
class DirectiveLabels:
    """Templates hold `str.format` fields; the YAML file says what each is for."""

    places: Mapping[str, str]
    document: str
    attached: str
    titles: Mapping[str, str]
    questions: Mapping[str, tuple[str, ...]]
    context: Mapping[str, str]
    abbreviations: Mapping[str, str]


def read_labels(text: str) -> DirectiveLabels:
    """Raises TypeError naming the key that is missing or unknown."""
    data = load_yaml(text)
    data["questions"] = {part: tuple(questions) for part, questions in data["questions"].items()}
    return DirectiveLabels(**data)


@cache
def load_labels(path: Path | None = None) -> DirectiveLabels:
    """The labels in the content folder, or in another file; each file is read at the first call only."""
    if path is not None:
        return read_labels(path.read_text(encoding="utf-8"))
    file = resources.files("knowledge").joinpath("content", "directives_labels.yml")
    return read_labels(file.read_text(encoding="utf-8"))
