"""One recipient of a mailing: put into the outbox exactly once, and later told how it ended."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, and_, func, select, update

from connectors.deliveries import DeliveryState, deliveries, is_unfinished
from connectors.mailing_reach import MailingReach
from connectors.message import Reply
from connectors.outbox import SYSTEM, Render, outbox
from connectors.settings import MailingSettings
from connectors.spoken import Spoken, speak
from desk.conversation import ConversationKey, conversation_key, lock_conversation
from desk.notices.mailing import Mailing, MailingKind, MailingState, mailings
from desk.notices.mailing_message import MailingTexts, message_of
from desk.notices.news_topic import topic_by_id
from desk.notices.recipient import RecipientState, Skip, Waiting, mailing_recipients

NEWS, CORRECTION = "news_message", "news_correction"
ASK_AGAIN = timedelta(minutes=5)
"""Who talks with an officer is looked at again then."""
SETTLED_AT_ONCE = 500
_BAD = (DeliveryState.FAILED, DeliveryState.UNKNOWN, DeliveryState.CANCELLED)


@dataclass(frozen=True)
class MailingSending:
    """One for each process; all of it runs in transactions of the caller."""

    reach: MailingReach
    texts: MailingTexts
    settings: MailingSettings
    render_of: Callable[[str], Render | None]

    def reply(self, connection: Connection, mailing: Mailing) -> Reply:
        """The same words for everybody."""
        topic = None if mailing.topic_id is None else topic_by_id(connection, mailing.topic_id)
        text = message_of(mailing, "" if topic is None else topic.name, self.texts)
        return Reply(text, NEWS if mailing.kind is MailingKind.NEWS else CORRECTION)

    def put(
        self, connection: Connection, mailing: Mailing, reply: Reply, who: Waiting, now: datetime
    ) -> ConversationKey | None:
        """The conversation in which it was said; None when it was not: not any more, not now, or it was before.

        The row and the message are one transaction, and the row can leave `waiting` once only.
        """
        lock_conversation(connection, who.conversation_id)
        key = conversation_key(connection, who.conversation_id)
        obstacle = Skip.ERASED if key is None else self.reach.obstacle(connection, mailing, key.id, now)
        if obstacle is Skip.WITH_PERSON and now < self._patience_ends(mailing, now):
            _leave(connection, who, RecipientState.WAITING, not_before=now + ASK_AGAIN, reason=obstacle.value)
            return None
        if key is None or obstacle is not None:
            _leave(connection, who, RecipientState.SKIPPED, reason=(obstacle or Skip.ERASED).value, ended_at=now)
            return None
        if not _take(connection, mailing, who, now):
            return None
        render = self.render_of(key.channel)
        spoken = Spoken(key, SYSTEM, reply, request_id=f"mailing-{mailing.id}")
        sequence = speak(connection, spoken, render, now)
        # Citizens of a channel without sender fetch it: it is there now.
        state = RecipientState.QUEUED if render is not None else RecipientState.SENT
        _set(connection, who.id, state, sequence=sequence, ended_at=None if render is not None else now)
        return key

    def _patience_ends(self, mailing: Mailing, now: datetime) -> datetime:
        return (mailing.started_at or now) + timedelta(hours=self.settings.person_hours)


def _take(connection: Connection, mailing: Mailing, who: Waiting, now: datetime) -> bool:
    """False when somebody paused or stopped it, or another gateway was quicker."""
    is_sending = select(mailings.c.id).where(mailings.c.id == mailing.id, mailings.c.state == MailingState.SENDING)
    taken = update(mailing_recipients).where(*_still_waits(who), is_sending.exists())
    queued = {"state": RecipientState.QUEUED, "reason": "", "queued_at": now}
    return bool(connection.execute(taken.values(queued)).rowcount)


def _leave(connection: Connection, who: Waiting, state: RecipientState, **values: object) -> None:
    left = update(mailing_recipients).where(*_still_waits(who))
    connection.execute(left.values(state=state, **values))


def _still_waits(who: Waiting) -> tuple[ColumnElement[bool], ...]:
    return mailing_recipients.c.id == who.id, mailing_recipients.c.state == RecipientState.WAITING


def busy(connection: Connection, channel: str) -> int:
    """Messages of a channel that wait for its sender, or are on their way: answers go first."""
    return connection.execute(
        select(func.count()).where(deliveries.c.channel == channel, is_unfinished(deliveries))
    ).scalar_one()


def settle(connection: Connection, mailing_id: int, now: datetime) -> None:
    """Writes down how queued ones ended, from the sender's rows."""
    columns = mailing_recipients.c
    of_message = and_(outbox.c.conversation_id == columns.conversation_id, outbox.c.sequence == columns.sequence)
    joined = mailing_recipients.join(outbox, of_message).join(deliveries, deliveries.c.outbox_id == outbox.c.id)
    queued = (columns.mailing_id == mailing_id, columns.state == RecipientState.QUEUED)
    unfinished = func.count().filter(is_unfinished(deliveries))
    bad = func.max(func.coalesce(deliveries.c.error_class, deliveries.c.state)).filter(deliveries.c.state.in_(_BAD))
    rows = connection.execute(
        select(columns.id, unfinished.label("unfinished"), bad.label("bad"))
        .select_from(joined)
        .where(*queued)
        .group_by(columns.id)
        .order_by(columns.id)
        .limit(SETTLED_AT_ONCE)
    ).all()
    for row in rows:
        if not row.unfinished:
            state = RecipientState.SENT if row.bad is None else RecipientState.FAILED
            _set(connection, row.id, state, reason=row.bad or "", ended_at=now)


def _set(connection: Connection, recipient_id: int, state: RecipientState, **values: object) -> None:
    which = mailing_recipients.c.id == recipient_id
    connection.execute(update(mailing_recipients).where(which).values(state=state, **values))
