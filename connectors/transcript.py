"""One conversation as both sides see it, in the order in which it was said."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import JSON, Connection, bindparam, case, cast, func, literal, null, select, union_all
from sqlalchemy.sql.type_api import TypeEngine

from connectors.deliveries import deliveries
from connectors.inbox import inbox
from connectors.message import InboundKind, Reply
from connectors.outbox import outbox, reply_of
from desk.conversation import conversations

PAGE = 200
CITIZEN = "citizen"
STAFF = "operator"


@dataclass(frozen=True)
class TranscriptEntry:
    """`sequence` grows within the conversation. `message_id` is the citizen's, or the one answered; it may be empty.

    `delivery` is how far the worst of its messages is on the way to a channel; None where citizens fetch theirs.
    """

    sequence: int
    role: str
    message_id: str
    reply: Reply
    sent_at: datetime
    delivery: str | None = None


def entries_after(connection: Connection, conversation_id: str, after: int) -> tuple[TranscriptEntry, ...]:
    """The next entries, at most PAGE. One statement, hence one snapshot: no entry can slip in behind a later one."""
    rows = connection.execute(_BOTH, {"conversation": conversation_id, "after": after})
    return tuple(
        TranscriptEntry(
            row.sequence,
            row.role,
            row.message_id,
            Reply(row.text) if row.content is None else reply_of(row.text, row.status, row.content),
            row.sent_at,
            row.delivery,
        )
        for row in rows
    )


def last_sequences(connection: Connection, conversation_ids: frozenset[str]) -> dict[str, int]:
    """The newest number of each conversation that exists."""
    statement = select(conversations.c.id, conversations.c.last_sequence).where(
        conversations.c.id.in_(conversation_ids)
    )
    return {row.id: row.last_sequence for row in connection.execute(statement)}


_NO_CONTENT: TypeEngine[object] = JSON(none_as_null=True)
_WORDLESS = (InboundKind.FOLLOWED, InboundKind.LEFT, InboundKind.WITHDRAWN)
_SAID = select(
    inbox.c.sequence,
    case((inbox.c.kind == InboundKind.STAFF_WROTE, STAFF), else_=CITIZEN).label("role"),
    inbox.c.message_id,
    inbox.c.text,
    literal("").label("status"),
    cast(null(), _NO_CONTENT).label("content"),
    inbox.c.received_at.label("sent_at"),
    null().label("delivery"),
).where(
    inbox.c.conversation_id == bindparam("conversation"),
    inbox.c.sequence > bindparam("after"),
    inbox.c.kind.not_in(_WORDLESS),
)
# The worst comes first in this order: an operator has to see that one part of three did not arrive.
_WORST_FIRST = ("failed", "unknown", "cancelled", "pending", "sending", "sent")
_DELIVERY = (
    select(deliveries.c.state)
    .where(deliveries.c.outbox_id == outbox.c.id)
    .order_by(case({state: place for place, state in enumerate(_WORST_FIRST)}, value=deliveries.c.state))
    .limit(1)
    .correlate(outbox)
    .scalar_subquery()
)
_ANSWERED = (
    select(
        outbox.c.sequence,
        outbox.c.author.label("role"),
        func.coalesce(inbox.c.message_id, "").label("message_id"),
        outbox.c.text,
        outbox.c.status,
        outbox.c.content,
        outbox.c.created_at.label("sent_at"),
        _DELIVERY.label("delivery"),
    )
    .outerjoin(inbox, inbox.c.id == outbox.c.inbox_id)
    .where(outbox.c.conversation_id == bindparam("conversation"), outbox.c.sequence > bindparam("after"))
)
_BOTH = union_all(_SAID, _ANSWERED).order_by("sequence").limit(PAGE)
