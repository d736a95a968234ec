"""One row for each conversation that a mailing goes to: how far it is, and why it was left out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import (
    Column,
    Connection,
    ForeignKey,
    Index,
    Integer,
    Select,
    String,
    Table,
    UniqueConstraint,
    delete,
    func,
    insert,
    literal,
    or_,
    select,
    update,
)

from desk.conversation import conversations
from desk.database import RowId, UtcDateTime, metadata
from desk.notices.mailing import Mailing, mailings
from desk.notices.subscription import news_subscriptions


class RecipientState(StrEnum):
    """`queued` is in the outbox and on its way; the others but `waiting` are ends."""

    WAITING = "waiting"
    QUEUED = "queued"
    SENT = "sent"
    FAILED = "failed"
    SKIPPED = "skipped"


class Skip(StrEnum):
    """Why somebody gets nothing, or waits."""

    NOT_SUBSCRIBED = "not_subscribed"  # ended the subscription meanwhile
    QUIET = "quiet"  # said "stop"
    UNREACHABLE = "unreachable"  # blocked, unfollowed
    WINDOW_OVER = "window_over"  # the channel lets us write for free only so long after the citizen's last words
    QUOTA = "quota"  # what is left of the free messages belongs to answers
    WITH_PERSON = "with_person"  # an officer is talking with them now
    NOT_CHOSEN = "not_chosen"  # the editors send this one over other channels only
    NO_CHANNEL = "no_channel"  # the channel is not on in this installation
    STOPPED = "stopped"  # the mailing was stopped
    ERASED = "erased"


mailing_recipients = Table(
    "mailing_recipients",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("mailing_id", ForeignKey(mailings.c.id), nullable=False),
    Column("conversation_id", ForeignKey(conversations.c.id), nullable=False),
    Column("channel", String(32), nullable=False),
    Column("state", String(16), nullable=False),
    Column("reason", String(64), nullable=False),
    # Number of the message in its conversation, once it is queued.
    Column("sequence", Integer),
    # Somebody who talks with an officer is looked at again then.
    Column("not_before", UtcDateTime),
    Column("queued_at", UtcDateTime),
    Column("ended_at", UtcDateTime),
    # Nobody gets a mailing twice, whatever dies in between.
    UniqueConstraint("mailing_id", "conversation_id"),
)
_NEW = ("mailing_id", "conversation_id", "channel", "state", "reason")
_columns = mailing_recipients.c
Index("ix_mailing_recipients_state", _columns.mailing_id, _columns.state, _columns.channel, _columns.id)
Index("ix_mailing_recipients_conversation_id", mailing_recipients.c.conversation_id)


@dataclass(frozen=True)
class RecipientCount:
    """How many recipients of one channel are in one state for one reason."""

    channel: str
    state: RecipientState
    reason: str
    recipients: int


@dataclass(frozen=True)
class Waiting:
    """A recipient whose turn it is."""

    id: int
    mailing_id: int
    conversation_id: str
    channel: str


def add_subscribers(connection: Connection, mailing: Mailing) -> None:
    """Everybody who has the topic now; those who are there already stay as they are."""
    there = (
        select(mailing_recipients.c.id)
        .where(
            mailing_recipients.c.mailing_id == mailing.id,
            mailing_recipients.c.conversation_id == news_subscriptions.c.conversation_id,
        )
        .exists()
    )
    found = (
        select(
            literal(mailing.id),
            news_subscriptions.c.conversation_id,
            conversations.c.channel,
            literal(RecipientState.WAITING.value),
            literal(""),
        )
        .join(conversations, conversations.c.id == news_subscriptions.c.conversation_id)
        .where(
            news_subscriptions.c.topic_id == mailing.topic_id,
            news_subscriptions.c.ended_at.is_(None),
            ~there,
        )
    )
    if mailing.channels:
        found = found.where(conversations.c.channel.in_(mailing.channels))
    connection.execute(insert(mailing_recipients).from_select(_NEW, found))


def add_recipients(connection: Connection, mailing_id: int, named: Select[tuple[str]]) -> int:
    """Conversations that a statement names, each once; how many that are. No list of them is ever held in memory."""
    found = (
        select(
            literal(mailing_id),
            conversations.c.id,
            conversations.c.channel,
            literal(RecipientState.WAITING.value),
            literal(""),
        )
        .where(conversations.c.id.in_(named))
        .order_by(conversations.c.id)
    )
    return connection.execute(insert(mailing_recipients).from_select(_NEW, found)).rowcount


def leave_out_other_channels(connection: Connection, mailing: Mailing, now: datetime) -> None:
    """Those who were named, on channels that were not chosen afterwards. Does nothing where all channels are."""
    columns = mailing_recipients.c
    if not mailing.channels:
        return
    others = (columns.state == RecipientState.WAITING, columns.channel.not_in(mailing.channels))
    ended = {"state": RecipientState.SKIPPED, "reason": Skip.NOT_CHOSEN, "ended_at": now}
    connection.execute(update(mailing_recipients).where(columns.mailing_id == mailing.id, *others).values(ended))


def waiting_recipients(
    connection: Connection, mailing_id: int, channel: str, now: datetime, limit: int
) -> Sequence[Waiting]:
    """Of one channel, in the order of their rows; not those that are to be looked at later."""
    columns = mailing_recipients.c
    statement = (
        select(columns.id, columns.mailing_id, columns.conversation_id, columns.channel)
        .where(
            columns.mailing_id == mailing_id,
            columns.state == RecipientState.WAITING,
            columns.channel == channel,
            or_(columns.not_before.is_(None), columns.not_before <= now),
        )
        .order_by(columns.id)
        .limit(limit)
    )
    return [Waiting(*row) for row in connection.execute(statement)]


def waiting_channels(connection: Connection, mailing_id: int) -> tuple[str, ...]:
    """In which somebody has not got it yet, in the order of their names."""
    waiting = (mailing_recipients.c.mailing_id == mailing_id, mailing_recipients.c.state == RecipientState.WAITING)
    channel = mailing_recipients.c.channel
    return tuple(connection.execute(select(channel).where(*waiting).distinct().order_by(channel)).scalars())


def is_through(connection: Connection, mailing_id: int) -> bool:
    """Whether nobody waits, and nothing is on its way."""
    left = mailing_recipients.c.state.in_((RecipientState.WAITING, RecipientState.QUEUED))
    found = select(mailing_recipients.c.id).where(mailing_recipients.c.mailing_id == mailing_id, left)
    return connection.execute(found.limit(1)).first() is None


def recipient_counts(connection: Connection, mailing_id: int) -> tuple[RecipientCount, ...]:
    """By channel, state and reason."""
    columns = (mailing_recipients.c.channel, mailing_recipients.c.state, mailing_recipients.c.reason)
    statement = (
        select(*columns, func.count())
        .where(mailing_recipients.c.mailing_id == mailing_id)
        .group_by(*columns)
        .order_by(*columns)
    )
    return tuple(
        RecipientCount(row[0], RecipientState(row[1]), row[2], row[3]) for row in connection.execute(statement)
    )


def skip_waiting(connection: Connection, mailing_id: int, reason: Skip, now: datetime) -> int:
    """Whoever has not got it yet never will; how many that are."""
    waiting = (mailing_recipients.c.mailing_id == mailing_id, mailing_recipients.c.state == RecipientState.WAITING)
    ended = {"state": RecipientState.SKIPPED, "reason": reason, "ended_at": now}
    return connection.execute(update(mailing_recipients).where(*waiting).values(ended)).rowcount


def forget_recipient(connection: Connection, conversation_id: str) -> None:
    """Of somebody whose data are erased."""
    connection.execute(delete(mailing_recipients).where(mailing_recipients.c.conversation_id == conversation_id))
