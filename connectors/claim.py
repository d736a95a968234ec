"""Claiming messages: one worker for one conversation at a time, and nothing lost when a worker dies.

The lease lies on the conversation, so two of its messages can never be in work at once. Every claim raises the
conversation's fence; whoever comes back with an older fence has lost the lease and may write nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import BindParameter, Connection, Row, and_, bindparam, literal_column, or_, select, update

from connectors.asked import Asked
from connectors.inbox import Accepted, InboxState, inbox, is_waiting
from connectors.message import InboundKind, InboundMessage, Reply
from connectors.outbox import ASSISTANT, SYSTEM, Answering, Render, put_replies
from connectors.stored_text import storable
from desk.channel_switch import is_off_on
from desk.conversation import ConversationKey, conversations
from desk.database import UtcDateTime, sorted_by
from desk.ownership import Owner, Ownership


class LeaseLostError(RuntimeError):
    """Another worker has taken the conversation over; this one's result must be dropped."""


@dataclass(frozen=True)
class Lease:
    """`owner` is the same after a restart of the same gateway, so that it finds its own unfinished work."""

    owner: str
    until: datetime


@dataclass(frozen=True)
class Claim:
    """A message in work. `attempts` counts this one, `tried_seconds` was before; `is_off`: the assistant is off."""

    inbox_id: int
    conversation: ConversationKey
    fence: int
    text: str
    payload: str | None
    attempts: int
    tried_seconds: float
    received_at: datetime
    kind: InboundKind
    has_attachments: bool
    first_part: int
    ownership: Ownership
    welcomed_at: datetime | None
    is_off: bool = False


def claim_due(
    connection: Connection, lease: Lease, now: datetime, limit: int, channels: Collection[str]
) -> tuple[Claim, ...]:
    """Up to `limit` messages, the oldest first, each the first unfinished one of a conversation that is free.

    Those of other `channels` wait for a gateway that can bring the reply.
    """
    which = {"now": now, "most": limit, "channels": list(channels)}
    found = connection.execute(_CANDIDATES, which).scalars().all()
    claims = (_claim_first(connection, conversation_id, lease, now) for conversation_id in found)
    return tuple(claim for claim in claims if claim is not None)


def _claim_first(connection: Connection, conversation_id: str, lease: Lease, now: datetime) -> Claim | None:
    """None when the message was finished between finding the conversation and locking it (PostgreSQL only)."""
    message = connection.execute(_TAKE_FIRST, {"conversation": conversation_id, "now": now}).one_or_none()
    if message is None:
        return None
    owner = connection.execute(_LEASE, _leased(conversation_id, lease)).one()
    key = ConversationKey(conversation_id, owner.channel, owner.account, owner.participant)
    return Claim(
        inbox_id=message.id,
        conversation=key,
        fence=owner.fence,
        text=message.text,
        payload=message.payload,
        attempts=message.attempts,
        tried_seconds=message.tried_seconds,
        received_at=message.received_at,
        kind=InboundKind(message.kind),
        has_attachments=bool(message.extras and message.extras.get("attachments")),
        first_part=message.first_part,
        ownership=_ownership(owner),
        welcomed_at=owner.welcomed_at,
        is_off=bool(owner.is_off),
    )


def claim_accepted(connection: Connection, accepted: Accepted, message: InboundMessage, lease: Lease) -> Claim:
    """Claims a message in the transaction that accepts it, when it is next: that saves a transaction of its own."""
    connection.execute(_UPDATE_MESSAGE, {"row": accepted.inbox_id, "attempts": 1})
    owner = connection.execute(_LEASE, _leased(message.conversation.id, lease)).one()
    return Claim(
        inbox_id=accepted.inbox_id,
        conversation=message.conversation,
        fence=owner.fence,
        text=storable(message.text),
        payload=message.payload,
        attempts=1,
        tried_seconds=0.0,
        received_at=message.received_at,
        kind=message.kind,
        has_attachments=bool(message.attachments),
        first_part=0,
        ownership=_ownership(owner),
        welcomed_at=owner.welcomed_at,
        is_off=bool(owner.is_off),
    )


