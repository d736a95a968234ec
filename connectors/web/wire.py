"""How one message looks to the chat page."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from connectors.transcript import CITIZEN, TranscriptEntry


def stored_message_id(conversation_id: str, client_id: str) -> str:
    """Unique among all conversations: two browsers may choose the same id, and one must not silence the other."""
    return f"{conversation_id}:{client_id}"


def wire_message(entry: TranscriptEntry) -> dict[str, Any]:
    """The JSON of one message; `id` is its number in the conversation, `status` is null for the citizen's own."""
    reply = entry.reply
    return {
        "id": entry.sequence,
        "role": entry.role,
        "message_id": entry.message_id.rpartition(":")[2],
        "text": reply.text,
        "status": None if entry.role == CITIZEN else reply.status,
        "citations": [asdict(citation) for citation in reply.citations],
        "buttons": [asdict(button) for button in reply.buttons],
        "feedback": reply.feedback,
        "form": reply.form,
        "sent_at": entry.sent_at.isoformat(timespec="milliseconds"),
    }


def message_event(entry: TranscriptEntry) -> str:
    """One server-sent event; JSON escapes line ends, so the data stays one line."""
    data = json.dumps(wire_message(entry), ensure_ascii=False, separators=(",", ":"))
    return f"id: {entry.sequence}\nevent: message\ndata: {data}\n\n"


def typing_event(working: bool) -> str:
    """Without an id, so that it moves no reader's position."""
    return f'event: typing\ndata: {{"typing":{str(working).lower()}}}\n\n'


HEARTBEAT = ": heartbeat\n\n"
RECONNECT = "retry: 2000\n\n"
