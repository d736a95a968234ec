"""One citizen on one channel: who answers, who is working on it, and the order of everything said."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Column, Connection, Index, Integer, String, Table, UniqueConstraint, select

from desk.database import UtcDateTime, insert_if_absent, metadata

ID_CHARACTERS = 160

conversations = Table(
    "conversations",
    metadata,
    Column("id", String(ID_CHARACTERS), primary_key=True),
    Column("channel", String(32), nullable=False),
    Column("account", String(64), nullable=False),
    Column("participant", String(128), nullable=False),
    # Sequence of the last thing said: taken under the row's lock, so numbers become visible in their order.
    Column("last_sequence", Integer, nullable=False),
    # Lease of the one worker that may process this conversation now; the fence grows with every claim.
    Column("lease_owner", String(128)),
    Column("lease_until", UtcDateTime),
    Column("fence", Integer, nullable=False),
    # Who answers. The version grows at each take-over: what was computed under an older one is not sent.
    Column("owner", String(16), nullable=False, server_default="assistant"),
    Column("owner_until", UtcDateTime),
    Column("ownership_version", Integer, nullable=False, server_default="0"),
    # Why nothing can be sent to the citizen now; null while they can be reached.
    Column("unreachable", String(32)),
    Column("welcomed_at", UtcDateTime),
    # Since when the citizen wants no message that is not an answer.
    Column("quiet_since", UtcDateTime),
    Column("created_at", UtcDateTime, nullable=False),
    UniqueConstraint("channel", "account", "participant"),
)
_leased = conversations.c.lease_owner.is_not(None)
# A gateway that starts looks for what its former life had in work.
Index("ix_conversations_leased", conversations.c.lease_owner, postgresql_where=_leased, sqlite_where=_leased)


@dataclass(frozen=True)
class ConversationKey:
    """`participant` is the citizen as the channel names them; `id` is ours and what the dialogue engine sees."""

    id: str
    channel: str
    account: str
    participant: str


def ensure_conversation(connection: Connection, key: ConversationKey, now: datetime) -> None:
    """Makes the row at first contact; does nothing afterwards."""
    values = {
        "id": key.id,
        "channel": key.channel,
        "account": key.account,
        "participant": key.participant,
        "last_sequence": 0,
        "fence": 0,
        "created_at": now,
    }
    insert_if_absent(connection, conversations, values)


def conversation_key(connection: Connection, conversation_id: str) -> ConversationKey | None:
    """None when there is no such conversation."""
    columns = (conversations.c.id, conversations.c.channel, conversations.c.account, conversations.c.participant)
    row = connection.execute(select(*columns).where(conversations.c.id == conversation_id)).one_or_none()
    return None if row is None else ConversationKey(*row)


def lock_conversation(connection: Connection, conversation_id: str) -> None:
    """Until the caller's transaction ends; does nothing when there is no such conversation. SQLite has one writer."""
    connection.execute(select(conversations.c.id).where(conversations.c.id == conversation_id).with_for_update())


@dataclass(frozen=True)
class Line:
    """How a citizen is written to. `unreachable` says why nothing can be sent now; None while they can be reached."""

    channel: str
    unreachable: str | None


def line_to(connection: Connection, conversation_id: str) -> Line:
    """Of a conversation that exists. Raises sqlalchemy.exc.NoResultFound."""
    columns = (conversations.c.channel, conversations.c.unreachable)
    row = connection.execute(select(*columns).where(conversations.c.id == conversation_id)).one()
    return Line(row.channel, row.unreachable)
