"""Comments at the head of exported files, kept in `heads.yml` beside this file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from settings.yaml_text import load_yaml

_FILE = Path(__file__).with_name("heads.yml")


@dataclass(frozen=True)
class Heads:
    """Whole lines with their line ends; `front` by the key that the comment stands before."""

    money_word: str
    parameters: str
    questions: str
    front: Mapping[str, str]


@cache
def load_heads() -> Heads:
    """Raises KeyError naming what is missing."""
    found = load_yaml(_FILE.read_text(encoding="utf-8"))
    return Heads(found["money_word"], found["parameters"], found["questions"], found["front"])
