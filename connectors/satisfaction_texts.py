"""The Vietnamese of the satisfaction question, read once from satisfaction_texts.yml."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from settings.reader import read_section

TEXTS = Path(__file__).with_name("satisfaction_texts.yml")


@dataclass(frozen=True)
class QuestionTexts:
    """One for each desk.satisfaction.About."""

    bot: str
    person: str
    waiting: str


@dataclass(frozen=True)
class SatisfactionTexts:
    """Sentences, and the lists of words that are understood. `{score}` is filled in."""

    questions: QuestionTexts
    scores: tuple[str, ...]
    thanks: str
    thanks_low: str
    person_button: str
    noted: str
    skipped: str
    expired: str
    words_begin: tuple[str, ...]
    skip_words: tuple[str, ...]
    farewells: tuple[str, ...]
    small_words: tuple[str, ...]


def load_satisfaction_texts(path: Path = TEXTS) -> SatisfactionTexts:
    """Raises settings.reader.SettingsError, which names the key."""
    return read_section(path, "satisfaction", SatisfactionTexts)
