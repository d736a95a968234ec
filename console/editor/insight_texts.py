"""The Vietnamese of insight, from insight.yml."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from console.report.table import Chart, Row, Series, Table
from console.report.texts import ChartText, FigureText, Words
from console.report.writing import written_count, written_percent
from settings.yaml_text import load_yaml

FILE = Path(__file__).with_name("insight.yml")


@dataclass(frozen=True)
class InsightTexts:
    """Keys are those of insight.yml."""

    page: Words
    periods: Words
    sheets: Words
    columns: Words
    figures: Mapping[str, FigureText]
    tables: Words
    notes: Words
    charts: Mapping[str, ChartText]
    series: Words
    described: str
    described_none: str

    def heads(self, *keys: str) -> tuple[str, ...]:
        """Headings of a table."""
        return tuple(self.columns[key] for key in keys)

    def table(self, key: str, columns: tuple[str, ...], rows: Sequence[Row]) -> Table:
        """With the title and the note of this key."""
        return Table(self.tables[key], columns, tuple(rows), self.notes.get(key, ""))

    def chart(self, key: str, categories: Sequence[str], series: Sequence[Series], is_percent: bool = False) -> Chart:
        """Described for those who cannot see it."""
        words, write = self.charts[key], written_percent if is_percent else written_count
        known = zip(categories, series[0].values, strict=True)
        values = "; ".join(f"{category}: {write(value)}" for category, value in known if value is not None)
        described = self.described if any(series[0].values) else self.described_none
        description = described.format(title=words.title, values=values)
        return Chart(key, words.title, description, words.axis, tuple(categories), tuple(series), is_percent)


def load_insight_texts(path: Path = FILE) -> InsightTexts:
    """Raises TypeError, which names a key that is missing or too much."""
    own = load_yaml(path.read_text(encoding="utf-8"))["insight"]
    figures = {key: FigureText(**value) for key, value in own.pop("figures").items()}
    charts = {key: ChartText(**value) for key, value in own.pop("charts").items()}
    return InsightTexts(**own, figures=figures, charts=charts)
