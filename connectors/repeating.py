"""A reply that certainly did not arrive, brought once more because a person wants it; or left as it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, String, cast, literal, select, update

from connectors.deliveries import DeliveryState, deliveries
from connectors.outbox import ASSISTANT, outbox
from connectors.undelivered import AGAIN
from desk.channel_switch import is_off_on
from desk.conversation import conversations, lock_conversation

ENDED_BADLY = (DeliveryState.FAILED, DeliveryState.UNKNOWN)


@dataclass(frozen=True)
class Repeatable:
    """`may_repeat`: it failed for certain, nobody said it again, and it is still ours to say."""

    text: str
    may_repeat: bool


def repeatable(connection: Connection, delivery_id: int) -> Repeatable | None:
    """None for a delivery that did not end badly, or was dealt with. Its text is a person's words."""
    row = connection.execute(
        select(
            deliveries.c.text,
            deliveries.c.state,
            outbox.c.author,
            (outbox.c.ownership_version == conversations.c.ownership_version).label("is_ours"),
            conversations.c.unreachable,
            is_off_on(deliveries.c.channel).label("is_off"),
            _was_said_again().label("was_said_again"),
        )
        .join(outbox, outbox.c.id == deliveries.c.outbox_id)
        .join(conversations, conversations.c.id == deliveries.c.conversation_id)
        .where(deliveries.c.id == delivery_id, *_in_trouble())
    ).one_or_none()
    if row is None:
        return None
    # The same that makes the sender drop it: see connectors/sending.py.
    overtaken = row.author == ASSISTANT and (not row.is_ours or row.is_off)
    may = row.state == DeliveryState.FAILED and row.unreachable is None
    return Repeatable(row.text, may and not overtaken and not row.was_said_again)


def repeat_delivery(connection: Connection, delivery_id: int, now: datetime) -> bool:
    """What failed, and what was cancelled behind it in the same reply, waits to be sent; its patience begins anew.

    False when it may not be repeated: an unknown one never is.
    """
    # An operator may be saying the same again at this moment: see app/console_messages.py.
    whose = select(deliveries.c.conversation_id).where(deliveries.c.id == delivery_id)
    lock_conversation(connection, connection.execute(whose).scalar_one_or_none() or "")
    found = repeatable(connection, delivery_id)
    if found is None or not found.may_repeat:
        return False
    waiting = {
        "state": DeliveryState.PENDING,
        "attempts": 0,
        "next_attempt_at": now,
        "created_at": now,
        "finished_at": None,
        "error_class": None,
        "error_code": None,
        "error_detail": None,
    }
    revived = connection.execute(
        update(deliveries)
        .where(deliveries.c.id == delivery_id, deliveries.c.state == DeliveryState.FAILED)
        .values(waiting)
        .returning(deliveries.c.outbox_id, deliveries.c.chunk)
    ).one_or_none()
    if revived is None:
        return False
    behind = (deliveries.c.outbox_id == revived.outbox_id, deliveries.c.chunk > revived.chunk)
    connection.execute(update(deliveries).where(*behind, deliveries.c.state == DeliveryState.CANCELLED).values(waiting))
    return True


def leave_delivery(connection: Connection, delivery_id: int) -> bool:
    """Somebody has seen to it: it keeps its end and its code, and is trouble no more. False when it was none."""
    left = connection.execute(
        update(deliveries).where(deliveries.c.id == delivery_id, *_in_trouble()).values(error_class=None)
    )
    return bool(left.rowcount)


def _in_trouble() -> tuple[ColumnElement[bool], ...]:
    return deliveries.c.error_class.is_not(None), deliveries.c.state.in_(ENDED_BADLY)


def _was_said_again() -> ColumnElement[bool]:
    other = outbox.alias("other")
    request = literal(AGAIN).concat(cast(outbox.c.sequence, String))
    return (
        select(other.c.id)
        .where(other.c.conversation_id == outbox.c.conversation_id, other.c.request_id == request)
        .correlate(outbox)
        .exists()
    )
