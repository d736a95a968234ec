"""What the page of citizens needs of everything that holds their data. Implemented in app/privacy/desk.py."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from sqlalchemy import Connection

from desk.citizen import FoundCitizen, Held, PrivacyRequest


@dataclass(frozen=True)
class Archive:
    """A ZIP to hand out, and how much of each kind is in it. Its name holds nothing of theirs but the case code."""

    name: str
    content: bytes
    counts: Mapping[Held, int]


class Citizens(Protocol):
    """Finding, exporting and erasing one citizen, in the caller's transaction; each leaves a line in the audit log.

    Finding and exporting take long: they only read, and what they noted is committed before anything is shown.
    """

    def find(self, connection: Connection, words: str) -> tuple[FoundCitizen, ...]:
        """By case code, the channel's id, telephone, e-mail or name in a ticket. Everything shown is masked."""
        ...

    def note_search(self, connection: Connection, found: int, actor: str, now: datetime) -> None:
        """Who looked for somebody, and how many were found."""
        ...

    def one(self, connection: Connection, conversation_id: str) -> FoundCitizen | None:
        """None when there is nobody of this id, or not any more. Notes nothing."""
        ...

    def export(self, connection: Connection, request: PrivacyRequest, now: datetime) -> Archive | None:
        """Everything that is held, whole; None as above. Notes nothing."""
        ...

    def note_export(
        self, connection: Connection, request: PrivacyRequest, counts: Mapping[Held, int], now: datetime
    ) -> bool:
        """False when the citizen was erased after the archive was made: it is not handed out."""
        ...

    def erase(self, connection: Connection, request: PrivacyRequest, now: datetime) -> FoundCitizen | None:
        """Who they were. Cannot be undone; None as above."""
        ...

    async def forget_memories(self, now: datetime) -> None:
        """After the commit of an erasure: what the dialogue engine remembers goes too, now or a little later."""
        ...
