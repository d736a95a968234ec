"""The Vietnamese of the report, from texts.yml, and what the values of enumerations are called."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from console.operator.texts import ConsoleTexts
from desk.tickets.texts import TicketTexts
from settings.yaml_text import load_yaml

FILE = Path(__file__).with_name("texts.yml")
Words = Mapping[str, str]


@dataclass(frozen=True)
class FigureText:
    """`how` says in one line how it is counted."""

    name: str
    how: str


@dataclass(frozen=True)
class ChartText:
    """`axis` is what the length of a bar means."""

    title: str
    axis: str


@dataclass(frozen=True)
class ReportTexts:
    """Keys are those of texts.yml; `channels`, `reasons`, `statuses` and `kinds` come from their own rooms."""

    page: Words
    head: Words
    values: Words
    sheets: Words
    columns: Words
    figures: Mapping[str, FigureText]
    families: Words
    courses: Words
    abouts: Words
    times: Words
    tables: Words
    notes: Words
    charts: Mapping[str, ChartText]
    described: str
    described_goal: str
    described_none: str
    channels: Words
    reasons: Words
    statuses: Words
    kinds: Words


def load_report_texts(console: ConsoleTexts, tickets: TicketTexts, path: Path = FILE) -> ReportTexts:
    """Raises TypeError, which names a key that is missing or too much."""
    own = load_yaml(path.read_text(encoding="utf-8"))["report"]
    figures = {key: FigureText(**value) for key, value in own.pop("figures").items()}
    charts = {key: ChartText(**value) for key, value in own.pop("charts").items()}
    return ReportTexts(
        **own,
        figures=figures,
        charts=charts,
        channels=console.names["channels"],
        reasons=console.names["reasons"],
        statuses=console.names["statuses"],
        kinds=asdict(tickets.kinds),
    )


def named(words: Words, key: str) -> str:
    """What it is called; the key itself for something newer than the words."""
    return words.get(key, key)
