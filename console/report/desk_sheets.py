"""What people of the agency did: handoffs and tickets."""

from __future__ import annotations

from console.report.report import Report
from console.report.table import Cell, Kind, Row, Series, Sheet, Table, change, count, duration, percent, text
from console.report.texts import named
from desk.report.measures import Share, Spread
from desk.report.person_request import Course
from desk.report.tickets import KindFigures

COURSES = (Course.PERSON, Course.CALLBACK, Course.LEFT, Course.WAITING)


def handoff_sheet(report: Report) -> Sheet:
    """Courses, times, the goal of waiting, reasons."""
    tables = (_courses(report), _times(report), _waits(report), _reasons(report))
    reasons = report.now.handoffs.reasons
    names = [named(report.texts.reasons, reason) for reason, _ in reasons]
    bars = Series(report.month.name, tuple(float(requests) for _, requests in reasons))
    return Sheet("handoffs", report.texts.sheets["handoffs"], tables, (report.chart("reasons", names, (bars,)),))


def _courses(report: Report) -> Table:
    now, before = report.now.handoffs, report.before.handoffs
    rows = [
        Row(
            (
                text(named(report.texts.courses, course)),
                count(now.courses[course].part),
                percent(now.courses[course]),
                count(before.courses[course].part),
                percent(before.courses[course]),
            )
        )
        for course in COURSES
    ]
    whole, earlier = Share(now.total, now.total), Share(before.total, before.total)
    cells = (count(now.total), percent(whole), count(before.total), percent(earlier))
    rows.append(Row((text(report.texts.values["all"]), *cells), is_total=True))
    columns = report.columns("course", "requests", "share", "last_month", "share_before")
    return report.table("courses", columns, rows)


def _times(report: Report) -> Table:
    now, before = report.now.handoffs, report.before.handoffs
    rows = (
        _time_row(report.texts.times["waiting"], now.waiting, before.waiting),
        _time_row(report.texts.times["handling"], now.handling, before.handling),
    )
    columns = report.columns("time", "sample", "median", "p90", "last_month", "sample_before")
    return report.table("times", columns, rows)


def _time_row(name: str, now: Spread, before: Spread) -> Row:
    cells = (count(now.count), duration(now.median_seconds), duration(now.p90_seconds))
    return Row((text(name), *cells, duration(before.median_seconds), count(before.count)))


def _waits(report: Report) -> Table:
    minutes = report.minutes_words
    now, before = report.now.handoffs.within_goal, report.before.handoffs.within_goal
    name = report.texts.figures["within_goal"].name.format(minutes=minutes)
    row = Row((text(name), count(now.part), count(now.of), percent(now), percent(before), count(before.of)))
    columns = report.columns("figure", "requests", "sample", "share", "share_before", "sample_before")
    return report.table("waits", columns, (row,), minutes=minutes)


def _reasons(report: Report) -> Table:
    now, earlier = report.now.handoffs, dict(report.before.handoffs.reasons)
    rows = [
        Row(
            (
                text(named(report.texts.reasons, reason)),
                count(requests),
                percent(Share(requests, now.total)),
                count(earlier.get(reason, 0)),
                change(requests, earlier.get(reason, 0)),
            )
        )
        for reason, requests in now.reasons
    ]
    cells = (percent(Share(now.total, now.total)), count(report.before.handoffs.total))
    last = (text(report.texts.values["all"]), count(now.total), *cells, change(now.total, report.before.handoffs.total))
    rows.append(Row(last, is_total=True))
    columns = report.columns("why", "requests", "share", "last_month", "change")
    return report.table("reasons", columns, rows)


def ticket_sheet(report: Report) -> Sheet:
    """Tickets by kind, and late dossiers."""
    now = report.now.tickets
    rows = [_kind_row(named(report.texts.kinds, each.kind), each) for each in now.kinds]
    sums = [count(sum(getattr(each, name) for each in now.kinds)) for name in ("filed", "answered", "ended", "open")]
    kept = (count(now.in_time.of), count(now.in_time.part), percent(now.in_time), Cell(Kind.BLANK, None))
    rows.append(Row((text(report.texts.values["all"]), *sums, *kept), is_total=True))
    parts = ("filed", "ticket_answered", "ended", "open", "due", "in_time", "in_time_share", "days")
    table = report.table("tickets", report.columns("kind", *parts), rows)
    names = [named(report.texts.kinds, each.kind) for each in now.kinds]
    before = {each.kind: each.filed for each in report.before.tickets.kinds}
    series = (
        Series(report.month.name, tuple(float(each.filed) for each in now.kinds)),
        Series(report.month.previous.name, tuple(float(before[each.kind]) for each in now.kinds)),
    )
    chart = report.chart("tickets", names, series)
    return Sheet("tickets", report.texts.sheets["tickets"], (table, _dossiers(report)), (chart,))


def _kind_row(name: str, figures: KindFigures) -> Row:
    counts = [count(each) for each in (figures.filed, figures.answered, figures.ended, figures.open)]
    kept = (count(figures.in_time.of), count(figures.in_time.part), percent(figures.in_time))
    return Row((text(name), *counts, *kept, Cell(Kind.DAYS, figures.median_working_days)))


def _dossiers(report: Report) -> Table:
    now, before, words = report.now.tickets, report.before.tickets, report.texts.figures
    rows = (
        Row(
            (
                text(words["late_dossiers"].name),
                count(now.late_dossiers),
                count(before.late_dossiers),
                change(now.late_dossiers, before.late_dossiers),
            )
        ),
        Row((text(words["slips"].name), count(now.slips), count(before.slips), change(now.slips, before.slips))),
    )
    return report.table("dossiers", report.columns("figure", "this_month", "last_month", "change"), rows)
