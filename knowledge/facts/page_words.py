"""The words of the two generated pages, kept in `pages.yml`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from knowledge.faqs.messages import load_messages
from settings.yaml_text import load_yaml

_FILE = Path(__file__).with_name("pages.yml")


@dataclass(frozen=True)
class ReasonWords:
    """`text` stands in a row, with `{detail}`; `label` in the table of reasons."""

    text: str
    label: str
    points: int


@dataclass(frozen=True)
class PageWords:
    """`as_of` is the day on which answers are filled and from which 12 months are counted."""

    as_of: date
    seed: int
    sample_size: int
    penalty_words: tuple[str, ...]
    secondary_phrase: str
    reasons: dict[str, ReasonWords]
    review: dict[str, str]
    sample: dict[str, str]


def load_page_words() -> PageWords:
    """Raises KeyError for a missing word."""
    words = load_yaml(_FILE.read_text(encoding="utf-8"))
    reasons = {name: ReasonWords(**one) for name, one in words["reasons"].items()}
    penalties = tuple(words["penalty_words"])
    secondary = load_messages().secondary_phrase
    return PageWords(
        words["as_of"],
        words["seed"],
        words["sample_size"],
        penalties,
        secondary,
        reasons,
        words["review"],
        words["sample"],
    )
