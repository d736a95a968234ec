"""Claiming what is due to be sent, and writing down how it ended. All of it is short transactions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Unpack

from sqlalchemy import ColumnElement, Connection, Row, and_, bindparam, case, exists, select, update

from connectors.claim import Lease
from connectors.deliveries import DeliveryState, deliveries, is_unfinished
from connectors.outbox import ASSISTANT, outbox
from connectors.outgoing import NotSent, OfferedButton, OutgoingMessage, SendFailure
from desk.channel_switch import is_off_on
from desk.conversation import conversations
from desk.database import UtcDateTime, sorted_by

GATEWAY_ENDED = "gateway_ended"
"""Code of a send during which the gateway died."""
TOO_OLD = "too_old"
"""Code of a reply that waited for so long that nobody wants it any more."""


@dataclass(frozen=True)
class Due:
    """The first unfinished delivery of a conversation, and its time has come."""

    delivery_id: int
    conversation_id: str


@dataclass(frozen=True)
class Delivery:
    """A send in work. `attempts` counts this one."""

    id: int
    outbox_id: int
    conversation_id: str
    participant: str
    message: OutgoingMessage
    attempts: int
    created_at: datetime


def due_deliveries(connection: Connection, channel: str, account: str, now: datetime, limit: int) -> tuple[Due, ...]:
    """The oldest first, one for each conversation that is not being written to."""
    which = {"channel": channel, "account": account, "now": now, "most": limit}
    return tuple(Due(*row) for row in connection.execute(_DUE, which))


def claim_delivery(connection: Connection, due: Due, lease: Lease, now: datetime) -> Delivery | None:
    """None when there is nothing to send any more: another gateway has it, or it was overtaken by events.

    Safe to repeat with the same lease: a claim whose commit nobody heard of is found again, not lost.
    """
    row = connection.execute(_DETAILS, {"delivery": due.delivery_id}).one()
    if row.state == DeliveryState.SENDING and (row.sending_owner, row.sending_until) == (lease.owner, lease.until):
        return _delivery(row, row.attempts)
    if row.state != DeliveryState.PENDING:
        return None
    # The version grows at each take-over: the assistant said this before a person took the conversation over.
    # Where the assistant was switched off, nothing that it said before goes out either.
    overtaken = row.author == ASSISTANT and (row.said_under != row.version or row.is_off)
    if overtaken or row.unreachable is not None:
        _cancel(connection, deliveries.c.id == due.delivery_id, now)
        return None
    taken = connection.execute(
        update(deliveries)
        .where(deliveries.c.id == due.delivery_id, deliveries.c.state == DeliveryState.PENDING)
        .values(
            state=DeliveryState.SENDING,
            attempts=deliveries.c.attempts + 1,
            sending_owner=lease.owner,
            sending_until=lease.until,
        )
    )
    if not taken.rowcount:
        return None
    return _delivery(row, row.attempts + 1)


def _delivery(row: Row[Unpack[tuple[Any, ...]]], attempts: int) -> Delivery:
    message = OutgoingMessage(row.text, tuple(OfferedButton(**button) for button in row.buttons))
    return Delivery(row.id, row.outbox_id, row.conversation_id, row.participant, message, attempts, row.created_at)


def mark_sent(connection: Connection, delivery: Delivery, channel_message_id: str | None, now: datetime) -> None:
    """Also when it was thought to be lost meanwhile: who called the channel knows better."""
    connection.execute(
        update(deliveries)
        .where(deliveries.c.id == delivery.id, _MAY_END)
        .values(
            state=DeliveryState.SENT,
            channel_message_id=channel_message_id,
            error_class=None,
            sending_owner=None,
            sending_until=None,
            finished_at=now,
        )
    )


def put_off(connection: Connection, delivery: Delivery, why: NotSent, next_attempt_at: datetime) -> None:
    """Certainly not delivered: it waits, and so does what follows it in the conversation."""
    connection.execute(
        update(deliveries)
        .where(*_is_in_work(delivery))
        .values(state=DeliveryState.PENDING, next_attempt_at=next_attempt_at, **_unclaimed(why))
    )


def give_up(connection: Connection, delivery: Delivery, why: NotSent, now: datetime) -> bool:
    """Ends it as failed, or as unknown; True when this is so now.

    What follows in the same reply is cancelled, since a reply without its middle misleads; but not after an
    unknown end, for it may well have arrived. A message that the channel reported as arrived stays sent.
    """
    is_unknown = why.failure is SendFailure.UNKNOWN
    state = DeliveryState.UNKNOWN if is_unknown else DeliveryState.FAILED
    ended = connection.execute(
        update(deliveries).where(*_is_in_work(delivery)).values(state=state, finished_at=now, **_unclaimed(why))
    )
    if ended.rowcount and not is_unknown:
        _cancel(connection, deliveries.c.outbox_id == delivery.outbox_id, now)
    return bool(ended.rowcount)


def _is_in_work(delivery: Delivery) -> tuple[ColumnElement[bool], ...]:
    """This attempt, and no later one: a failure may be written down late, or twice when its commit was not heard of."""
    return (
        deliveries.c.id == delivery.id,
        deliveries.c.state == DeliveryState.SENDING,
        deliveries.c.attempts == delivery.attempts,
    )


def _unclaimed(why: NotSent) -> dict[str, object]:
    return {
        "error_class": why.failure,
        "error_code": why.code,
        "error_detail": why.detail,
        "sending_owner": None,
        "sending_until": None,
    }


def cancel_waiting(connection: Connection, conversation_id: str, now: datetime) -> int:
    """Nothing that waits in this conversation will be sent; how many that were."""
    return _cancel(connection, deliveries.c.conversation_id == conversation_id, now)


def cancel_assistants(connection: Connection, channel: str, now: datetime) -> int:
    """What the assistant said on this channel and nobody has brought yet never will be; how many messages that were."""
    said = select(outbox.c.id).where(outbox.c.id == deliveries.c.outbox_id, outbox.c.author == ASSISTANT)
    return _cancel(connection, and_(deliveries.c.channel == channel, is_unfinished(deliveries), said.exists()), now)


def _cancel(connection: Connection, which: ColumnElement[bool], now: datetime) -> int:
    cancelled = connection.execute(
        update(deliveries)
        .where(which, deliveries.c.state == DeliveryState.PENDING)
        .values(state=DeliveryState.CANCELLED, finished_at=now)
    )
    return cancelled.rowcount


def end_abandoned(connection: Connection, channel: str, account: str, now: datetime, owner: str | None = None) -> int:
    """Sends whose gateway died in the middle: unknown. With `owner`, those of our own former life, whatever the time.

    Of this channel only: its sender starts when it becomes the leader, and then those of other channels may be at work
    under the same name. Returns how many that were.
    """
    over = deliveries.c.sending_until <= now if owner is None else deliveries.c.sending_owner == owner
    why = NotSent(SendFailure.UNKNOWN, GATEWAY_ENDED)
    ended = connection.execute(
        update(deliveries)
        .where(
            deliveries.c.channel == channel,
            deliveries.c.account == account,
            deliveries.c.state == DeliveryState.SENDING,
            deliveries.c.finished_at.is_(None),
            over,
        )
        .values(state=DeliveryState.UNKNOWN, finished_at=now, **_unclaimed(why))
    )
    return ended.rowcount


def end_stale(connection: Connection, channel: str, account: str, before: datetime, now: datetime) -> int:
    """Gives up what was written before then and still waits, after a channel was off for long; how many that were."""
    ended = connection.execute(
        update(deliveries)
        .where(
            deliveries.c.channel == channel,
            deliveries.c.account == account,
            deliveries.c.state == DeliveryState.PENDING,
            deliveries.c.finished_at.is_(None),
            deliveries.c.created_at < before,
        )
        .values(state=DeliveryState.FAILED, finished_at=now, **_unclaimed(NotSent(SendFailure.TEMPORARY, TOO_OLD)))
    )
    return ended.rowcount


def settle_by_echo(
    connection: Connection, conversation_id: str, channel_message_id: str, text: str, now: datetime
) -> bool:
    """The channel reports a message of ours: the one of this text that is on its way, else the oldest unknown one.

    An echo comes within moments of its message. With one on its way, an older unknown one of the same words stays
    unknown: a lost answer must not be taken for one that arrived.
    """
    on_its_way_first = case((deliveries.c.state == DeliveryState.SENDING, 0), else_=1)
    meant = (
        select(deliveries.c.id)
        .where(
            deliveries.c.conversation_id == conversation_id,
            deliveries.c.text == text,
            deliveries.c.state.in_((DeliveryState.SENDING, DeliveryState.UNKNOWN)),
        )
        .order_by(on_its_way_first, deliveries.c.id)
        .limit(1)
        .scalar_subquery()
    )
    already_known = exists().where(
        deliveries.c.conversation_id == conversation_id, deliveries.c.channel_message_id == channel_message_id
    )
    settled = connection.execute(
        update(deliveries)
        .where(deliveries.c.id == meant, ~already_known.correlate(None))
        .values(
            state=DeliveryState.SENT,
            channel_message_id=channel_message_id,
            error_class=None,
            sending_owner=None,
            sending_until=None,
            finished_at=now,
        )
    )
    return bool(settled.rowcount)


_MAY_END = deliveries.c.state.in_((DeliveryState.SENDING, DeliveryState.UNKNOWN))
_earlier = deliveries.alias("earlier")
_HAS_EARLIER = (
    select(_earlier.c.id)
    .where(
        _earlier.c.conversation_id == deliveries.c.conversation_id,
        is_unfinished(_earlier),
        _earlier.c.id < deliveries.c.id,
    )
    .exists()
)
_DUE = (
    select(deliveries.c.id, deliveries.c.conversation_id)
    .where(
        deliveries.c.channel == bindparam("channel"),
        deliveries.c.account == bindparam("account"),
        is_unfinished(deliveries),
        deliveries.c.state == DeliveryState.PENDING,
        deliveries.c.next_attempt_at <= bindparam("now", type_=UtcDateTime()),
        ~_HAS_EARLIER,
    )
    .order_by(sorted_by(deliveries.c.id))
    .limit(bindparam("most"))
)
_DETAILS = (
    select(
        deliveries.c.id,
        deliveries.c.outbox_id,
        deliveries.c.conversation_id,
        deliveries.c.text,
        deliveries.c.buttons,
        deliveries.c.attempts,
        deliveries.c.created_at,
        deliveries.c.state,
        deliveries.c.sending_owner,
        deliveries.c.sending_until,
        outbox.c.author,
        outbox.c.ownership_version.label("said_under"),
        conversations.c.participant,
        conversations.c.ownership_version.label("version"),
        conversations.c.unreachable,
        is_off_on(deliveries.c.channel).label("is_off"),
    )
    .join(outbox, outbox.c.id == deliveries.c.outbox_id)
    .join(conversations, conversations.c.id == deliveries.c.conversation_id)
    .where(deliveries.c.id == bindparam("delivery"))
)
