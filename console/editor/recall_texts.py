"""The Vietnamese of the recall page, from recall.yml."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from settings.yaml_text import load_yaml

FILE = Path(__file__).with_name("recall.yml")
Words = Mapping[str, str]


@dataclass(frozen=True)
class RecallTexts:
    """`title`, `text` and `source` begin a correction; editors change them as they like."""

    reaches: Words
    title: str
    text: str
    source: str
    refused: Words


def load_recall_texts(path: Path = FILE) -> RecallTexts:
    """Raises FileNotFoundError, or TypeError, which names a key that is missing or too much."""
    return RecallTexts(**load_yaml(path.read_text(encoding="utf-8"))["recall"])
