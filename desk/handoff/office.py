"""What a handoff needs to know of the agency: whether somebody is there, and who keeps a promise to call back."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from sqlalchemy import Connection

from desk.conversation import ConversationKey
from desk.handoff.availability import Availability
from desk.handoff.log import StoredEpisode
from desk.handoff.sentences import Promise


class Office(Protocol):
    """All in the caller's transaction."""

    def availability(self, connection: Connection, channel: str, now: datetime) -> Availability:
        """How things stand for a citizen of this channel."""
        ...

    def promise(
        self, connection: Connection, key: ConversationKey, stored: StoredEpisode, question: str, now: datetime
    ) -> Promise:
        """Files the call-back, or finds the one that this episode has already; `question` is what was said last."""
        ...

    def case_status(self, connection: Connection, case_code: str, now: datetime) -> str:
        """What may be told to anybody who knows this case code; a polite sentence when there is no such case."""
        ...
