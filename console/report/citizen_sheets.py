"""What citizens thought of it, and what they asked in vain."""

from __future__ import annotations

from console.report.report import Report
from console.report.table import Cell, Kind, Row, Series, Sheet, count, percent, text
from console.report.texts import named
from console.report.writing import written_count
from desk.report.satisfaction import Verdict
from desk.satisfaction import HIGHEST, LOWEST, About


def satisfaction_sheet(report: Report) -> Sheet:
    """By what was judged, with the goal; the chart names how many answered."""
    now, before = report.now.satisfaction, report.before.satisfaction
    rows = [
        _row(report, named(report.texts.abouts, about), now.by_about[about], before.by_about[about]) for about in About
    ]
    overall = _row(report, report.texts.values["overall"], now.overall, before.overall)
    rows.append(Row(overall.cells, is_total=True))
    scores = tuple(report.texts.columns["score"].format(score=score) for score in range(LOWEST, HIGHEST + 1))
    columns = (
        *report.columns("about", "asked", "rated"),
        *scores,
        *report.columns("satisfied", "satisfied_share", "verdict", "mean", "share_before", "sample_before"),
    )
    verdicts = [*((named(report.texts.abouts, about), now.by_about[about]) for about in About)]
    verdicts.append((report.texts.values["overall"], now.overall))
    names = [f"{name} ({_sample(report, verdict)})" for name, verdict in verdicts]
    bars = Series(report.month.name, tuple(verdict.satisfied.value for _, verdict in verdicts))
    chart = report.goal_chart("satisfaction", names, bars)
    table = report.table("satisfaction", columns, rows)
    return Sheet("satisfaction", report.texts.sheets["satisfaction"], (table,), (chart,))


def _sample(report: Report, verdict: Verdict) -> str:
    return report.texts.values["sample"].format(count=written_count(verdict.satisfied.of))


def _row(report: Report, name: str, now: Verdict, before: Verdict) -> Row:
    reached = now.satisfied.exceeds(report.goals.satisfied_percent)
    words = None if reached is None else report.texts.values["reached" if reached else "missed"]
    return Row(
        (
            text(name),
            count(now.answered.of),
            count(now.answered.part),
            *(count(each) for each in now.scores),
            count(now.satisfied.part),
            percent(now.satisfied),
            Cell(Kind.TEXT, words),
            Cell(Kind.SCORE, now.mean),
            percent(before.satisfied),
            count(before.satisfied.of),
        )
    )


def unanswered_sheet(report: Report) -> Sheet:
    """What several people asked; the rest is counted in the note."""
    found = report.comparison.unanswered
    rows = [Row((text(group.text), count(group.people), count(group.times))) for group in found.groups]
    notes = report.texts.notes
    alone = notes["unanswered_alone"].format(alone=written_count(found.alone))
    further = notes["unanswered_further"].format(further=written_count(found.further))
    table = report.table(
        "unanswered",
        report.columns("question", "people", "times"),
        rows,
        times=written_count(found.times),
        alone=alone if found.alone else "",
        further=further if found.further else "",
    )
    return Sheet("unanswered", report.texts.sheets["unanswered"], (table,))
