"""Sends a citizen what was said, when they ask for it: the newest day, as often as is of use to them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo

from sqlalchemy import Connection, func, select

from connectors.claim import Claim
from connectors.message import TRANSCRIPT_SENT, InboundKind, Reply
from connectors.outbox import outbox
from connectors.transcript import PAGE, TranscriptEntry, entries_after, last_sequences
from connectors.transcript_text import TranscriptTexts, transcript_text
from vietnamese.normalise import clean

MOST_CHARACTERS = 5_000
"""About three messages of a channel: more would use up what it lets us say for nothing."""
LAST_OF_ALL = 5_000
"""Entries of a file; a conversation of a year has fewer."""
NEWEST_DAY = timedelta(days=1)
PERIOD = timedelta(hours=1)
MOST_IN_PERIOD = 3

Moves = Callable[[Connection, datetime], tuple[Reply, ...]]


@dataclass(frozen=True)
class Transcripts:
    """One for each process."""

    texts: TranscriptTexts
    zone: tzinfo

    def asked(self, claim: Claim) -> Moves | None:
        """None unless the message asks for what was said."""
        is_text = claim.kind is InboundKind.TEXT and claim.payload is None
        if not is_text or _folded(claim.text) not in self.texts.words:
            return None
        return lambda connection, now: (self._reply(connection, claim, now),)

    def whole(self, connection: Connection, conversation_id: str) -> str:
        """All of it, for a file; a sentence where nothing was said."""
        entries: list[TranscriptEntry] = []
        while len(entries) < LAST_OF_ALL:
            page = entries_after(connection, conversation_id, entries[-1].sequence if entries else 0)
            entries += page
            if len(page) < PAGE:
                break
        return transcript_text(entries, self.texts, self.zone) or self.texts.empty

    def _reply(self, connection: Connection, claim: Claim, now: datetime) -> Reply:
        conversation = claim.conversation.id
        sent = select(func.count()).where(
            outbox.c.conversation_id == conversation,
            outbox.c.status == TRANSCRIPT_SENT,
            outbox.c.created_at > now - PERIOD,
        )
        if connection.execute(sent).scalar_one() >= MOST_IN_PERIOD:
            return Reply(self.texts.too_often)
        last = last_sequences(connection, frozenset({conversation})).get(conversation, 0)
        entries = [
            entry
            for entry in entries_after(connection, conversation, max(0, last - PAGE))
            if _folded(entry.reply.text) not in self.texts.words
        ]
        recent = [entry for entry in entries if entry.sent_at > entries[-1].sent_at - NEWEST_DAY]
        text = transcript_text(recent, self.texts, self.zone, MOST_CHARACTERS)
        return Reply(text, TRANSCRIPT_SENT) if text else Reply(self.texts.empty)


def _folded(text: str) -> str:
    return " ".join(clean(text).casefold().strip(" .!").split())
