"""What one update says. Pure. Fields as in core.telegram.org/bots/api#update."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from connectors.message import Ignored, Inbound, InboundKind, InboundMessage
from connectors.plain_text import is_seen
from connectors.settings import TelegramSettings
from connectors.telegram.address import BotIdentity, addressed, without_name
from connectors.telegram.attached import attached
from connectors.telegram.fields import Fields, read_fields
from desk.conversation import ConversationKey

CHANNEL = "telegram"
_GONE = {"left", "kicked"}


@dataclass(frozen=True)
class Reading:
    """When an update is read, for which bot, and by which limits."""

    received_at: datetime
    bot: BotIdentity
    numbers: TelegramSettings

    def key(self, chat_id: int) -> ConversationKey:
        """A private chat is one citizen; a group is one conversation."""
        return ConversationKey(f"{CHANNEL}:{self.bot.id}:{chat_id}", CHANNEL, str(self.bot.id), str(chat_id))

    def is_too_old(self, seconds: int | None) -> bool:
        """`seconds` since 1970, as Telegram counts."""
        age_seconds = 0.0 if seconds is None else self.received_at.timestamp() - seconds
        return age_seconds > self.numbers.update_hours * 3600


def parse(body: bytes, reading: Reading) -> tuple[Inbound, ...]:
    """One item. Raises connectors.channel.UnreadableError."""
    update = read_fields(body)
    for kind, read in _READERS.items():
        if kind in update:
            return (read(update.required_inside(kind), reading),)
    return (Ignored("unknown"),)


def _message(message: Fields, reading: Reading) -> Inbound:
    chat_id = message.required_inside("chat").required_number("id")
    message_id = message.required_number("message_id")
    if reading.is_too_old(message.number("date")):
        return Ignored("too_old")
    album = message.text("media_group_id")  # the pictures of an album are answered once
    return _said(message, f"{chat_id}:{message_id}" if album is None else f"album:{chat_id}:{_digest(album)}", reading)


def _edit(message: Fields, reading: Reading) -> Inbound:
    """A question mended soon is a new question; a live location moves by edits, which nobody wants answered."""
    chat_id = message.required_inside("chat").required_number("id")
    message_id = message.required_number("message_id")
    sent, edited = message.number("date"), message.number("edit_date")
    if sent is None or edited is None:
        return Ignored("edited")
    if reading.is_too_old(edited) or edited - sent > reading.numbers.edited_minutes * 60:
        return Ignored("edited_late")
    if "text" not in message and "caption" not in message:
        return Ignored("edited")
    return _said(message, f"edit:{chat_id}:{message_id}:{edited}", reading)


def _said(message: Fields, message_id: str, reading: Reading) -> Inbound:
    reason = _unwanted(message)
    if reason is not None:
        return Ignored(reason)
    written = message.text("text") or message.text("caption") or ""
    words = _words_for_us(message, written, reading.bot)
    if words is None:
        return Ignored("not_addressed")
    attachments = attached(message)
    if not is_seen(words) and not attachments:
        return Ignored("empty" if "text" in message else "service")
    return InboundMessage(
        conversation=reading.key(message.required_inside("chat").required_number("id")),
        message_id=message_id,
        text=words,
        payload=None,
        received_at=reading.received_at,
        kind=InboundKind.TEXT if is_seen(words) else InboundKind.ATTACHMENT,
        attachments=attachments,
        quoted_id=_quoted(message),
    )


def _unwanted(message: Fields) -> str | None:
    """Why nobody is answered; None when a citizen wrote."""
    if "migrate_to_chat_id" in message or "migrate_from_chat_id" in message:
        return "migrated"  # the group got another id: connectors/telegram/client.py follows when it next writes
    sender = message.inside("from")
    if "sender_chat" in message:
        return "anonymous"
    if sender is None:
        return "no_sender"
    return "from_bot" if sender.is_true("is_bot") else None


def _words_for_us(message: Fields, written: str, bot: BotIdentity) -> str | None:
    """None when a group talks among itself."""
    if _is_private(message.required_inside("chat")):
        return without_name(written)
    words = addressed(written, bot)
    if words is not None:
        return words
    answered = message.inside("reply_to_message")
    author = None if answered is None else answered.inside("from")
    return written if author is not None and author.number("id") == bot.id else None


def _is_private(chat: Fields) -> bool:
    """Ids of people are positive, those of groups negative, should the type ever be missing."""
    kind = chat.text("type")
    return chat.required_number("id") > 0 if kind is None else kind == "private"


def _quoted(message: Fields) -> str | None:
    """The message replied to; else the one forwarded, where its origin shows an id. People's names stay out."""
    answered = message.inside("reply_to_message")
    if answered is not None:
        return _place(message.inside("chat"), answered)
    origin = message.inside("forward_origin")
    return None if origin is None else _place(origin.inside("chat"), origin)


def _place(chat: Fields | None, message: Fields) -> str | None:
    chat_id, message_id = None if chat is None else chat.number("id"), message.number("message_id")
    return None if chat_id is None or message_id is None else f"{chat_id}:{message_id}"


def _press(query: Fields, reading: Reading) -> Inbound:
    """Two presses of one button are one: the id is made of the message and the button, not of the press."""
    if "inline_message_id" in query:
        return Ignored("press_inline")  # on a message sent through some other chat: none of ours
    message, data = query.inside("message"), query.text("data")
    if message is None:
        return Ignored("press_without_message")
    chat_id = message.required_inside("chat").required_number("id")
    if data is None:
        return Ignored("press_without_data")
    return InboundMessage(
        conversation=reading.key(chat_id),
        message_id=f"press:{chat_id}:{message.required_number('message_id')}:{_digest(data)}",
        text="",
        payload=None,
        received_at=reading.received_at,
        kind=InboundKind.CHOICE,
        choice=data,
        receipt=query.text("id"),
    )


def _digest(name: str) -> str:
    """A short id of whatever length and letters the name has."""
    return hashlib.sha256(name.encode()).hexdigest()[:16]


def _membership(change: Fields, reading: Reading) -> Inbound:
    """Blocked and unblocked in a private chat, removed from a group and added to it."""
    chat = change.required_inside("chat")
    chat_id = chat.required_number("id")
    if chat.text("type") == "channel":
        return Ignored("channel")
    before, now = change.inside("old_chat_member"), change.required_inside("new_chat_member")
    if before is not None and _is_gone(now) == _is_gone(before):
        return Ignored("membership")
    kind = InboundKind.LEFT if _is_gone(now) else InboundKind.FOLLOWED
    message_id = f"member:{chat_id}:{change.required_number('date')}:{kind}"
    return InboundMessage(reading.key(chat_id), message_id, "", None, reading.received_at, kind)


def _is_gone(member: Fields) -> bool:
    status = member.text("status")
    return status in _GONE or (status == "restricted" and not member.is_true("is_member"))


def _channel_post(post: Fields, reading: Reading) -> Inbound:
    return Ignored("channel_post")


_READERS: dict[str, Callable[[Fields, Reading], Inbound]] = {
    "message": _message,
    "edited_message": _edit,
    "callback_query": _press,
    "my_chat_member": _membership,
    "channel_post": _channel_post,
    "edited_channel_post": _channel_post,
}
ALLOWED_UPDATES = ("message", "edited_message", "callback_query", "my_chat_member")
"""What Telegram is asked to send: exactly what is handled."""
