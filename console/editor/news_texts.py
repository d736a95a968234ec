"""The Vietnamese of the pages of messages to many, from news.yml."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from settings.yaml_text import load_yaml

FILE = Path(__file__).with_name("news.yml")
Words = Mapping[str, str]


@dataclass(frozen=True)
class NewsTexts:
    """Keys are those of news.yml; `problems` by field and kind."""

    kinds: Words
    states: Words
    recipient_states: Words
    reasons: Words
    problems: Mapping[str, Words]
    refused: Words
    said: Words

    def reason(self, reason: str) -> str:
        """Why somebody did not get it; codes of channels are not for editors."""
        return self.reasons.get(reason, self.reasons["other"])

    def problems_in_words(self, problems: Mapping[str, str]) -> Words:
        """By field. Raises KeyError for a kind without a sentence."""
        return {field: self.problems[field][kind] for field, kind in problems.items()}


def load_news_texts(path: Path = FILE) -> NewsTexts:
    """Raises FileNotFoundError, or TypeError, which names a key that is missing or too much."""
    return NewsTexts(**load_yaml(path.read_text(encoding="utf-8"))["news"])
