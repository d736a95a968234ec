"""Volumes by channel and by topic."""

from __future__ import annotations

from console.report.report import Report
from console.report.table import Row, Series, Sheet, change, count, percent, text
from console.report.texts import named
from desk.report.measures import Share
from desk.report.traffic import ChannelVolume

CHARTED_TOPICS = 10


def channel_sheet(report: Report) -> Sheet:
    """Every channel on which something was said in one of the two months."""
    now = {each.channel: each for each in report.now.channels}
    before = {each.channel: each for each in report.before.channels}
    channels = sorted({*now, *before}, key=lambda name: (-_conversations(now, name), name))
    rows = [_channel_row(named(report.texts.channels, name), now.get(name), before.get(name)) for name in channels]
    total = _channel_row(report.texts.values["all"], report.now.all_channels, report.before.all_channels)
    rows.append(Row(total.cells, is_total=True))
    counts = ("conversations", "from_citizens", "from_assistant", "from_operators", "conversations_before", "change")
    table = report.table("channels", report.columns("channel", *counts), rows)
    names = [named(report.texts.channels, name) for name in channels]
    series = (
        Series(report.month.name, tuple(float(_conversations(now, name)) for name in channels)),
        Series(report.month.previous.name, tuple(float(_conversations(before, name)) for name in channels)),
    )
    return Sheet("channels", report.texts.sheets["channels"], (table,), (report.chart("channels", names, series),))


def _conversations(volumes: dict[str, ChannelVolume], name: str) -> int:
    return volumes[name].conversations if name in volumes else 0


def _channel_row(name: str, now: ChannelVolume | None, before: ChannelVolume | None) -> Row:
    volume = now or ChannelVolume("", 0, 0, 0, 0)
    earlier = 0 if before is None else before.conversations
    said = (volume.from_citizens, volume.from_assistant, volume.from_operators)
    ours = [count(each) for each in (volume.conversations, *said, earlier)]
    return Row((text(name), *ours, change(volume.conversations, earlier)))


def topic_sheet(report: Report) -> Sheet:
    """Every topic that was answered in the month; the chart shows the most frequent."""
    earlier = dict(report.before.topics)
    total, total_before = _sum(report.now.topics), _sum(report.before.topics)
    rows = [
        Row(
            (
                text(report.texts.values["no_topic"] if topic is None else topic),
                count(answered),
                percent(Share(answered, total)),
                count(earlier.get(topic, 0)),
                change(answered, earlier.get(topic, 0)),
            )
        )
        for topic, answered in report.now.topics
    ]
    sums = (count(total), percent(Share(total, total)), count(total_before), change(total, total_before))
    rows.append(Row((text(report.texts.values["all"]), *sums), is_total=True))
    columns = report.columns("topic", "answered", "share", "answered_before", "change")
    shown = [(topic, answered) for topic, answered in report.now.topics if topic is not None][:CHARTED_TOPICS]
    bars = Series(report.month.name, tuple(float(answered) for _, answered in shown))
    chart = report.chart("topics", [topic for topic, _ in shown], (bars,))
    return Sheet("topics", report.texts.sheets["topics"], (report.table("topics", columns, rows),), (chart,))


def _sum(topics: tuple[tuple[str | None, int], ...]) -> int:
    return sum(answered for _, answered in topics)
