"""Who answers a conversation: the assistant, or a person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, Connection, case, literal, null, update

from desk.conversation import conversations
from desk.database import UtcDateTime


class Owner(StrEnum):
    """Exactly one at any time."""

    ASSISTANT = "assistant"
    PERSON = "person"


@dataclass(frozen=True)
class Ownership:
    """`until` is None when a person keeps the conversation until it is given back."""

    owner: Owner
    until: datetime | None
    version: int

    def is_with_person(self, now: datetime) -> bool:
        """Whether the assistant has to be silent."""
        return self.owner is Owner.PERSON and (self.until is None or self.until > now)


def take_over(connection: Connection, conversation_id: str, until: datetime | None) -> None:
    """A person answers from now on; replies of the assistant that were not sent yet never will be.

    Whoever has it until it is given back keeps it so: a word in the channel's own tool does not end their time.
    """
    moment = literal(until, UtcDateTime())
    is_kept = (conversations.c.owner == Owner.PERSON) & conversations.c.owner_until.is_(None)
    _change(connection, conversation_id, Owner.PERSON, case((is_kept, null()), else_=moment), grown=1)


def give_back(connection: Connection, conversation_id: str) -> None:
    """The assistant answers again, new messages only. What was said meanwhile about waiting is still brought."""
    _change(connection, conversation_id, Owner.ASSISTANT, None, grown=0)


def _change(
    connection: Connection,
    conversation_id: str,
    owner: Owner,
    until: ColumnElement[datetime | None] | None,
    grown: int,
) -> None:
    connection.execute(
        update(conversations)
        .where(conversations.c.id == conversation_id)
        .values(owner=owner, owner_until=until, ownership_version=conversations.c.ownership_version + grown)
    )
