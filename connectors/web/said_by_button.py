"""What the page's own buttons say for the citizen, and what the desk says of a form that came in."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from settings.reader import read_section

TEXTS = Path(__file__).with_name("said_by_button.yml")


@dataclass(frozen=True)
class ButtonTexts:
    """`wrong` and `unclear` are why a thumb was turned down; `{case_code}` is filled in."""

    wrong: str
    unclear: str
    ticket_filed: str


def load_button_texts(path: Path = TEXTS) -> ButtonTexts:
    """Raises settings.reader.SettingsError, which names the key."""
    return read_section(path, "said", ButtonTexts)
