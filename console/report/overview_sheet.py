"""The first sheet: the main figures with the month before, and what became of the questions."""

from __future__ import annotations

from collections.abc import Mapping

from console.report.report import Report
from console.report.table import (
    BLANK,
    Cell,
    Chart,
    Row,
    Series,
    Sheet,
    Table,
    change,
    change_in_points,
    change_of_duration,
    count,
    duration,
    percent,
    text,
)
from console.report.texts import named
from desk.report.measures import Share, Spread
from desk.report.person_request import Course
from desk.report.traffic import Family


def overview_sheet(report: Report) -> Sheet:
    """See the module."""
    tables = (_main_figures(report), _outcomes(report), _abstentions(report))
    return Sheet("overview", report.texts.sheets["overview"], tables, (_outcome_chart(report),))


def _main_figures(report: Report) -> Table:
    now, before = report.now, report.before
    rows = (
        _count(report, "conversations", now.all_channels.conversations, before.all_channels.conversations),
        _count(report, "from_citizens", now.all_channels.from_citizens, before.all_channels.from_citizens),
        _count(report, "questions", _questions(now.outcomes), _questions(before.outcomes)),
        _share(report, "answered", now.outcomes[Family.ANSWERED], before.outcomes[Family.ANSWERED]),
        _share(report, "unanswerable", now.outcomes[Family.UNANSWERABLE], before.outcomes[Family.UNANSWERABLE]),
        _share(report, "thumbs", now.thumbs_up, before.thumbs_up),
        _count(report, "requests", now.handoffs.total, before.handoffs.total),
        _share(report, "reached", now.handoffs.courses[Course.PERSON], before.handoffs.courses[Course.PERSON]),
        _time(report, "waiting", now.handoffs.waiting, before.handoffs.waiting),
        _share(report, "within_goal", now.handoffs.within_goal, before.handoffs.within_goal),
        _time(report, "handling", now.handoffs.handling, before.handoffs.handling),
        _count(report, "tickets", now.tickets.filed, before.tickets.filed),
        _share(report, "in_time", now.tickets.in_time, before.tickets.in_time),
        _count(report, "late_dossiers", now.tickets.late_dossiers, before.tickets.late_dossiers),
        _count(report, "slips", now.tickets.slips, before.tickets.slips),
        _share(report, "satisfied", now.satisfaction.overall.satisfied, before.satisfaction.overall.satisfied),
    )
    keys = ("figure", "this_month", "sample", "last_month", "sample_before", "change", "how")
    return report.table("overview", report.columns(*keys), rows)


def _row(report: Report, key: str, cells: tuple[Cell, ...]) -> Row:
    words, minutes = report.texts.figures[key], report.minutes_words
    return Row((text(words.name.format(minutes=minutes)), *cells, text(words.how.format(minutes=minutes))))


def _count(report: Report, key: str, now: int, before: int) -> Row:
    return _row(report, key, (count(now), BLANK, count(before), BLANK, change(now, before)))


def _share(report: Report, key: str, now: Share, before: Share) -> Row:
    cells = (percent(now), count(now.of), percent(before), count(before.of), change_in_points(now, before))
    return _row(report, key, cells)


def _time(report: Report, key: str, now: Spread, before: Spread) -> Row:
    middle, earlier = now.median_seconds, before.median_seconds
    difference = change_of_duration(middle, earlier)
    return _row(report, key, (duration(middle), count(now.count), duration(earlier), count(before.count), difference))


def _questions(outcomes: Mapping[Family, Share]) -> int:
    return outcomes[Family.ANSWERED].of


def _outcomes(report: Report) -> Table:
    now, before = report.now.outcomes, report.before.outcomes
    rows = [
        Row(
            (
                text(named(report.texts.families, family)),
                count(now[family].part),
                percent(now[family]),
                count(before[family].part),
                percent(before[family]),
            )
        )
        for family in Family
    ]
    total, earlier = _questions(now), _questions(before)
    cells = (count(total), percent(Share(total, total)), count(earlier), percent(Share(earlier, earlier)))
    rows.append(Row((text(report.texts.values["all"]), *cells), is_total=True))
    columns = report.columns("outcome", "questions", "share", "last_month", "share_before")
    return report.table("outcomes", columns, rows)


def _abstentions(report: Report) -> Table:
    total = sum(questions for _, questions in report.now.abstentions)
    rows = [
        Row((text(named(report.texts.statuses, status)), count(questions), percent(Share(questions, total))))
        for status, questions in report.now.abstentions
    ]
    rows.append(Row((text(report.texts.values["all"]), count(total), percent(Share(total, total))), is_total=True))
    return report.table("abstentions", report.columns("why", "questions", "share"), rows)


def _outcome_chart(report: Report) -> Chart:
    names = [named(report.texts.families, family) for family in Family]
    values = tuple(float(report.now.outcomes[family].part) for family in Family)
    earlier = tuple(float(report.before.outcomes[family].part) for family in Family)
    return report.chart(
        "outcomes", names, (Series(report.month.name, values), Series(report.month.previous.name, earlier))
    )