def _ownership(row: Row[Any]) -> Ownership:
    return Ownership(Owner(row.owner), row.owner_until, row.ownership_version)


def _leased(conversation_id: str, lease: Lease) -> dict[str, object]:
    return {"conversation": conversation_id, "lease_owner": lease.owner, "lease_until": lease.until}


@dataclass(frozen=True)
class Ending:
    """How a message in work ends. With an `error_class` it becomes a dead letter.

    `moves` runs in the transaction that stores the replies and gives what is said after them. `when_off` takes the
    place of all that when the assistant was switched off while the replies were made.
    """

    replies: tuple[Reply, ...]
    error_class: str | None = None
    moves: Callable[[Connection], tuple[Reply, ...]] | None = None
    author: str = ASSISTANT
    when_off: Callable[[Connection], tuple[Reply, ...]] | None = None


def finish(connection: Connection, claim: Claim, ending: Ending, render: Render | None, now: datetime) -> bool:
    """Stores the replies, ends the message and frees the conversation, all or nothing. Raises LeaseLostError.

    False when replies were dropped: a person took over while they were made, or the assistant was switched off.
    """
    released = _release(connection, claim, len(ending.replies))
    is_ours = bool(released.ownership_version == claim.ownership.version)
    is_cut_off = ending.author == ASSISTANT and ending.when_off is not None and bool(released.is_off)
    if is_cut_off:
        ending = Ending((), moves=ending.when_off, author=SYSTEM)
    if is_ours:
        _say(connection, claim, ending, released, render, now)
    state = InboxState.DONE if ending.error_class is None else InboxState.DEAD
    ended = {"row": claim.inbox_id, "state": state, "finished_at": now, "error_class": ending.error_class}
    connection.execute(_UPDATE_MESSAGE, ended)
    return is_ours and not is_cut_off


def _say(
    connection: Connection, claim: Claim, ending: Ending, released: Row[Any], render: Render | None, now: datetime
) -> None:
    replies = ending.replies
    if ending.moves is not None:
        # A move may hand the conversation over: what is said with it belongs to the new owner's time.
        more = ending.moves(connection)
        reserved = {"conversation": claim.conversation.id, "more": len(more)}
        replies, released = replies + more, connection.execute(_RESERVE, reserved).one()
    if replies:
        first = released.last_sequence - len(replies) + 1
        turn = (released.ownership_version, ending.author, Asked(claim.text, claim.payload is not None))
        answering = Answering(claim.conversation, claim.inbox_id, claim.first_part, first, *turn)
        put_replies(connection, answering, replies, render, now)


def postpone(
    connection: Connection, claim: Claim, next_attempt_at: datetime, tried_seconds: float, error_class: str
) -> None:
    """Frees the conversation; the message, and those behind it, wait until `next_attempt_at`. Raises LeaseLostError."""
    _release(connection, claim, 0)
    put_off = {"next_attempt_at": next_attempt_at, "tried_seconds": tried_seconds, "error_class": error_class}
    connection.execute(_UPDATE_MESSAGE, {"row": claim.inbox_id, **put_off})


def _release(connection: Connection, claim: Claim, new_messages: int) -> Row[Any]:
    """Last number of the conversation after `new_messages` more were reserved, and the version of its ownership."""
    held = {"conversation": claim.conversation.id, "held_fence": claim.fence, "more": new_messages}
    released = connection.execute(_RELEASE, held).one_or_none()
    if released is None:
        raise LeaseLostError(f"inbox row {claim.inbox_id}: lease {claim.fence} was taken over")
    return released


def renew(connection: Connection, claims: Sequence[Claim], lease: Lease) -> None:
    """Extends the leases that are still ours; one that was taken over stays with its new holder."""
    still_ours = [
        and_(conversations.c.id == claim.conversation.id, conversations.c.fence == claim.fence) for claim in claims
    ]
    connection.execute(
        update(conversations)
        .where(or_(*still_ours), conversations.c.lease_owner == lease.owner)
        .values(lease_until=lease.until)
    )


