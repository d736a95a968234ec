"""What every sheet of a report is made from."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from console.report.table import Chart, Row, Series, Table
from console.report.texts import ReportTexts
from console.report.writing import written_count, written_percent
from desk.calendar.zone import in_vietnam
from desk.report.figures import Comparison, MonthFigures
from desk.report.month import ReportMonth


@dataclass(frozen=True)
class ReportGoals:
    """`satisfied_percent` is to be exceeded, `wait_minutes` not to be."""

    satisfied_percent: float
    wait_minutes: float


@dataclass(frozen=True)
class Letterhead:
    """Whose report it is."""

    agency: str
    unit: str


@dataclass(frozen=True)
class Report:
    """Figures, words and goals together."""

    comparison: Comparison
    texts: ReportTexts
    goals: ReportGoals
    letterhead: Letterhead

    @property
    def now(self) -> MonthFigures:
        """Of the month of the report."""
        return self.comparison.now

    @property
    def before(self) -> MonthFigures:
        """Of the month before."""
        return self.comparison.before

    @property
    def month(self) -> ReportMonth:
        """What it is about."""
        return self.comparison.now.month

    @property
    def is_running(self) -> bool:
        """The month is not over: figures will still grow."""
        return not self.month.is_over(self.comparison.made_at)

    @property
    def is_empty(self) -> bool:
        """Nobody wrote, wanted a person, left a ticket or was asked."""
        now = self.now
        some = (
            now.all_channels.from_citizens,
            now.handoffs.total,
            now.tickets.filed,
            now.satisfaction.overall.answered.of,
        )
        return not any(some)

    @property
    def goal_words(self) -> str:
        """Without the sign: `83`."""
        return f"{self.goals.satisfied_percent:g}".replace(".", ",")

    @property
    def minutes_words(self) -> str:
        """Of the goal of waiting: `15`."""
        return f"{self.goals.wait_minutes:g}".replace(".", ",")

    def columns(self, *keys: str) -> tuple[str, ...]:
        """Headings; those that name a month name the right one."""
        before = {key for key in keys if key.endswith("_before") or key == "last_month"}
        month, previous = self.month.name, self.month.previous.name
        return tuple(self.texts.columns[key].format(month=previous if key in before else month) for key in keys)

    def table(self, key: str, columns: tuple[str, ...], rows: Sequence[Row], **values: object) -> Table:
        """With the title and the note of this key; `values` fill them."""
        note = self.texts.notes.get(key, "").format(**values)
        return Table(self.texts.tables[key].format(**values), columns, tuple(rows), note)

    def chart(self, key: str, categories: Sequence[str], series: Sequence[Series]) -> Chart:
        """Bars of counts, described for those who cannot see them."""
        words = self.texts.charts[key]
        described = self.texts.described.format(title=words.title, values=_listed(categories, series[0], written_count))
        if not any(series[0].values):
            described = self.texts.described_none.format(title=words.title)
        return Chart(key, words.title, described, words.axis, tuple(categories), tuple(series))

    def goal_chart(self, key: str, categories: Sequence[str], series: Series) -> Chart:
        """Bars of shares with the line of the goal of satisfaction."""
        words, goal = self.texts.charts[key], self.goal_words
        title = words.title.format(goal=goal)
        template = self.texts.described_goal
        if all(value is None for value in series.values):
            template = self.texts.described_none
        described = template.format(title=title, values=_listed(categories, series, written_percent), goal=goal)
        fraction = self.goals.satisfied_percent / 100
        name = f"{self.texts.values['goal']} {goal}%"
        return Chart(key, title, described, words.axis, tuple(categories), (series,), True, fraction, name)


def _listed(categories: Sequence[str], series: Series, write: Callable[[float], str]) -> str:
    known = zip(categories, series.values, strict=True)
    return "; ".join(f"{category}: {write(value)}" for category, value in known if value is not None)


def moment_words(moment: datetime) -> str:
    """Hour and day in Vietnam: `08:05 03/11/2026`."""
    return f"{in_vietnam(moment):%H:%M %d/%m/%Y}"


def day_words(day: date) -> str:
    """`03/11/2026`."""
    return f"{day:%d/%m/%Y}"
