"""Whom a mailing may reach now, and why not: one rule, asked for one conversation or counted over all."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, and_, case, func, literal, null, or_, select

from connectors.deliveries import DeliveryState, deliveries
from connectors.inbox import WRITTEN, inbox
from connectors.satisfaction import FreeReplies
from desk.conversation import conversations
from desk.handoff.log import episodes
from desk.handoff.state import ASSISTANT_SPEAKS
from desk.notices.mailing import ENDED, Mailing, MailingKind, MailingState
from desk.notices.recipient import RecipientCount, RecipientState, Skip, mailing_recipients, recipient_counts
from desk.notices.subscription import news_subscriptions
from desk.ownership import Owner

REPLIES_SPARED = 3
"""Of a channel's free replies: this message, and two more that belong to answers."""

NOT_BEGUN = frozenset({MailingState.DRAFT, MailingState.SUBMITTED, MailingState.APPROVED})
_MAY_HAVE_COUNTED = (DeliveryState.SENT, DeliveryState.UNKNOWN, DeliveryState.SENDING, DeliveryState.PENDING)


@dataclass(frozen=True)
class MailingReach:
    """`channels` are those that are on here. `quotas` by channel; one that is not there lets us write at any time."""

    channels: Collection[str]
    quotas: Mapping[str, FreeReplies]

    def obstacle(self, connection: Connection, mailing: Mailing, conversation_id: str, now: datetime) -> Skip | None:
        """None when the conversation may be written to now."""
        if mailing.kind is MailingKind.NEWS and not _is_subscribed(connection, mailing, conversation_id):
            return Skip.NOT_SUBSCRIBED
        found = select(self._reason(now)).where(conversations.c.id == conversation_id)
        reason = connection.execute(found).scalar_one()
        return Skip(reason) if reason else None

    def counts(self, connection: Connection, mailing: Mailing, now: datetime) -> tuple[RecipientCount, ...]:
        """By channel: who would get it now (no reason), and who not. Of a mailing that began: what became of it."""
        if mailing.state in ENDED or mailing.state not in NOT_BEGUN:
            return recipient_counts(connection, mailing.id)
        reason = self._reason(now).label("reason")
        if mailing.kind is MailingKind.NEWS:
            whose = news_subscriptions.c.conversation_id == conversations.c.id
            which = [news_subscriptions.c.topic_id == mailing.topic_id, news_subscriptions.c.ended_at.is_(None)]
            found = select(conversations.c.channel, reason).join(news_subscriptions, whose).where(*which)
        else:
            whose = mailing_recipients.c.conversation_id == conversations.c.id
            found = select(conversations.c.channel, reason).join(mailing_recipients, whose)
            found = found.where(mailing_recipients.c.mailing_id == mailing.id)
        if mailing.channels:
            found = found.where(conversations.c.channel.in_(mailing.channels))
        rows = found.subquery()
        counted = select(rows.c.channel, rows.c.reason, func.count()).group_by(rows.c.channel, rows.c.reason)
        ordered = counted.order_by(rows.c.channel, rows.c.reason)
        waiting = RecipientState.WAITING
        return tuple(RecipientCount(row[0], waiting, row[1], row[2]) for row in connection.execute(ordered))

    def _reason(self, now: datetime) -> ColumnElement[str]:
        """Empty where nothing stands against it. A person's talk comes last: it is the only reason that passes."""
        rules: list[tuple[ColumnElement[bool], ColumnElement[str]]] = [
            (conversations.c.channel.not_in(list(self.channels)), literal(Skip.NO_CHANNEL.value)),
            (conversations.c.quiet_since.is_not(None), literal(Skip.QUIET.value)),
            (conversations.c.unreachable.is_not(None), literal(Skip.UNREACHABLE.value)),
        ]
        for channel, quota in self.quotas.items():
            is_there = conversations.c.channel == channel
            heard_at = _heard_at()
            over = or_(heard_at.is_(None), heard_at < now - timedelta(hours=quota.hours))
            rules.append((and_(is_there, over), literal(Skip.WINDOW_OVER.value)))
            spent = _sent_since(heard_at) + REPLIES_SPARED > quota.replies
            rules.append((and_(is_there, spent), literal(Skip.QUOTA.value)))
        rules.append((_is_with_person(now), literal(Skip.WITH_PERSON.value)))
        return case(*rules, else_=literal(""))


def _is_subscribed(connection: Connection, mailing: Mailing, conversation_id: str) -> bool:
    found = select(news_subscriptions.c.id).where(
        news_subscriptions.c.conversation_id == conversation_id,
        news_subscriptions.c.topic_id == mailing.topic_id,
        news_subscriptions.c.ended_at.is_(None),
    )
    return connection.execute(found).first() is not None


def _heard_at() -> ColumnElement[datetime | None]:
    said = (inbox.c.conversation_id == conversations.c.id, inbox.c.kind.in_(sorted(WRITTEN)))
    return select(func.max(inbox.c.received_at)).where(*said).correlate(conversations).scalar_subquery()


def _sent_since(heard_at: ColumnElement[datetime | None]) -> ColumnElement[int]:
    return (
        select(func.count())
        .where(
            deliveries.c.conversation_id == conversations.c.id,
            deliveries.c.state.in_(_MAY_HAVE_COUNTED),
            func.coalesce(deliveries.c.finished_at, deliveries.c.created_at) >= heard_at,
        )
        .correlate(conversations)
        .scalar_subquery()
    )


def _is_with_person(now: datetime) -> ColumnElement[bool]:
    owned = and_(
        conversations.c.owner == Owner.PERSON,
        or_(conversations.c.owner_until.is_(null()), conversations.c.owner_until > now),
    )
    waits = (
        select(episodes.c.id)
        .where(
            episodes.c.conversation_id == conversations.c.id,
            episodes.c.closed_at.is_(None),
            episodes.c.state.not_in(sorted(ASSISTANT_SPEAKS)),
        )
        .correlate(conversations)
        .exists()
    )
    return or_(owned, waits)