def release_leases_of(connection: Connection, owner: str) -> int:
    """How many conversations a former life of this worker had left in work; they are free again."""
    freed = connection.execute(
        update(conversations)
        .where(conversations.c.lease_owner == owner)
        .values(lease_owner=None, lease_until=None, fence=conversations.c.fence + 1)
    )
    return freed.rowcount


# Statements of the path of every message are put together once: that costs more than running them.
_NOW = bindparam("now", type_=UtcDateTime())
_THIS_CONVERSATION: BindParameter[str] = bindparam("conversation")
_IS_DUE = and_(is_waiting(inbox), inbox.c.next_attempt_at <= _NOW)
_IS_FREE = or_(conversations.c.lease_until.is_(None), conversations.c.lease_until <= _NOW)
# Written out: in RETURNING, SQLAlchemy drops the table's name for SQLite, and then the switch's own column is meant.
_IS_OFF = is_off_on(literal_column("conversations.channel")).label("is_off")
_earlier = inbox.alias("earlier")
_HAS_EARLIER = (
    select(_earlier.c.id)
    .where(
        _earlier.c.conversation_id == inbox.c.conversation_id,
        is_waiting(_earlier),
        _earlier.c.id < inbox.c.id,
    )
    .exists()
)
_CANDIDATES = (
    select(conversations.c.id)
    .join(inbox, inbox.c.conversation_id == conversations.c.id)
    .where(_IS_DUE, ~_HAS_EARLIER, _IS_FREE, conversations.c.channel.in_(bindparam("channels", expanding=True)))
    .order_by(sorted_by(inbox.c.id))
    .limit(bindparam("most"))
    .with_for_update(of=conversations, skip_locked=True)
)
_FIRST = (
    select(inbox.c.id)
    .where(inbox.c.conversation_id == _THIS_CONVERSATION, is_waiting(inbox))
    .order_by(inbox.c.id)
    .limit(1)
    .scalar_subquery()
)
_TAKE_FIRST = (
    update(inbox)
    .where(inbox.c.id == _FIRST, _IS_DUE)
    .values(attempts=inbox.c.attempts + 1)
    .returning(
        inbox.c.id,
        inbox.c.text,
        inbox.c.payload,
        inbox.c.attempts,
        inbox.c.tried_seconds,
        inbox.c.received_at,
        inbox.c.kind,
        inbox.c.extras,
        inbox.c.first_part,
    )
)
_LEASE = (
    update(conversations)
    .where(conversations.c.id == _THIS_CONVERSATION)
    .values(
        fence=conversations.c.fence + 1,
        lease_owner=bindparam("lease_owner"),
        lease_until=bindparam("lease_until"),
    )
    .returning(
        conversations.c.channel,
        conversations.c.account,
        conversations.c.participant,
        conversations.c.fence,
        conversations.c.owner,
        conversations.c.owner_until,
        conversations.c.ownership_version,
        conversations.c.welcomed_at,
        _IS_OFF,
    )
)
_RELEASE = (
    update(conversations)
    .where(
        conversations.c.id == _THIS_CONVERSATION,
        conversations.c.fence == bindparam("held_fence"),
        conversations.c.lease_owner.is_not(None),
    )
    .values(last_sequence=conversations.c.last_sequence + bindparam("more"), lease_owner=None, lease_until=None)
    .returning(conversations.c.last_sequence, conversations.c.ownership_version, _IS_OFF)
)
_RESERVE = (
    update(conversations)
    .where(conversations.c.id == _THIS_CONVERSATION)
    .values(last_sequence=conversations.c.last_sequence + bindparam("more"))
    .returning(conversations.c.last_sequence, conversations.c.ownership_version)
)
_UPDATE_MESSAGE = update(inbox).where(inbox.c.id == bindparam("row"))
