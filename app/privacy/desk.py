"""The console's port over a citizen's data, and what the command line does with it too."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Connection

from app.privacy.archive import build_archive
from app.privacy.erasing import audit_detail, erase_citizen, forget_memories
from app.privacy.finding import citizen_of, find_citizens
from app.privacy.held import read_held
from app.privacy.texts import ExportTexts
from connectors.dialogue_memory import DialogueMemory
from console.supervisor.citizen_ports import Archive
from desk.audit import AuditAction, record
from desk.citizen import FoundCitizen, Held, PrivacyRequest
from desk.conversation import conversation_key
from desk.transactions import Transactions

EVERYBODY = "citizens"
"""Subject of a search: what was looked for is personal, so only how many were found is noted."""


class PrivacyDesk:
    """See console.supervisor.citizen_ports.Citizens."""

    def __init__(self, transactions: Transactions, memory: DialogueMemory, texts: ExportTexts) -> None:
        self._transactions = transactions
        self._memory = memory
        self._texts = texts

    def find(self, connection: Connection, words: str) -> tuple[FoundCitizen, ...]:
        """See Citizens."""
        return find_citizens(connection, words)

    def note_search(self, connection: Connection, found: int, actor: str, now: datetime) -> None:
        """See Citizens."""
        note_search(connection, found, actor, now)

    def one(self, connection: Connection, conversation_id: str) -> FoundCitizen | None:
        """See Citizens."""
        return citizen_of(connection, conversation_id)

    def export(self, connection: Connection, request: PrivacyRequest, now: datetime) -> Archive | None:
        """See Citizens."""
        return archive_of(connection, request, self._memory, self._texts, now)

    def note_export(
        self, connection: Connection, request: PrivacyRequest, counts: Mapping[Held, int], now: datetime
    ) -> bool:
        """See Citizens."""
        return note_export(connection, request, counts, now)

    def erase(self, connection: Connection, request: PrivacyRequest, now: datetime) -> FoundCitizen | None:
        """See Citizens."""
        return erase_citizen(connection, request, now)

    async def forget_memories(self, now: datetime) -> None:
        """See Citizens."""
        await forget_memories(self._transactions, self._memory, now)


def note_search(connection: Connection, found: int, actor: str, now: datetime) -> None:
    """How many were found; not by what."""
    record(connection, actor, AuditAction.CITIZEN_SEARCHED, EVERYBODY, {"found": found}, now)


def archive_of(
    connection: Connection, request: PrivacyRequest, memory: DialogueMemory, texts: ExportTexts, now: datetime
) -> Archive | None:
    """Everything; None when there is nobody of this id, or not any more. Notes nothing."""
    found = citizen_of(connection, request.conversation_id)
    if found is None:
        return None
    held = read_held(connection, found.conversation_id, memory.of(found.conversation_id))
    if held is None:
        return None
    code = found.case_codes[-1] if found.case_codes else f"{now:%Y%m%d-%H%M%S}"
    return Archive(texts.files.archive.format(code=code), build_archive(held, texts, now), found.counts)


def note_export(connection: Connection, request: PrivacyRequest, counts: Mapping[Held, int], now: datetime) -> bool:
    """False, and nothing is noted, when the citizen was erased meanwhile."""
    if conversation_key(connection, request.conversation_id) is None:
        return False
    subject, detail = f"conversation:{request.conversation_id}", audit_detail(request, counts)
    record(connection, request.actor, AuditAction.CITIZEN_EXPORTED, subject, detail, now)
    return True
