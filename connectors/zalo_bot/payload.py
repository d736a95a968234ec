"""What an update of the Zalo Bot Platform says. Pure.

The documentation (https://bot.zaloplatforms.com/docs) wraps the body in `{"ok", "result"}`; live calls came without.
Both are taken. `date` is in milliseconds, but by their clock: our own time of receipt orders everything.
"""

from __future__ import annotations

import json
import re
from datetime import datetime

from connectors.channel import UnreadableError
from connectors.inbox import MESSAGE_ID_CHARACTERS
from connectors.message import Attachment, Ignored, Inbound, InboundKind, InboundMessage
from connectors.stored_text import storable
from desk.conversation import ID_CHARACTERS, ConversationKey

CHANNEL = "zalo_bot"
ATTACHMENTS = {
    "message.image.received": "image",
    "message.sticker.received": "sticker",
    "message.voice.received": "voice",
    "message.link.received": "link",
    "message.unsupported.received": "unsupported",
}
EVENTS = {"message.text.received": None, **ATTACHMENTS}
PRIVATE = "PRIVATE"
_ADDRESSES = ("photo_url", "photo", "voice_url", "url")
_IDENTIFIER = re.compile(r"[!-~]+")  # opaque, and never more than visible ASCII


def parse(body: bytes, account: str, received_at: datetime) -> tuple[Inbound, ...]:
    """One update. Raises UnreadableError, which names the field and never its content."""
    update = _update(body)
    event = update.get("event_name")
    if not isinstance(event, str) or event not in EVENTS:
        return (Ignored("unknown_event"),)
    if update.get("message") is None:
        return (Ignored("no_message"),)
    return (_inbound(event, _record(update, "message"), account, received_at),)


def _update(body: bytes) -> dict[str, object]:
    try:
        document = json.loads(body)
    except (ValueError, RecursionError):  # ValueError: no JSON, no UTF-8, or a number of thousands of digits
        raise UnreadableError("body") from None
    if not isinstance(document, dict):
        raise UnreadableError("body")
    return document if "result" not in document else _record(document, "result")


def _inbound(event: str, message: dict[str, object], account: str, received_at: datetime) -> Inbound:
    chat, sender = _record(message, "chat"), message.get("from")
    if isinstance(sender, dict) and sender.get("is_bot") is True:
        return Ignored("bot")
    # In a group everybody would read the answer, and who is asking would not be clear.
    if chat.get("chat_type", PRIVATE) != PRIVATE:
        return Ignored("group")
    text = _words(message, "text") or _words(message, "caption")
    attachments = _attachments(event, message)
    if not text and not attachments:
        return Ignored("empty")
    return InboundMessage(
        conversation=_conversation(account, _identifier(chat, "id")),
        message_id=_identifier(message, "message_id"),
        text=text,
        payload=None,
        received_at=received_at,
        kind=InboundKind.TEXT if text else InboundKind.ATTACHMENT,
        attachments=attachments,
    )


def _conversation(account: str, participant: str) -> ConversationKey:
    conversation_id = f"{CHANNEL}:{account}:{participant}"
    if len(conversation_id) > ID_CHARACTERS:
        raise UnreadableError("id")
    return ConversationKey(conversation_id, CHANNEL, account, participant)


def _attachments(event: str, message: dict[str, object]) -> tuple[Attachment, ...]:
    kind = EVENTS[event]
    if kind is None:
        return ()
    addresses = [message[name] for name in _ADDRESSES if isinstance(message.get(name), str)]
    return (Attachment(kind, url=str(addresses[0]) if addresses else ""),)


def _record(parent: dict[str, object], name: str) -> dict[str, object]:
    value = parent.get(name)
    if not isinstance(value, dict):
        raise UnreadableError(name)
    return value


def _words(message: dict[str, object], name: str) -> str:
    value = message.get(name)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise UnreadableError(name)
    return value if storable(value).strip() else ""


def _identifier(parent: dict[str, object], name: str) -> str:
    """Ids are opaque texts; a whole number is taken digit by digit, so nothing is rounded."""
    value = parent.get(name)
    written = str(value) if isinstance(value, str | int) and not isinstance(value, bool) else ""
    if len(written) > MESSAGE_ID_CHARACTERS or _IDENTIFIER.fullmatch(written) is None:
        raise UnreadableError(name)
    return written
