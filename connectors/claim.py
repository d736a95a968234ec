"""Claiming messages: one worker for one conversation at a time, and nothing lost when a worker dies.

The lease lies on the conversation, so two of its messages can never be in work at once. Every claim raises the
conversation's fence; whoever comes back with an older fence has lost the lease and may write nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, and_, or_, select, update

from connectors.inbox import InboxState, inbox
from connectors.message import Reply
from connectors.outbox import put_replies
from desk.conversation import ConversationKey, conversations


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
    earlier = inbox.alias("earlier")
    is_first = ~(
        select(earlier.c.id)
        .where(
            earlier.c.conversation_id == inbox.c.conversation_id,
            earlier.c.state == InboxState.RECEIVED,
            earlier.c.id < inbox.c.id,
        )
        .exists()
    )
    candidates = (
        select(conversations.c.id)
        .join(inbox, inbox.c.conversation_id == conversations.c.id)
        .where(_is_due(now), is_first, or_(conversations.c.lease_until.is_(None), conversations.c.lease_until <= now))
        .order_by(inbox.c.id)
        .limit(limit)
        .with_for_update(of=conversations, skip_locked=True)
    )
    found = connection.execute(candidates).scalars().all()
    claims = (_claim_first(connection, conversation_id, lease, now) for conversation_id in found)
    return tuple(claim for claim in claims if claim is not None)


def _is_due(now: datetime) -> ColumnElement[bool]:
    return and_(inbox.c.state == InboxState.RECEIVED, inbox.c.next_attempt_at <= now)


def _claim_first(connection: Connection, conversation_id: str, lease: Lease, now: datetime) -> Claim | None:
    """None when the message was finished between finding the conversation and locking it (PostgreSQL only)."""
    first = (
        select(inbox.c.id)
        .where(inbox.c.conversation_id == conversation_id, inbox.c.state == InboxState.RECEIVED)
        .order_by(inbox.c.id)
        .limit(1)
        .scalar_subquery()
    )
    message = connection.execute(
        update(inbox)
        .where(inbox.c.id == first, _is_due(now))
        .values(attempts=inbox.c.attempts + 1)
        .returning(
            inbox.c.id,
            inbox.c.text,
            inbox.c.payload,
            inbox.c.attempts,
            inbox.c.tried_seconds,
            inbox.c.received_at,
        )
    ).one_or_none()
    if message is None:
        return None
    owner = connection.execute(
        update(conversations)
        .where(conversations.c.id == conversation_id)
        .values(fence=conversations.c.fence + 1, lease_owner=lease.owner, lease_until=lease.until)
        .returning(conversations.c.channel, conversations.c.account, conversations.c.participant, conversations.c.fence)
    ).one()
    key = ConversationKey(conversation_id, owner.channel, owner.account, owner.participant)
    return Claim(message.id, key, owner.fence, *message[1:])


def finish(
    connection: Connection, claim: Claim, replies: Sequence[Reply], now: datetime, error_class: str | None = None
) -> None:
    """Stores the replies, ends the message and frees the conversation, all or nothing.

    With an `error_class` the message ends as a dead letter. Raises LeaseLostError.
    """
    last = _release(connection, claim, len(replies))
    put_replies(connection, claim.conversation, claim.inbox_id, last - len(replies) + 1, replies, now)
    state = InboxState.DONE if error_class is None else InboxState.DEAD
    connection.execute(
        update(inbox).where(inbox.c.id == claim.inbox_id).values(state=state, finished_at=now, error_class=error_class)
    )


def postpone(
    connection: Connection, claim: Claim, next_attempt_at: datetime, tried_seconds: float, error_class: str
) -> None:
    """Frees the conversation; the message, and those behind it, wait until `next_attempt_at`. Raises LeaseLostError."""
    _release(connection, claim, 0)
    connection.execute(
        update(inbox)
        .where(inbox.c.id == claim.inbox_id)
        .values(next_attempt_at=next_attempt_at, tried_seconds=tried_seconds, error_class=error_class)
    )


def _release(connection: Connection, claim: Claim, new_messages: int) -> int:
    """Last number of the conversation after `new_messages` more were reserved."""
    last: int | None = connection.execute(
        update(conversations)
        .where(conversations.c.id == claim.conversation.id, conversations.c.fence == claim.fence)
        .where(conversations.c.lease_owner.is_not(None))
        .values(last_sequence=conversations.c.last_sequence + new_messages, lease_owner=None, lease_until=None)
        .returning(conversations.c.last_sequence)
    ).scalar_one_or_none()
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
