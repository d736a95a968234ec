"""The Vietnamese of the chat page that the communications centre rewords most often, from `texts.yml`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from settings.yaml_text import load_yaml


@dataclass(frozen=True)
class PageTexts:
    hotline: str
    can: tuple[str, ...]
    cannot: tuple[str, ...]
    examples: tuple[str, ...]
    """Questions a citizen may start with; each must be one that the FAQs answer."""
    audiences: Mapping[str, str]
    messages: Mapping[str, str]
    """Sentences that scripts show, by the key they use; `{name}` marks what they fill in."""

    @property
    def hotline_uri(self) -> str:
        """The hotline as a `tel:` link wants it."""
        return "tel:" + self.hotline.replace(" ", "")


def load_page_texts(path: Path) -> PageTexts:
    """Raises FileNotFoundError, or KeyError naming the missing key."""
    document = load_yaml(path.read_text(encoding="utf-8"))
    welcome = document["welcome"]
    return PageTexts(
        hotline=document["hotline"],
        can=tuple(welcome["can"]),
        cannot=tuple(welcome["cannot"]),
        examples=tuple(welcome["examples"]),
        audiences=document["audiences"],
        messages=document["messages"],
    )
