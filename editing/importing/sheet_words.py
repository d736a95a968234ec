"""The words of the sheet for questions and answers, from faq_sheet.yml."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from settings.yaml_text import load_yaml
from vietnamese.accents import strip_accents

FILE = Path(__file__).with_name("faq_sheet.yml")


@dataclass(frozen=True)
class SheetColumn:
    """`also` are other headings that mean it; `width` is counted in characters, as in the workbook."""

    title: str
    also: tuple[str, ...]
    width: int
    help: str


@dataclass(frozen=True)
class SheetWords:
    """`columns` by the names of `SheetRow`'s fields, in the order of the sheet."""

    sheet: str
    guide: str
    lists: str
    columns: Mapping[str, SheetColumn]
    example_mark: str
    example: Mapping[str, str]
    told: tuple[str, ...]

    def column_of(self, heading: str) -> str:
        """Name of the column with that heading, however it is typed; empty for an unknown one."""
        folded = _folded(heading)
        for name, column in self.columns.items():
            if folded in (_folded(title) for title in (column.title, *column.also)):
                return name
        return ""

    def columns_of(self, headings: Sequence[str]) -> dict[int, str]:
        """Place → name for the headings that are known; the first of two alike counts."""
        found: dict[int, str] = {}
        for place, heading in enumerate(headings):
            name = self.column_of(heading)
            if name and name not in found.values():
                found[place] = name
        return found


@cache
def load_sheet_words() -> SheetWords:
    """Reads the file at the first call only."""
    data = load_yaml(FILE.read_text(encoding="utf-8"))
    columns = {
        name: SheetColumn(**{**column, "also": tuple(column["also"])}) for name, column in data.pop("columns").items()
    }
    return SheetWords(**{**data, "columns": columns, "told": tuple(data["told"])})


def _folded(heading: str) -> str:
    return " ".join(strip_accents(heading).casefold().replace("*", " ").replace(",", " ").split())
