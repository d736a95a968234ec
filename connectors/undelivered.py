"""What did not reach a citizen, and why: for the operator who decides whether it is said again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Unpack

from sqlalchemy import Connection, Row, func, select

from connectors.deliveries import DeliveryState, deliveries
from connectors.outbox import OPERATOR, outbox
from connectors.sending import GATEWAY_ENDED, TOO_OLD

AGAIN = "again-"
"""Begins the request id of a message that repeats another: each is repeated once, however often it is asked for."""
ENDED_BADLY = (DeliveryState.FAILED, DeliveryState.UNKNOWN, DeliveryState.CANCELLED)
_REASON_OF_CODE = {GATEWAY_ENDED: GATEWAY_ENDED, TOO_OLD: TOO_OLD}
"""Codes of our own that say more than the class of the error."""
_MAY_HAVE_COUNTED = (DeliveryState.SENT, DeliveryState.UNKNOWN, DeliveryState.SENDING)


@dataclass(frozen=True)
class Undelivered:
    """Of one message: `text` is what did not arrive of it, `reason` a SendFailure or a code of our own.

    `reason` is empty where nothing was tried. `is_settled` is False while a part of it is still on its way.
    """

    text: str
    reason: str
    may_have_arrived: bool
    is_settled: bool
    was_repeated: bool


def undelivered(connection: Connection, conversation_id: str, sequences: Iterable[int]) -> Mapping[int, Undelivered]:
    """Of these messages those that did not arrive, or not in whole, by their number in the conversation."""
    columns = (
        outbox.c.sequence,
        deliveries.c.state,
        deliveries.c.text,
        deliveries.c.error_class,
        deliveries.c.error_code,
    )
    mine = (deliveries.c.conversation_id == conversation_id, outbox.c.sequence.in_(tuple(sequences)))
    rows = connection.execute(
        select(*columns)
        .join(outbox, outbox.c.id == deliveries.c.outbox_id)
        .where(*mine)
        .order_by(outbox.c.sequence, deliveries.c.chunk)
    ).all()
    by_sequence: dict[int, list[Row[Unpack[tuple[Any, ...]]]]] = {}
    for row in rows:
        by_sequence.setdefault(row.sequence, []).append(row)
    bad = {
        sequence: chunks
        for sequence, chunks in by_sequence.items()
        if any(chunk.state in ENDED_BADLY for chunk in chunks)
    }
    repeated = _repeated(connection, conversation_id, bad)
    return {sequence: _undelivered(chunks, sequence in repeated) for sequence, chunks in bad.items()}


def is_by_operator(connection: Connection, conversation_id: str, sequence: int) -> bool:
    """Whether a person of the desk wrote this message."""
    statement = select(outbox.c.author).where(
        outbox.c.conversation_id == conversation_id, outbox.c.sequence == sequence
    )
    return connection.execute(statement).scalar_one_or_none() == OPERATOR


def sent_since(connection: Connection, conversation_id: str, since: datetime) -> int:
    """Calls of the channel in this conversation that arrived, or may have: what the channel may have counted."""
    statement = select(func.count()).where(
        deliveries.c.conversation_id == conversation_id,
        deliveries.c.state.in_(_MAY_HAVE_COUNTED),
        func.coalesce(deliveries.c.finished_at, deliveries.c.created_at) >= since,
    )
    return connection.execute(statement).scalar_one()


def repeating(sequence: int) -> str:
    """The request id under which a message is said again."""
    return f"{AGAIN}{sequence}"


def _repeated(connection: Connection, conversation_id: str, sequences: Iterable[int]) -> frozenset[int]:
    asked = {repeating(sequence): sequence for sequence in sequences}
    if not asked:
        return frozenset()
    statement = select(outbox.c.request_id).where(
        outbox.c.conversation_id == conversation_id, outbox.c.request_id.in_(tuple(asked))
    )
    return frozenset(asked[request_id] for request_id in connection.execute(statement).scalars())


def _undelivered(chunks: list[Row[Unpack[tuple[Any, ...]]]], was_repeated: bool) -> Undelivered:
    missing = [chunk for chunk in chunks if chunk.state in ENDED_BADLY]
    tried = [chunk for chunk in missing if chunk.error_class is not None]
    first = tried[0] if tried else None
    reason = "" if first is None else _REASON_OF_CODE.get(first.error_code, first.error_class)
    return Undelivered(
        text="\n".join(chunk.text for chunk in missing),
        reason=reason,
        may_have_arrived=any(chunk.state == DeliveryState.UNKNOWN for chunk in missing),
        is_settled=not any(chunk.state in (DeliveryState.PENDING, DeliveryState.SENDING) for chunk in chunks),
        was_repeated=was_repeated,
    )
