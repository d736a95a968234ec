"""Insight as tables and charts: the page and the workbook show the same cells. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date

from console.editor.insight_texts import InsightTexts
from console.editor.list_filters import PAGE
from console.report.report import day_words
from console.report.table import (
    BLANK,
    Cell,
    Chart,
    Row,
    Series,
    Sheet,
    change,
    change_in_points,
    count,
    percent,
    text,
)
from desk.calendar.zone import vietnam_date
from desk.report.measures import Share
from desk.report.month import ReportMonth
from editing.insight.answers import Outcomes
from editing.insight.entries import EntryUse
from editing.insight.insight import Insight

GAPS = f"{PAGE}/gaps"
TOPICS_DRAWN = 8
MONTHS = 12
OVERDUE_SHOWN = 50
UNUSED_SHOWN = 100


def sheets_of_insight(insight: Insight, texts: InsightTexts, no_topic: str) -> tuple[Sheet, ...]:
    """In their order, of an empty period too. `no_topic` is what questions without one are called."""
    makers = (_overview, _topics, _entries, _gaps, _reviews)
    return tuple(make(insight, texts, no_topic) for make in makers)


def _overview(insight: Insight, texts: InsightTexts, _no_topic: str) -> Sheet:
    now, before = insight.answers.whole, insight.before.whole
    rows = (
        _row(texts, "questions", count(now.total), count(before.total), change(now.total, before.total)),
        _share(texts, "coverage", now.coverage, before.coverage),
        _share(texts, "asked_back", Share(now.asked_back, now.total), Share(before.asked_back, before.total)),
        _share(texts, "abstained", Share(now.abstained, now.total), Share(before.abstained, before.total)),
        _row(texts, "published", count(insight.published), count(insight.published_before), BLANK),
        _row(texts, "unused", count(len(insight.unused)), BLANK, BLANK),
        _row(texts, "overdue", count(len(insight.overdue)), BLANK, BLANK),
    )
    main = texts.table("overview", texts.heads("figure", "now", "before", "change", "how"), rows)
    names = [piece.name for piece in insight.period.pieces]
    pieces = [
        Row((text(name), *_outcomes(outcome))) for name, outcome in zip(names, insight.answers.pieces, strict=True)
    ]
    columns = texts.heads("stretch", "questions", "answered", "coverage", "asked_back", "abstained", "other")
    questions = Series(texts.series["questions"], tuple(float(each.total) for each in insight.answers.pieces))
    answered = Series(texts.series["answered"], tuple(float(each.answered) for each in insight.answers.pieces))
    chart = texts.chart("pieces", names, (questions, answered))
    return Sheet("overview", texts.sheets["overview"], (main, texts.table("pieces", columns, pieces)), (chart,))


def _topics(insight: Insight, texts: InsightTexts, no_topic: str) -> Sheet:
    topics = sorted(insight.answers.topics.items(), key=lambda each: (-each[1].total, each[0]))
    rows = []
    for topic, outcome in topics:
        before = insight.topic_before(topic).total
        cells = (*_outcomes(outcome), count(before), change(outcome.total, before))
        rows.append(Row((text(topic or no_topic), *cells)))
    keys = ("topic", "questions", "answered", "coverage", "asked_back", "abstained", "other", "before", "change")
    table = texts.table("topics", texts.heads(*keys), rows)
    names = [piece.name for piece in insight.period.pieces]
    by_piece = [
        Row((text(topic or no_topic), *(count(number) for number in insight.answers.topic_pieces[topic])))
        for topic, _ in topics
    ]
    over_time = texts.table("topic_pieces", (texts.columns["topic"], *names), by_piece)
    return Sheet("topics", texts.sheets["topics"], (table, over_time), _topic_charts(insight, texts, no_topic))


def _topic_charts(insight: Insight, texts: InsightTexts, no_topic: str) -> tuple[Chart, ...]:
    drawn = sorted(insight.answers.topics.items(), key=lambda each: (-each[1].total, each[0]))[:TOPICS_DRAWN]
    names = [topic or no_topic for topic, _ in drawn]
    now = Series(texts.series["now"], tuple(float(outcome.total) for _, outcome in drawn))
    before = Series(texts.series["before"], tuple(float(insight.topic_before(topic).total) for topic, _ in drawn))
    coverage = Series(texts.series["coverage"], tuple(outcome.coverage.value for _, outcome in drawn))
    return texts.chart("topics", names, (now, before)), texts.chart("coverage", names, (coverage,), is_percent=True)


def _entries(insight: Insight, texts: InsightTexts, _no_topic: str) -> Sheet:
    keys = ("entry", "code", "answers", "up", "down", "satisfied")
    used = texts.table("used", texts.heads(*keys), [_use(entry, True) for entry in insight.uses.most])
    columns = texts.heads("entry", "code", "up", "down", "satisfied")
    disliked = texts.table("disliked", columns, [_use(entry, False) for entry in insight.uses.disliked])
    unused = [
        Row((*_entry(each.title, each.name), text(each.topic), text(day_words(vietnam_date(each.published_at)))))
        for each in insight.unused[:UNUSED_SHOWN]
    ]
    never = texts.table("unused", texts.heads("entry", "code", "topic", "published"), unused)
    return Sheet("entries", texts.sheets["entries"], (used, disliked, never))


def _gaps(insight: Insight, texts: InsightTexts, _no_topic: str) -> Sheet:
    rows = [
        Row(
            (
                text(gap.title, f"{GAPS}/{gap.cluster.id}"),
                count(gap.questions),
                count(gap.people),
                text("" if gap.last_at is None else day_words(vietnam_date(gap.last_at))),
            )
        )
        for gap in insight.gaps
    ]
    table = texts.table("gaps", texts.heads("gap", "questions", "people", "last"), rows)
    return Sheet("gaps", texts.sheets["gaps"], (table,))


def _reviews(insight: Insight, texts: InsightTexts, _no_topic: str) -> Sheet:
    months = _next_months(insight.today)
    due = Counter((review.review_by.year, review.review_by.month) for review in insight.reviews)
    numbers = [due[month.year, month.month] for month in months]
    rows = [Row((text(month.name), count(number))) for month, number in zip(months, numbers, strict=True)]
    table = texts.table("months", texts.heads("month", "due"), rows)
    late = [
        Row((*_entry(each.title, each.name), text(day_words(each.review_by))))
        for each in insight.overdue[:OVERDUE_SHOWN]
    ]
    overdue = texts.table("overdue", texts.heads("entry", "code", "review_by"), late)
    series = Series(texts.series["due"], tuple(float(number) for number in numbers))
    chart = texts.chart("months", [month.name for month in months], (series,))
    return Sheet("reviews", texts.sheets["reviews"], (overdue, table), (chart,))


def _next_months(today: date) -> Sequence[ReportMonth]:
    months = [ReportMonth(today.year, today.month)]
    while len(months) < MONTHS:
        months.append(months[-1].following)
    return months


def _row(texts: InsightTexts, key: str, now: Cell, before: Cell, changed: Cell) -> Row:
    figure = texts.figures[key]
    return Row((text(figure.name), now, before, changed, text(figure.how)))


def _share(texts: InsightTexts, key: str, now: Share, before: Share) -> Row:
    return _row(texts, key, percent(now), percent(before), change_in_points(now, before))


def _outcomes(outcome: Outcomes) -> tuple[Cell, ...]:
    numbers = (outcome.asked_back, outcome.abstained, outcome.other)
    return count(outcome.total), count(outcome.answered), percent(outcome.coverage), *map(count, numbers)


def _entry(title: str, name: str) -> tuple[Cell, Cell]:
    """Its title, which leads to its page, and its code; what the base has no more is titled by its name alone."""
    return text(title, f"{PAGE}/{name}" if title != name else ""), text(name)


def _use(entry: EntryUse, with_answers: bool) -> Row:
    answers = (count(entry.answers),) if with_answers else ()
    cells = (*_entry(entry.title, entry.name), *answers, count(entry.up), count(entry.down))
    return Row((*cells, percent(entry.satisfied)))
