"""Whether an answer can be written into the citizen's conversation, and whether they will see it by themselves."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection

from console.ports import Messages
from desk.conversation import line_to
from desk.tickets.progress import Outcome
from desk.tickets.ticket import Ticket

PAGE = "web"
"""Citizens of the page read what is written only when they come back."""


@dataclass(frozen=True)
class Reach:
    """`unreachable` says why nothing can be sent ("window": too long ago); empty while one can write."""

    channel: str
    unreachable: str

    @property
    def can_write(self) -> bool:
        """Whether the conversation takes a message now."""
        return not self.unreachable

    @property
    def is_page(self) -> bool:
        """Nobody is told that something was written."""
        return self.channel == PAGE


def reach_of(connection: Connection, messages: Messages, ticket: Ticket, now: datetime) -> Reach:
    """As things stand; nobody is written to whose data were erased."""
    line = line_to(connection, ticket.conversation_id)
    if ticket.progress.outcome is Outcome.WITHDRAWN:
        return Reach(line.channel, "withdrawn")
    window = messages.manner(line.channel).window_days
    if line.unreachable is None and window is not None:
        last = messages.last_said(connection, [ticket.conversation_id]).get(ticket.conversation_id)
        if last is None or last.said_at + timedelta(days=window) < now:
            return Reach(line.channel, "window")
    return Reach(line.channel, line.unreachable or "")
