"""Claiming messages: one worker for one conversation at a time, and nothing lost when a worker dies.

The lease lies on the conversation, so two of its messages can never be in work at once. Every claim raises the
conversation's fence; whoever comes back with an older fence has lost the lease and may write nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import BindParameter, Connection, and_, bindparam, or_, select, update

from connectors.inbox import Accepted, InboxState, inbox, is_waiting
from connectors.message import InboundMessage, Reply
from connectors.outbox import put_replies
from connectors.stored_text import storable
from desk.conversation import ConversationKey, conversations
from desk.database import UtcDateTime


class LeaseLostError(RuntimeError):
    """Another worker has taken the conversation over; this one's result must be dropped."""


@dataclass(frozen=True)
class Lease:
    """`owner` is the same after a restart of the same gateway, so that it finds its own unfinished work."""

    owner: str
    until: datetime


@dataclass(frozen=True)
class Claim:
    """A message in work. `attempts` counts this one; `tried_seconds` is the time spent before it."""

    inbox_id: int
    conversation: ConversationKey
    fence: int
    text: str
    payload: str | None
    attempts: int
    tried_seconds: float
    received_at: datetime


def claim_due(connection: Connection, lease: Lease, now: datetime, limit: int) -> tuple[Claim, ...]:
    """Up to `limit` messages, the oldest first, each the first unfinished one of a conversation that is free."""
    found = connection.execute(_CANDIDATES, {"now": now, "most": limit}).scalars().all()
    claims = (_claim_first(connection, conversation_id, lease, now) for conversation_id in found)
    return tuple(claim for claim in claims if claim is not None)


def _claim_first(connection: Connection, conversation_id: str, lease: Lease, now: datetime) -> Claim | None:
    """None when the message was finished between finding the conversation and locking it (PostgreSQL only)."""
    message = connection.execute(_TAKE_FIRST, {"conversation": conversation_id, "now": now}).one_or_none()
    if message is None:
        return None
    owner = connection.execute(_LEASE, _leased(conversation_id, lease)).one()
    key = ConversationKey(conversation_id, owner.channel, owner.account, owner.participant)
    return Claim(message.id, key, owner.fence, *message[1:])


def claim_accepted(connection: Connection, accepted: Accepted, message: InboundMessage, lease: Lease) -> Claim:
    """Claims a message in the transaction that accepts it, when it is next: that saves a transaction of its own."""
    key = message.conversation
    connection.execute(_UPDATE_MESSAGE, {"row": accepted.inbox_id, "attempts": 1})
    fence = connection.execute(_LEASE, _leased(key.id, lease)).one().fence
    text = storable(message.text)
    return Claim(accepted.inbox_id, key, fence, text, message.payload, 1, 0.0, message.received_at)


def _leased(conversation_id: str, lease: Lease) -> dict[str, object]:
    return {"conversation": conversation_id, "lease_owner": lease.owner, "lease_until": lease.until}


def finish(
    connection: Connection, claim: Claim, replies: Sequence[Reply], now: datetime, error_class: str | None = None
) -> None:
    """Stores the replies, ends the message and frees the conversation, all or nothing.

    With an `error_class` the message ends as a dead letter. Raises LeaseLostError.
    """
    last = _release(connection, claim, len(replies))
    put_replies(connection, claim.conversation, claim.inbox_id, last - len(replies) + 1, replies, now)
    state = InboxState.DONE if error_class is None else InboxState.DEAD
    ended = {"row": claim.inbox_id, "state": state, "finished_at": now, "error_class": error_class}
    connection.execute(_UPDATE_MESSAGE, ended)


def postpone(
    connection: Connection, claim: Claim, next_attempt_at: datetime, tried_seconds: float, error_class: str
) -> None:
    """Frees the conversation; the message, and those behind it, wait until `next_attempt_at`. Raises LeaseLostError."""
    _release(connection, claim, 0)
    put_off = {"next_attempt_at": next_attempt_at, "tried_seconds": tried_seconds, "error_class": error_class}
    connection.execute(_UPDATE_MESSAGE, {"row": claim.inbox_id, **put_off})


def _release(connection: Connection, claim: Claim, new_messages: int) -> int:
    """Last number of the conversation after `new_messages` more were reserved."""
    held = {"conversation": claim.conversation.id, "held_fence": claim.fence, "more": new_messages}
    last: int | None = connection.execute(_RELEASE, held).scalar_one_or_none()
    if last is None:
        raise LeaseLostError(f"inbox row {claim.inbox_id}: lease {claim.fence} was taken over")
    return last


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
    .where(_IS_DUE, ~_HAS_EARLIER, _IS_FREE)
    .order_by(inbox.c.id)
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
    .returning(inbox.c.id, inbox.c.text, inbox.c.payload, inbox.c.attempts, inbox.c.tried_seconds, inbox.c.received_at)
)
_LEASE = (
    update(conversations)
    .where(conversations.c.id == _THIS_CONVERSATION)
    .values(
        fence=conversations.c.fence + 1,
        lease_owner=bindparam("lease_owner"),
        lease_until=bindparam("lease_until"),
    )
    .returning(conversations.c.channel, conversations.c.account, conversations.c.participant, conversations.c.fence)
)
_RELEASE = (
    update(conversations)
    .where(
        conversations.c.id == _THIS_CONVERSATION,
        conversations.c.fence == bindparam("held_fence"),
        conversations.c.lease_owner.is_not(None),
    )
    .values(last_sequence=conversations.c.last_sequence + bindparam("more"), lease_owner=None, lease_until=None)
    .returning(conversations.c.last_sequence)
)
_UPDATE_MESSAGE = update(inbox).where(inbox.c.id == bindparam("row"))
