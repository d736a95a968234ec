"""The cases that a connector is held to."""

from dataclasses import dataclass
from pathlib import Path

import yaml

FILE = Path(__file__).with_name("cases.yml")


@dataclass(frozen=True)
class Case:
    """`why_not` is empty where tests have to show it."""

    id: str
    expected: str
    why_not: str


@dataclass(frozen=True)
class Section:
    title: str
    cases: tuple[Case, ...]


def load_sections(path=FILE):
    """In the order of the file."""
    written = yaml.safe_load(path.read_text(encoding="utf-8"))
    return tuple(
        Section(
            section["title"],
            tuple(
                Case(name, expected, section.get("why_not", {}).get(name, ""))
                for name, expected in section["cases"].items()
            ),
        )
        for section in written["sections"]
    )
