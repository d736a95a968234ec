"""One citizen on one channel: whose turn it is, who is working on it, and the order of everything said."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Column, Connection, Integer, String, Table, UniqueConstraint

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
    Column("created_at", UtcDateTime, nullable=False),
    UniqueConstraint("channel", "account", "participant"),
)


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
