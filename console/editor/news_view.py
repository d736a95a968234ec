"""A mailing as its page shows it: whom it reaches, how far it is, who may do what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from console.editor.channel_previews import ChannelPreview
from console.editor.news_ground import NewsGround
from console.operator.room import Room, names_of_operators
from desk.calendar.zone import in_vietnam
from desk.notices.mailing import ENDED, Mailing, MailingKind, MailingState, mailing_by_id
from desk.notices.mailing_message import message_of
from desk.notices.news_topic import NewsTopic, news_topics_of
from desk.notices.recipient import RecipientCount, RecipientState, Skip

NOT_BEGUN = frozenset({MailingState.DRAFT, MailingState.SUBMITTED, MailingState.APPROVED})


@dataclass(frozen=True)
class ChannelReach:
    """Before it begins: how many of a channel get it, wait, or are left out and why."""

    channel: str
    gets: int
    later: int
    left_out: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class ChannelProgress:
    """Once it began. `why` are the reasons of those that failed or were left out."""

    channel: str
    waiting: int
    queued: int
    sent: int
    failed: int
    skipped: int
    why: tuple[tuple[str, int], ...]

    @property
    def ended(self) -> int:
        """Of whom nothing more will come."""
        return self.sent + self.failed + self.skipped


@dataclass(frozen=True)
class Progress:
    """`waits_for_day`: it is night now, and nothing is sent. `is_settled`: nothing will change by itself."""

    channels: tuple[ChannelProgress, ...]
    total: int
    ended: int
    sent: int
    is_settled: bool
    waits_for_day: bool


@dataclass(frozen=True)
class MailingView:
    """`reach` before it begins, `progress` afterwards; names are those of people's accounts."""

    mailing: Mailing
    topic: NewsTopic | None
    topics: tuple[NewsTopic, ...]
    reach: tuple[ChannelReach, ...]
    progress: Progress | None
    previews: tuple[ChannelPreview, ...]
    writers: tuple[str, ...]
    decided_by: str
    halted_by: str
    is_own: bool

    @property
    def gets(self) -> int:
        """How many would get it now."""
        return sum(channel.gets for channel in self.reach)

    @property
    def left_out(self) -> int:
        """How many would not."""
        return sum(number for channel in self.reach for _, number in channel.left_out)


def read_view(connection: Connection, room: Room, mailing_id: int, me: int, now: datetime) -> MailingView | None:
    """None when there is no such mailing."""
    mailing = mailing_by_id(connection, mailing_id)
    if mailing is None:
        return None
    topics, names = news_topics_of(connection), names_of_operators(connection)
    topic = next((each for each in topics if each.id == mailing.topic_id), None)
    counts = room.editor.news.reach.counts(connection, mailing, now)
    began = mailing.started_at is not None
    return MailingView(
        mailing=mailing,
        topic=topic,
        topics=topics,
        reach=() if began else reach_of(counts),
        progress=progress_of(mailing, counts, room.editor.news, now) if began else None,
        previews=previews_of(room, mailing, topic),
        writers=tuple(names.get(each, "") for each in mailing.written_by),
        decided_by=names.get(mailing.decided_by or 0, ""),
        halted_by=names.get(mailing.halted_by or 0, ""),
        is_own=me in mailing.written_by,
    )


def previews_of(room: Room, mailing: Mailing, topic: NewsTopic | None) -> tuple[ChannelPreview, ...]:
    """Of the channels that it goes to."""
    text = message_of(mailing, "" if topic is None else topic.name, room.editor.news.message)
    shown = room.editor.previews.of(text, ())
    return tuple(each for each in shown if not mailing.channels or each.channel in mailing.channels)


def reach_of(counts: Sequence[RecipientCount]) -> tuple[ChannelReach, ...]:
    """In the order of the channels' names. Pure."""
    reached = []
    for channel, mine in _by_channel(counts).items():
        gets = sum(each.recipients for each in mine if not each.reason)
        later = sum(each.recipients for each in mine if each.reason == Skip.WITH_PERSON)
        out = tuple((each.reason, each.recipients) for each in mine if each.reason not in {"", Skip.WITH_PERSON})
        reached.append(ChannelReach(channel, gets, later, out))
    return tuple(reached)


def progress_of(mailing: Mailing, counts: Sequence[RecipientCount], ground: NewsGround, now: datetime) -> Progress:
    """Pure."""
    channels = tuple(_progress(channel, mine) for channel, mine in _by_channel(counts).items())
    is_day = ground.from_hour <= in_vietnam(now).hour < ground.to_hour
    return Progress(
        channels=channels,
        total=sum(each.recipients for each in counts),
        ended=sum(channel.ended for channel in channels),
        sent=sum(channel.sent for channel in channels),
        is_settled=mailing.state in ENDED and not any(channel.queued for channel in channels),
        waits_for_day=mailing.state is MailingState.SENDING and not is_day,
    )


def is_correction(mailing: Mailing) -> bool:
    """Its recipients were named when it was made."""
    return mailing.kind is MailingKind.CORRECTION


def _progress(channel: str, mine: Sequence[RecipientCount]) -> ChannelProgress:
    def number(state: RecipientState) -> int:
        return sum(each.recipients for each in mine if each.state is state)

    bad = {RecipientState.FAILED, RecipientState.SKIPPED}
    why = tuple((each.reason, each.recipients) for each in mine if each.state in bad)
    return ChannelProgress(
        channel,
        waiting=number(RecipientState.WAITING),
        queued=number(RecipientState.QUEUED),
        sent=number(RecipientState.SENT),
        failed=number(RecipientState.FAILED),
        skipped=number(RecipientState.SKIPPED),
        why=why,
    )


def _by_channel(counts: Sequence[RecipientCount]) -> Mapping[str, list[RecipientCount]]:
    grouped: dict[str, list[RecipientCount]] = {}
    for each in counts:
        grouped.setdefault(each.channel, []).append(each)
    return grouped
