"""The Vietnamese of the pages of unanswered questions, from gaps.yml."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from settings.yaml_text import load_yaml

FILE = Path(__file__).with_name("gaps.yml")
Words = Mapping[str, str]


@dataclass(frozen=True)
class GapTexts:
    """Keys are those of gaps.yml."""

    states: Words
    troubles: Words
    events: Words
    views: Words
    least: Words
    said: Words
    refused: Words


def load_gap_texts(path: Path = FILE) -> GapTexts:
    """Raises FileNotFoundError, or TypeError, which names a key that is missing or too much."""
    return GapTexts(**load_yaml(path.read_text(encoding="utf-8"))["gaps"])
